// On what documents disagree: every value, who says it, and why one is published.
import { about, rows } from "../release.js";
import { claimsOf, gradeOf } from "../claims.js";
import { choice, h, replace } from "../dom.js";
import { factLink } from "../fact_link.js";
import { rowTitle } from "../facts.js";
import { thingLink } from "../names.js";
import { remember, to } from "../route.js";
import { isQuantity, plural, words } from "../text.js";

const STEP = 40;

export async function view(_, settings) {
  const all = (await rows("conflict")).toSorted((a, b) => weight(a) - weight(b));
  const state = { table: settings.table ?? "", kind: settings.kind ?? "", q: settings.q ?? "" };
  const holder = h("div");
  let most = STEP;
  const draw = async () => {
    remember(["conflicts"], state);
    const found = all.filter(
      (c) =>
        (!state.table || c.table_name === state.table) &&
        fits(c, state.kind) &&
        (!state.q || textOf(c).includes(state.q.toLowerCase())),
    );
    replace(
      holder,
      h("p", { class: "count", role: "status" }, `${plural(found.length, "disagreement")} of ${all.length}`),
      await Promise.all(found.slice(0, most).map(card)),
      found.length > most
        ? h(
            "button",
            {
              type: "button",
              onclick: () => {
                most += STEP;
                draw();
              },
            },
            `Show ${Math.min(STEP, found.length - most)} more`,
          )
        : null,
    );
  };
  const set = (name, value) => {
    state[name] = value;
    most = STEP;
    draw();
  };
  const select = (name, label, options) => choice(label, options, state[name], (value) => set(name, value));
  const search = h("input", {
    type: "search",
    "aria-label": "Search disagreements",
    placeholder: "Search disagreements",
    oninput: () => set("q", search.value),
  });
  search.value = state.q;
  const used = [...new Set(all.map((c) => c.table_name))].sort();
  await draw();
  return {
    title: "Where documents disagree",
    lead: "Nothing is overwritten: every value stays, with who says it. One is published by a stated rule, and this is why.",
    body: [
      h(
        "div",
        { class: "controls" },
        search,
        select("table", "Table", [
          ["", "all"],
          ...used.map((t) => [t, `${t} (${all.filter((c) => c.table_name === t).length})`]),
        ]),
        select("kind", "Kind", [
          ["", "all"],
          ["open", "live claims differ"],
          ["figure", "figures"],
          ["precision", "only how exact a date is"],
          ["wrong", "others known to be wrong"],
        ]),
      ),
      holder,
      h("p", {}, h("a", { href: to(["table", "conflict"]) }, "The same as a table to filter and download")),
    ],
  };
}

const isWrong = (c) => ["others_deprecated", "none_stands"].includes(c.decided_by);
const isFigure = (c) => about.tables[c.table_name] !== undefined && isQuantity(c.table_name, c.column_name);
const KINDS = {
  open: (c) => !c.only_precision && !isWrong(c),
  figure: isFigure,
  precision: (c) => c.only_precision,
  wrong: isWrong,
};
const fits = (c, kind) => !Object.hasOwn(KINDS, kind) || KINDS[kind](c);

/** What readers ask for first: figures on which live claims differ. */
const weight = (c) => (KINDS.open(c) ? 0 : 2) + (isFigure(c) ? 0 : 1);

const textOf = (c) =>
  `${c.table_name} ${c.row_key} ${rowTitle(c.table_name, c.row_key)} ${c.column_name} ${c.statements} ${c.reason ?? ""}`.toLowerCase();

/** A conflict: each value with the documents that state it, the published one first, and why that stands. */
async function card(c) {
  const claims = await claimsOf(c.table_name, c.row_key, c.column_name);
  const values = [...Map.groupBy(claims, (claim) => claim.value)];
  const meaning = about.tables.conflict.columns.decided_by?.codes?.[c.decided_by];
  return h(
    "article",
    { class: "conflict" },
    h(
      "h2",
      {},
      factLink(c.table_name, c.row_key, c.column_name, `${rowTitle(c.table_name, c.row_key)}: ${words(c.column_name)}`),
      h("small", {}, ` ${c.table_name}`),
    ),
    h(
      "ul",
      { class: "statements" },
      values.map(([value, own]) =>
        h(
          "li",
          { class: own[0].is_published ? "stands" : null },
          h("strong", {}, value),
          " ",
          own[0].is_published ? h("span", { class: "badge" }, "published") : null,
          own.map((claim, i) => [i ? "; " : "", documentOf(claim)]),
        ),
      ),
    ),
    h("p", {}, c.reason ?? meaning ?? ""),
  );
}

const documentOf = (claim) => [
  thingLink("document", claim.document_id, claim.document_id),
  h("small", {}, ` grade ${gradeOf(claim)}${claim.rank === "normal" ? "" : `, ${claim.rank}`}`),
];
