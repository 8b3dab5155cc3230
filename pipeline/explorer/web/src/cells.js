// A cell of a table as people work with it: names for ids, a link to what is said about the value.
import { about, columnOf } from "./release.js";
import { markedDate } from "./cutoff.js";
import { h } from "./dom.js";
import { keyOf } from "./keys.js";
import { isParty, nameOf, partyKind, thing, toThing } from "./names.js";
import { toFact } from "./route.js";
import { asText, isShort, shown } from "./text.js";
import { isOfRow, rowTitle, valueLink } from "./facts.js";
import { columnTitle, tableTitle } from "./titles.js";

/** A cell as it stands in the grid, a date after the cut-off marked. */
export const cell = (table, name, row) => markedDate(row, name, plainCell(table, name, row));

function plainCell(table, name, row) {
  const { target, type, field } = columnOf(table, name);
  const value = row[name];
  if (value === null || value === undefined)
    return isEmptyQuantity(table, name, row) ? "" : valueLink(table, row, name);
  const isKey = about.tables[table].key.includes(name);
  if (table === "change" || table === "claim" || table === "conflict") return foreignCell(table, name, row);
  if (name === "document_id" && table === "document") return h("a", { href: toThing("document", value) }, value);
  const parts = isParty(name) ? names(value, (id) => partyKind(id)) : target ? names(value, () => target) : null;
  const text = parts ?? shown(table, name, row);
  if (!about.tables[table].key.length) return text;
  return h(
    "a",
    {
      class: `value${isKey ? " key" : ""}${!parts && isShort(text) ? " short" : ""}${type === "BIGINT" || type === "DOUBLE" ? " number" : ""}`,
      "data-panel": true,
      title: parts ? null : technical(text, row[name]),
      href: toFact(table, keyOf(table, row), isOfRow(table, name) ? undefined : field),
    },
    text,
  );
}

const isEmptyQuantity = (table, name, row) => shown(table, name, row) === "";

/** Names with their ids in a small hand, where the two differ. */
const names = (value, kind) =>
  [value].flat().map((id, i) => {
    const [target, before] = [kind(id), i ? "; " : ""];
    const called = target ? nameOf(target, id) : id;
    return called === id || target === "document" ? `${before}${id}` : [`${before}${called} `, h("small", {}, id)];
  });

/** The text as published, where it is shown in other words. */
const technical = (text, value) => (text === asText(value) || typeof value !== "string" ? null : value);

/** A cell that names a table, column or row, in words; others as they are. */
function titled(table, name, row, where) {
  const value = row[name];
  if (name === "table" || name === "table_name") return tableTitle(value);
  if (name === "column" || name === "column_name") return columnTitle(where, value);
  if ((name === "key" || name === "row_key") && about.tables[where]) return rowTitle(where, value);
  return shown(table, name, row);
}

/** In the tables about other tables, the cells that lead there. */
function foreignCell(table, name, row) {
  const [where, key, column] = [row.table ?? row.table_name, row.key ?? row.row_key, row.column ?? row.column_name];
  const text = titled(table, name, row, where);
  const title = technical(text, row[name]);
  const leads = ["key", "row_key", "column", "column_name", "value", "published_value", "old", "new"].includes(name);
  if (name === "document_id" || name === "origin_document_id")
    return thing("document", text) ? h("a", { href: toThing("document", text) }, text) : text;
  if (!leads || !key || !about.tables[where] || !text) return title ? h("span", { title }, text) : text;
  const field = columnOf(where, column)?.field ?? column;
  return h(
    "a",
    { class: "value", "data-panel": true, title, href: toFact(where, key, name.endsWith("key") ? undefined : field) },
    text,
  );
}
