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

/** The values of a key in order, for people: `kfor, 2023-10`. */
export const keyWords = (key) =>
  key
    .split("|")
    .map((part) => part.slice(part.indexOf("=") + 1))
    .filter(Boolean)
    .join(", ");
