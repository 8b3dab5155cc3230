// The data of the release, each table unpacked when it is first asked for.

const kept = new Map();

/** What a block of the page holds. */
export function block(id) {
  if (!kept.has(id)) kept.set(id, unpacked(id));
  return kept.get(id);
}

async function unpacked(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** The rows of a table as objects; none where this release has no such table. */
export function rows(name) {
  const id = `rows-${name}`;
  if (!kept.has(id)) kept.set(id, document.getElementById(`table-${name}`) ? asRows(name) : Promise.resolve([]));
  return kept.get(id);
}

async function asRows(name) {
  const columns = Object.entries(await block(`table-${name}`));
  const count = columns[0]?.[1].length ?? 0;
  return Array.from({ length: count }, (_, i) =>
    Object.fromEntries(columns.map(([column, cells]) => [column, cells[i]])),
  );
}

/** Several tables at once, by name. */
export async function tables(...names) {
  const all = await Promise.all(names.map(rows));
  return Object.fromEntries(names.map((name, i) => [name, all[i]]));
}

/** What the release says of itself and of its tables; there once `start` has run. */
export let about = null;

export async function start() {
  about = await block("about");
  for (const [name, table] of Object.entries(about.tables)) {
    table.name = name;
    table.column = new Map(table.columns.map((column) => [column.name, column]));
    table.isClaimed = table.columns.some((column) => isCounted(column.name));
  }
  const all = Object.values(about.tables);
  const targets = new Set(all.flatMap((table) => table.columns.map((column) => column.target)));
  for (const table of all) table.isNamed = table.key.length === 1 && (table.isClaimed || targets.has(table.name));
}

/** What the release says of a column; undefined where it has none of that name. */
export const columnOf = (table, name) => about.tables[table]?.column.get(name);

/** Whether a column is counted over the claims on a row, and so has none of its own. */
export const isCounted = (name) => ["n_claims", "disputed"].includes(name);

/** The tables that are too long for the page, which are in the files of the release. */
export const leftOut = () => Object.values(about.tables).filter((table) => table.left_out);
