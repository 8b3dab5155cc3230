// What changed in this release against the one before, and why: in the sections of CHANGES.md.
import { compare } from "../order.js";
import { about, rows, columnOf, isCounted } from "../release.js";
import { firstOf, fold, folded } from "../changes_folds.js";
import { h, scroller } from "../dom.js";
import { factLink } from "../fact_link.js";
import { rowTitle } from "../facts.js";
import { keyWords, partsOf } from "../keys.js";
import { thingLink } from "../names.js";
import { plainTable } from "../plain_table.js";
import { to, toRows } from "../route.js";
import { number, plural, read, words, isExpansion } from "../text.js";
import { columnName, columnTitle, tableName, tableTitle } from "../titles.js";

export async function view() {
  const all = await rows("change");
  const { previous } = about;
  if (!all.length)
    return {
      title: "What changed",
      lead: previous ? `Nothing against release ${previous}.` : "This is the first release.",
      body: [],
    };
  const found = told(all, new Map((await rows("claim")).map((claim) => [claim.claim_id, claim])));
  return {
    title: `What changed since ${previous ?? "the release before"}`,
    lead: "Every change with the reason for it, from the claims behind it.",
    body: [
      h("p", { class: "count" }, glance(found)),
      ...Object.entries(about.sections).map(([name, title]) => SHOWN[name]?.(title, found[name] ?? [])),
      h(
        "section",
        {},
        h("h2", {}, "Changed cells by table and reason"),
        h("p", { class: "muted" }, "Counts of claims and marks of dispute included."),
        scroller(summary(all), "Changed cells"),
      ),
      h(
        "p",
        {},
        h(
          "a",
          { href: to(["table", "change"]) },
          `All ${number(all.length)} changed cells as a table to filter and download`,
        ),
      ),
    ].filter(Boolean),
  };
}

const place = (c) => `${c.table}\n${c.key}`;
const isBound = (c) => {
  const column = columnOf(c.table, c.column);
  return column !== undefined && isExpansion(column);
};

/** What is told, by section: rows that came or went as a whole, other rows cell by cell, claims one by one. */
function told(all, claims) {
  const ofRows = all.filter((c) => c.key && c.table !== "claim");
  const whole = new Map(ofRows.filter((c) => !c.column).map((c) => [place(c), { ...c, cells: [] }]));
  for (const c of ofRows) if (c.column) whole.get(place(c))?.cells.push(c);
  // Counts follow from the claims, and would drown what was changed.
  const cells = ofRows.filter((c) => c.column && !whole.has(place(c)) && !isCounted(c.column) && !isBound(c));
  const found = Object.groupBy([...cells, ...whole.values()], (c) => c.class);
  const ofTables = all.filter((c) => !c.key);
  const evidence = ofClaims(all, claims).filter((c) => !whole.has(place(c)));
  return {
    ...found,
    schema: [...ofTables.filter((c) => c.table !== "dataset"), ...(found.schema ?? [])],
    dataset: ofTables.filter((c) => c.table === "dataset"),
    evidence: evidence.filter((c) => c.rank !== "deprecated"),
    rejected: evidence.filter((c) => c.rank === "deprecated"),
  };
}

/** Each claim that came, went or changed: the row it is about, what it says, and what became of it. */
function ofClaims(all, claims) {
  const changed = Map.groupBy(
    all.filter((c) => c.table === "claim" && c.key && c.class !== "renamed"),
    (c) => c.key,
  );
  return [...changed].map(([key, cells]) => {
    const gone = Object.fromEntries(cells.filter((c) => c.old !== null).map((c) => [c.column, c.old]));
    const claim = claims.get(partsOf("claim", key)[0][1]) ?? gone;
    const kind = cells.find((c) => !c.column)?.class;
    const edits = cells.map(
      (c) => `${c.column ? columnTitle("claim", c.column) : ""}: ${c.old ?? "none"} → ${c.new ?? "none"}`,
    );
    const what = { added: "one more claim", retracted: "one claim less" }[kind] ?? edits.join("; ");
    return { ...claim, table: claim.table_name, key: claim.row_key, column: claim.column_name, what };
  });
}

const isThere = (c) => about.tables[c.table] && c.key;
const where = (c) => (isThere(c) ? factLink(c.table, c.key) : (c.key ?? ""));
const gone = (c) => h("code", {}, words(keyWords(c.table, c.key ?? "")));
const text = (content) => h("span", { class: "breaks" }, content);
const none = (text) => h("span", { class: "muted" }, text);
const link = (c) =>
  isThere(c) && about.tables[c.table].isClaimed ? factLink(c.table, c.key, c.column, read(c.new)) : read(c.new);

const TABLE = ["Table", (c) => tableName(c.table)];
const COLUMN = ["Column", (c) => (c.column ? columnName(c.table, c.column) : "")];
const BEFORE = ["Before", (c) => (c.old === null ? none("not recorded") : text(read(c.old)))];
const NOW = ["Now", (c) => (c.new === null ? none("none") : text(link(c)))];
const VALUES = [TABLE, ["Row", where], COLUMN, BEFORE, NOW];
const SHAPE = [
  TABLE,
  ["Column", (c) => (c.column ? columnName(c.table, c.column) : "the table itself")],
  ["Before", (c) => c.old ?? "–"],
  ["Now", (c) => c.new ?? "–"],
];
const CLAIMS = [
  TABLE,
  ["Row", where],
  COLUMN,
  ["Says", (c) => (c.value ? read(c.value) : none("that the row exists"))],
  ["Document", (c) => (c.document_id ? thingLink("document", c.document_id) : "")],
  ["What became of it", (c) => c.what],
];
const ROWS = [
  TABLE,
  ["Row", gone],
  ["It said", (c) => text(c.cells.map((one) => `${columnTitle(c.table, one.column)} ${one.old}`).join("; "))],
];

const values = (title, list) =>
  section(title, [
    [list.filter((c) => c.column), VALUES, "cells"],
    [list.filter((c) => !c.column), ROWS, "rows"],
  ]);

/** How each section is shown. */
const SHOWN = {
  schema: (title, list) =>
    section(title, [
      [list.filter((c) => !c.key), SHAPE, "tables and columns"],
      [list.filter((c) => c.key), VALUES, "cells"],
    ]),
  correction: values,
  retracted: values,
  reassessed: values,
  new_evidence: values,
  renamed: values,
  added,
  dataset: (title, list) => section(title, [[list, [["What", (c) => words(c.column ?? "")], BEFORE, NOW], "texts"]]),
  evidence: (title, list) => section(title, [[list, CLAIMS, "claims"]]),
  rejected: (title, list) => section(title, [[list, CLAIMS, "claims"]]),
};

/** What changed, in a line. */
function glance(found) {
  const ofWhole = (name) => (found[name] ?? []).filter((c) => !c.column).length;
  const edited = ["correction", "retracted", "reassessed", "new_evidence"].flatMap((name) => found[name] ?? []);
  const isName = (c) => about.tables[c.table]?.key.includes(c.column);
  return [
    `${plural(edited.filter((c) => c.column).length, "value")} changed`,
    `${plural(ofWhole("added"), "row")} new`,
    `${ofWhole("retracted")} gone`,
    `${(found.renamed ?? []).filter(isName).length} renamed.`,
  ].join(", ");
}

function summary(all) {
  const classes = [...new Set(all.map((c) => c.class))].sort(
    (a, b) => (a === "added") - (b === "added") || compare(a, b),
  );
  const tables = [...new Set(all.map((c) => c.table))].sort();
  const count = (table, name) => all.filter((c) => c.table === table && c.class === name).length;
  return plainTable(
    [
      [
        "Table",
        (t) => (about.tables[t] ? h("a", { href: toRows("change", { table: t }), title: t }, tableTitle(t)) : t),
      ],
      ...classes.map((name) => [
        h("span", { title: columnOf("change", "class").codes?.[name] }, words(name)),
        (t) => {
          const n = count(t, name);
          return n ? h("a", { href: toRows("change", { table: t, class: name }), class: "number" }, number(n)) : "";
        },
      ]),
    ],
    tables,
    "Changed cells by table and reason",
  );
}

/** A section with a table for each kind of thing in it. */
function section(title, kinds) {
  const total = kinds.reduce((sum, [list]) => sum + list.length, 0);
  if (!total) return null;
  return h(
    "section",
    {},
    h("h2", {}, title, h("small", {}, ` ${number(total)}`)),
    kinds
      .filter(([list]) => list.length)
      .map(([list, columns, what]) => folded(`${title} (${what})`, list, columns, what)),
  );
}

/** Rows that are new, by table: each once, folded. */
function added(title, list) {
  const byTable = Map.groupBy(
    list.filter((c) => !c.column),
    (c) => c.table,
  );
  const cells = list.filter((c) => c.column);
  if (!list.length) return null;
  return h(
    "section",
    {},
    h("h2", {}, title, h("small", {}, ` ${number(list.length)}`)),
    folded(title, cells, VALUES, "cells"),
    [...byTable].map(([table, own]) =>
      fold("rows", `${tableTitle(table)}: ${plural(own.length, "row")}`, () =>
        firstOf(
          own,
          (some) =>
            h(
              "ul",
              { class: "keys-list" },
              some.map((c) => h("li", {}, factLink(table, c.key, null, rowTitle(table, c.key)))),
            ),
          { table, class: "added" },
        ),
      ),
    ),
  );
}
