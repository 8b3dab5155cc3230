// How rows are named, as in claim.row_key, and found again.
import { about, rows } from "./release.js";
import { asText } from "./text.js";

/** The key of a row: `mission_id=kfor|as_of=2023-10`; empty for a table without a key. */
export const keyOf = (table, row) => about.tables[table].key.map((name) => `${name}=${asText(row[name])}`).join("|");

const found = new Map();

/** The row of a table that has a key, or undefined. */
export async function rowOf(table, key) {
  if (!found.has(table)) found.set(table, new Map((await rows(table)).map((row) => [keyOf(table, row), row])));
  return found.get(table).get(key);
}

/** The parts of a key as [column, value]: the columns of the table tell where each begins, whatever a value holds. */
export function partsOf(table, key) {
  const names = about.tables[table]?.key ?? [];
  const values = new RegExp(`^${names.map((name) => `${name}=(.*)`).join("\\|")}$`, "s").exec(key)?.slice(1);
  if (values?.length) return names.map((name, i) => [name, values[i]]);
  return key.split("|").map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]); // of another release
}

/** The values of a key in order, for people: `kfor, 2023-10`. */
export const keyWords = (table, key) =>
  partsOf(table, key)
    .map(([, value]) => value)
    .filter(Boolean)
    .join(", ");
