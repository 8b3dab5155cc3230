// On what documents disagree: every value, who says it, and why one is published.
import { turns } from "../turns.js";
import { about, rows, columnOf } from "../release.js";
import { claimsOf, gradeOf } from "../claims.js";
import { choice, h, replace } from "../dom.js";
import { factLink } from "../fact_link.js";
import { rowTitle } from "../facts.js";
import { folded } from "../find.js";
import { thingLink } from "../names.js";
import { NOTHING } from "../refused.js";
import { remember, to } from "../route.js";
import { isQuantity, plural, read } from "../text.js";
import { unknowns } from "../unknown.js";
import { columnTitle, named, tableName, tableTitle } from "../titles.js";

const STEP = 40;

export const settings = ["table", "kind", "q"];

export async function view(_, set_) {
  const all = (await rows("conflict")).toSorted((a, b) => weight(a) - weight(b));
  const used = [...new Set(all.map((c) => c.table_name))].sort();
  const asked = unknowns();
  const state = {
    table: asked.oneOf("Among disagreements, the table", set_.table, used) ?? "",
    kind: asked.oneOf("The kind", set_.kind, Object.keys(KINDS)) ?? "",
    q: set_.q ?? "",
  };
  const holder = h("div");
  let most = STEP;
  const begin = turns();
  const draw = async () => {
    const isLast = begin();
    remember(["conflicts"], state);
    const found = all.filter(
      (c) =>
        (!state.table || c.table_name === state.table) &&
        fits(c, state.kind) &&
        (!state.q || textOf(c).includes(folded(state.q))),
    );
    const cards = await Promise.all(found.slice(0, most).map(card));
    if (!isLast()) return;
    replace(
      holder,
      h("p", { class: "count", role: "status" }, `${plural(found.length, "disagreement")} of ${all.length}`),
      cards,
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
  await draw();
  return {
    unknown: asked.list,
    title: "Where documents disagree",
    lead: "Nothing is overwritten: every value stays, with who says it. One is published by a stated rule, and this is why.",
    body: [
      h(
        "div",
        { class: "controls" },
        search,
        select("table", "Table", [
          ["", "all"],
          ...used.map((t) => [t, `${tableTitle(t)} (${all.filter((c) => c.table_name === t).length})`]),
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
  folded(
    `${c.table_name} ${tableTitle(c.table_name)} ${c.row_key} ${rowTitle(c.table_name, c.row_key)} ${c.column_name} ${columnTitle(c.table_name, c.column_name)} ${c.statements} ${c.reason ?? ""}`,
  );

/** A conflict: each value with the documents that state it, the published one first, and why that stands. */
async function card(c) {
  const claims = await claimsOf(c.table_name, c.row_key, c.column_name);
  const values = [...Map.groupBy(claims, (claim) => claim.value)];
  const meaning = columnOf("conflict", "decided_by")?.codes?.[c.decided_by];
  return h(
    "article",
    { class: "conflict" },
    h(
      "h2",
      {},
      factLink(
        c.table_name,
        c.row_key,
        c.column_name,
        `${rowTitle(c.table_name, c.row_key)}: ${columnTitle(c.table_name, c.column_name)}`,
      ),
      h("small", {}, " ", tableName(c.table_name)),
      claims.some((claim) => claim.is_published) ? null : h("span", { class: "badge none-stands" }, NOTHING),
    ),
    h(
      "ul",
      { class: "statements" },
      values.map(([value, own]) =>
        h(
          "li",
          { class: own[0].is_published ? "stands" : null },
          h("strong", {}, named(read(value), value)),
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
