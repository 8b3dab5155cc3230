// A cell of a table as people work with it: names for ids, a link to what is said about the value.
import { about } from "./release.js";
import { h } from "./dom.js";
import { keyOf } from "./keys.js";
import { isParty, nameOf, partyKind, partyName, thing, toThing } from "./names.js";
import { toFact } from "./route.js";
import { isShort, shown } from "./text.js";
import { valueLink } from "./facts.js";

/** What a cell is searched, sorted and read by, beyond its text: the names behind its ids. */
export function searchable(table, name, row) {
  const text = shown(table, name, row);
  const names = namesIn(table, name, row);
  return names === text ? text : `${text} ${names}`;
}

function namesIn(table, name, row) {
  const target = about.tables[table].columns[name].target;
  const values = [row[name]].flat().filter((value) => value !== null && value !== undefined);
  if (target && target !== "document") return values.map((value) => nameOf(target, value)).join("; ");
  if (isParty(name)) return values.map(partyName).join("; ");
  return shown(table, name, row);
}

/** A cell as it stands in the grid. */
export function cell(table, name, row) {
  const { target, type, field } = about.tables[table].columns[name];
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
      href: toFact(table, keyOf(table, row), isKey || ["n_claims", "disputed"].includes(name) ? undefined : field),
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

/** In the tables about other tables, the cells that lead there. */
function foreignCell(table, name, row) {
  const text = shown(table, name, row);
  const [where, key, column] = [row.table ?? row.table_name, row.key ?? row.row_key, row.column ?? row.column_name];
  const leads = ["key", "row_key", "column", "column_name", "value", "published_value", "old", "new"].includes(name);
  if (name === "document_id" || name === "origin_document_id")
    return thing("document", text) ? h("a", { href: toThing("document", text) }, text) : text;
  if (!leads || !key || !about.tables[where] || !text) return text;
  const field = about.tables[where].columns[column]?.field ?? column;
  return h(
    "a",
    { class: "value", "data-panel": true, href: toFact(where, key, name.endsWith("key") ? undefined : field) },
    text,
  );
}
