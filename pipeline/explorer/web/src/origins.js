// What a computed row follows from: the rows whose claims stand behind it.
import { about, columnOf, rows } from "./release.js";
import { keyOf, rowOf } from "./keys.js";
import { asText } from "./text.js";

/** The rows that a computed row, or one column of it, follows from, by table. */
export async function origins(table, row, column) {
  const found = column ? await ofColumn(table, row, column) : [];
  return found.length ? found : (await byKey(row)).filter((one) => one.rows.length);
}

/** Of the tables of claims that the release derives a column from, or that tie what it names to the row, the rows that fit. */
async function ofColumn(table, row, column) {
  const { from = [], target } = columnOf(table, column) ?? {};
  const { key } = about.tables[table];
  const ties = (t) =>
    target &&
    key.every((name) => t.key.includes(name)) &&
    t.key.some((name) => columnOf(t.name, name).target === target);
  const sources = Object.values(about.tables).filter(
    (t) => t.isClaimed && (ties(t) || from.some((origin) => origin.startsWith(`${t.name}.`))),
  );
  const said = new Set([...column.split("_"), ...asText(row[column]).split(/[\s:;()]+/)]);
  const found = sources.map(async (t) => {
    const own = from.filter((origin) => origin.startsWith(`${t.name}.`)).map((origin) => origin.split(".")[1]);
    const shared = t.key.filter((name) => key.includes(name));
    const all = (await rows(t.name)).filter((one) => shared.every((name) => asText(one[name]) === asText(row[name])));
    return { table: t.name, rows: narrowed(t, all, new Set([...t.key, ...own]), said, shared) };
  });
  return (await Promise.all(found)).filter((one) => one.rows.length);
}

/** Rows whose ids and codes are among the words of a cell and its column, as far as any are; none where nothing ties them to the row. */
function narrowed(t, all, names, said, shared) {
  let [left, isTied] = [all, shared.length > 0];
  for (const name of names) {
    const { target, codes } = columnOf(t.name, name);
    if (shared.includes(name) || !(target || codes || t.key.join() === name)) continue;
    const named = left.filter((one) => [one[name]].flat().some((value) => said.has(`${value}`)));
    if (named.length) [left, isTied] = [named, true];
  }
  return isTied ? left : [];
}

/** The row that `table` and `key` of a timeline name, or every row of a table of claims whose whole key this row holds. */
async function byKey(row) {
  if (row.table && row.key) return [{ table: row.table, rows: [await rowOf(row.table, row.key)].filter(Boolean) }];
  const holders = Object.values(about.tables).filter((t) => t.isClaimed && t.key.every((name) => name in row));
  return Promise.all(
    holders.map(async (t) => ({ table: t.name, rows: [await rowOf(t.name, keyOf(t.name, row))].filter(Boolean) })),
  );
}
