// What the pages of things share: related rows under a heading, left out where there are none.
import { compare } from "./order.js";
import { about, columnOf, isCounted } from "./release.js";
import { h, scroller } from "./dom.js";
import { rowLink, valueLink } from "./facts.js";
import { isParty, nameOf, partyKind, thing, thingLink, withNames } from "./names.js";
import { plainTable } from "./plain_table.js";
import { toRows } from "./route.js";
import { markedDate } from "./cutoff.js";
import { read, shown, isExpansion } from "./text.js";
import { columnHint, columnName, columnTitle, tableTitle } from "./titles.js";

const FIRST = 12;
const MOST = 400;

/** A cell for readers, a date after the cut-off marked. */
const cell = (table, name, row) => markedDate(row, name, plainCell(table, name, row));

/** Things by their names, each leading to its page; all else leads to who says so. */
function plainCell(table, name, row) {
  const { target } = columnOf(table, name);
  const values = [row[name]].flat().filter((value) => value !== null && value !== undefined);
  const kind = (id) => (isParty(name) ? partyKind(id) : target);
  if (values.length && values.every((id) => kind(id) && thing(kind(id), id)))
    return values.map((id, i) => [i ? ", " : "", thingLink(kind(id), id, nameOf(kind(id), id))]);
  if (!Array.isArray(row[name])) return valueLink(table, row, name);
  const texts = values.map((one) => withNames(read(one)));
  const lines = texts.map((text) => h("span", { class: "line" }, text));
  return valueLink(table, row, name, texts.length > 2 ? lines : texts.join("; "));
}

const leadsAway = (table, name) => Boolean(columnOf(table, name).target) || isParty(name);

/** Rows of a table as a section: `names` are the columns shown; each of `ways`, as {column: value}, finds some of them in the table. */
export function related(title, table, rows, names, ...ways) {
  if (!rows.length || !about.tables[table]) return null;
  const filled = names.filter((name) => rows.some((row) => shown(table, name, row) !== ""));
  const columns = [
    ...filled.map((name) => [columnName(table, name), (row) => cell(table, name, row)]),
    ["", (row) => h("span", { class: "nowrap" }, rowLink(table, row, "who says so"))],
  ];
  const holder = scroller(plainTable(columns, rows.slice(0, FIRST), title), "Table");
  const more = h(
    "button",
    {
      type: "button",
      class: "small",
      onclick: () => {
        holder.replaceChildren(plainTable(columns, rows.slice(0, MOST), title));
        more.remove();
      },
    },
    `Show all ${rows.length}`,
  );
  return h(
    "section",
    {},
    h("h2", {}, title, h("small", {}, ` ${rows.length}`)),
    holder,
    h(
      "p",
      { class: "tools" },
      rows.length > FIRST ? more : null,
      ways.map((way) =>
        h(
          "a",
          { href: toRows(table, way) },
          `In the table ${tableTitle(table)}${ways.length > 1 ? `, as ${columnTitle(table, Object.keys(way)[0])}` : ""}`,
        ),
      ),
    ),
  );
}

/** The columns that say what a thing is: no id or name, which head its page, no count over its claims, nothing said twice. */
export const telling = (table) =>
  (about.tables[table]?.columns ?? [])
    .filter((c) => !isExpansion(c) && !isCounted(c.name) && !about.tables[table].key.includes(c.name))
    .map((c) => c.name)
    .filter((name) => name !== "name" && name !== "status_note");

/** The filled columns of a row as a list of facts. */
export function facts(table, row, names) {
  const filled = names.filter((name) => shown(table, name, row) !== "");
  return h(
    "table",
    { class: "facts" },
    h(
      "tbody",
      {},
      filled.map((name) =>
        h(
          "tr",
          {},
          h("th", { scope: "row", title: columnHint(table, name) }, columnTitle(table, name)),
          h("td", {}, cell(table, name, row)),
          h("td", { class: "says" }, leadsAway(table, name) ? valueLink(table, row, name, "who says so") : ""),
        ),
      ),
    ),
  );
}

export const newestFirst = (name) => (a, b) => compare(b[`${name}_earliest`] ?? "", a[`${name}_earliest`] ?? "");

/** By the last day that a date can mean, as what is current is found; of those, what begins later first. */
export const lastFirst = (name) => (a, b) =>
  compare(b[`${name}_latest`] ?? "", a[`${name}_latest`] ?? "") || newestFirst(name)(a, b);
export const oldestFirst = (name) => (a, b) => newestFirst(name)(b, a);
