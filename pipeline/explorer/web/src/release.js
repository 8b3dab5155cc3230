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
    table.columns.forEach((column) => (table.columns[column.name] = column));
    table.isClaimed = table.columns.some((column) => column.name === "n_claims");
  }
}

/** The tables that are too long for the page, which are in the files of the release. */
export const leftOut = () => Object.values(about.tables).filter((table) => table.left_out);
