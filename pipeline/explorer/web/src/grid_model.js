// How a table is searched, filtered, sorted and paged: TanStack Table's model over the release's rows.
import { compare } from "./order.js";
import {
  createTable,
  getCoreRowModel,
  getFilteredRowModel,
  getPaginationRowModel,
  getSortedRowModel,
} from "./vendor.js";
import { cellWords, folded, fitsAll, rowWords, wordsOf } from "./find.js";
import { isQuantity, shown } from "./text.js";

export const ALL = "(all)"; // a column of everything in a row, for the search across columns
const EXACT = "="; // before a value that a cell, or an item of it, must be
const PAGE = 50;
const MOST_CHOICES = 16;

/** What a cell is sorted by; undefined goes last. */
function sortable(table, name, row) {
  const value = row[name];
  if (isQuantity(table, name)) return value ?? row[`${name}_low`] ?? row[`${name}_high`] ?? undefined;
  if (`${name}_earliest` in row) return row[`${name}_earliest`] ?? row[`${name}_latest`] ?? undefined;
  if (value === null) return undefined;
  return typeof value === "number" || typeof value === "boolean" ? Number(value) : shown(table, name, row);
}

const compared = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : compare(a, b));

/** The values of a column where they are few: to choose from, in place of typing. */
export function choices(table, name, rows) {
  const found = new Set();
  for (const row of rows) {
    for (const value of [row[name]].flat()) if (value !== null && value !== undefined) found.add(`${value}`);
    if (found.size > MOST_CHOICES) return null;
  }
  return [...found].sort(compare);
}

/** The model of a table: `columns` are names, `chosen` those filtered by choice. `changed` is called after each change. */
export function model(table, names, rows, chosen, settings, changed) {
  const column = (name) => ({
    id: name,
    accessorFn: (row) => sortable(table, name, row),
    sortUndefined: "last",
    sortingFn: (a, b, id) => compared(a.getValue(id), b.getValue(id)),
    filterFn: (row, _, wanted) =>
      chosen.has(name) || wanted.startsWith(EXACT)
        ? [row.original[name]].flat().some((value) => `${value}` === (chosen.has(name) ? wanted : wanted.slice(1)))
        : folded(cellWords(table, name, row.original)).includes(folded(wanted)),
  });
  const all = {
    id: ALL,
    accessorFn: (row) => rowWords(table, row),
    filterFn: (row, id, wanted) => fitsAll(row.getValue(id), wordsOf(wanted)),
  };
  const grid = createTable({
    data: rows,
    columns: [...names.map(column), all],
    renderFallbackValue: null,
    state: {},
    onStateChange: () => {},
    getCoreRowModel: getCoreRowModel(),
    getFilteredRowModel: getFilteredRowModel(),
    getSortedRowModel: getSortedRowModel(),
    getPaginationRowModel: getPaginationRowModel(),
    autoResetPageIndex: false,
  });
  let state = { ...grid.initialState, ...fromSettings(settings, new Set(names), chosen) };
  const apply = () => grid.setOptions((before) => ({ ...before, state, onStateChange: change }));
  const change = (update) => {
    state = typeof update === "function" ? update(state) : update;
    apply();
    changed();
  };
  apply();
  return grid;
}

function fromSettings(settings, names, chosen) {
  const filters = Object.entries(settings).filter(([name]) => name.startsWith("f.") && names.has(name.slice(2)));
  const columnFilters = filters
    .map(([name, value]) => ({ id: name.slice(2), value }))
    .map(({ id, value }) => ({ id, value: chosen.has(id) && value.startsWith(EXACT) ? value.slice(1) : value }));
  if (settings.q) columnFilters.push({ id: ALL, value: settings.q });
  const sort = settings.sort ?? "";
  const sorting = names.has(sort.replace(/^-/, "")) ? [{ id: sort.replace(/^-/, ""), desc: sort.startsWith("-") }] : [];
  const pageIndex = Math.max(0, (Number.parseInt(settings.page ?? "1", 10) || 1) - 1);
  return { columnFilters, sorting, pagination: { pageIndex, pageSize: PAGE } };
}

/** The state of a grid as settings of its address. */
export function asSettings(grid, all) {
  const { columnFilters, sorting, pagination } = grid.getState();
  const filters = columnFilters.filter((f) => f.id !== ALL).map((f) => [`f.${f.id}`, f.value]);
  const set = {
    q: columnFilters.find((f) => f.id === ALL)?.value,
    ...Object.fromEntries(filters),
    sort: sorting.map((s) => `${s.desc ? "-" : ""}${s.id}`).join(),
    page: pagination.pageIndex ? `${pagination.pageIndex + 1}` : "",
    columns: all ? "all" : "",
  };
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value));
}
