// What changed in this release against the one before, and why.
import { about, rows } from "../release.js";
import { h, scroller } from "../dom.js";
import { factLink } from "../fact_link.js";
import { rowTitle } from "../facts.js";
import { plainTable } from "../plain_table.js";
import { to } from "../route.js";
import { number, plural, words } from "../text.js";

const COUNTS = ["n_claims", "disputed"]; // they follow from the claims, and would drown what was changed
const MOST = 400;

export async function view() {
  const all = await rows("change");
  const { previous } = about;
  if (!all.length)
    return {
      title: "What changed",
      lead: previous ? `Nothing against release ${previous}.` : "This is the first release.",
      body: [],
    };
  const edited = all.filter(
    (c) => c.class !== "added" && c.class !== "schema" && !COUNTS.includes(c.column) && !isBound(c),
  );
  const shape = all.filter((c) => c.class === "schema");
  return {
    title: `What changed since ${previous ?? "the release before"}`,
    lead: "Every changed cell with the reason, from the claims behind it.",
    body: [
      h("p", { class: "count" }, glance(all, edited)),
      section(
        "Values that changed",
        edited.filter((c) => c.column),
        [
          ["Table", (c) => c.table],
          ["Row", (c) => where(c)],
          ["Column", (c) => words(c.column)],
          ["Before", (c) => c.old ?? h("span", { class: "muted" }, "not recorded")],
          ["Now", (c) => (c.new === null ? h("span", { class: "muted" }, "none") : link(c))],
          ["Why", (c) => h("span", { title: about.tables.change.columns.class.codes?.[c.class] }, words(c.class))],
        ],
      ),
      section(
        "Rows that are gone or have another name",
        edited.filter((c) => !c.column),
        [
          ["Table", (c) => c.table],
          ["Row", (c) => h("code", {}, c.key ?? "")],
          ["Before", (c) => c.old ?? ""],
          ["Now", (c) => c.new ?? ""],
          ["Why", (c) => words(c.class)],
        ],
      ),
      section("Shape of the tables", shape, [
        ["Table", (c) => c.table],
        ["Column", (c) => c.column ?? "the table itself"],
        ["Before", (c) => c.old ?? "–"],
        ["Now", (c) => c.new ?? "–"],
      ]),
      added(all),
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

const isBound = (c) =>
  about.tables[c.table]?.columns[c.column]?.field !== undefined &&
  about.tables[c.table].columns[c.column].field !== c.column;
const isThere = (c) => about.tables[c.table] && c.key;
const where = (c) => (isThere(c) ? factLink(c.table, c.key) : (c.key ?? ""));
const link = (c) => (isThere(c) && about.tables[c.table].isClaimed ? factLink(c.table, c.key, c.column, c.new) : c.new);

/** What changed, in a line. */
function glance(all, edited) {
  const added_ = new Set(all.filter((c) => c.class === "added" && c.key).map((c) => `${c.table} ${c.key}`)).size;
  return `${plural(edited.filter((c) => c.column).length, "value")} changed, ${plural(edited.filter((c) => !c.column).length, "row")} gone or renamed, ${plural(added_, "row")} new.`;
}

function summary(all) {
  const classes = [...new Set(all.map((c) => c.class))].sort(
    (a, b) => (a === "added") - (b === "added") || a.localeCompare(b),
  );
  const tables = [...new Set(all.map((c) => c.table))].sort();
  const count = (table, name) => all.filter((c) => c.table === table && c.class === name).length;
  return plainTable(
    [
      ["Table", (t) => (about.tables[t] ? h("a", { href: to(["table", "change"], { "f.table": t }) }, t) : t)],
      ...classes.map((name) => [
        words(name),
        (t) => {
          const n = count(t, name);
          return n
            ? h("a", { href: to(["table", "change"], { "f.table": t, "f.class": name }), class: "number" }, number(n))
            : "";
        },
      ]),
    ],
    tables,
    "Changed cells by table and reason",
  );
}

function section(title, list, columns) {
  if (!list.length) return null;
  return h(
    "section",
    {},
    h("h2", {}, title, h("small", {}, ` ${list.length}`)),
    scroller(plainTable(columns, list.slice(0, MOST), title), "Table"),
    list.length > MOST
      ? h("p", { class: "muted" }, `The first ${MOST} of ${number(list.length)}; all are in the table change.`)
      : null,
  );
}

/** Rows that are new, by table: each once, folded. */
function added(all) {
  const byTable = Map.groupBy(
    all.filter((c) => c.class === "added" && c.key),
    (c) => c.table,
  );
  if (!byTable.size) return null;
  return h(
    "section",
    {},
    h("h2", {}, "Rows that are new"),
    [...byTable].map(([table, list]) => {
      const keys = [...new Set(list.map((c) => c.key))];
      const fold = h("details", {}, h("summary", {}, `${table}: ${plural(keys.length, "row")}`));
      fold.addEventListener(
        "toggle",
        () =>
          fold.childElementCount === 1 &&
          fold.append(
            h(
              "ul",
              { class: "keys-list" },
              keys.slice(0, MOST).map((key) => h("li", {}, factLink(table, key, null, rowTitle(table, key)))),
            ),
          ),
      );
      return fold;
    }),
  );
}
