// The libraries that the page is made with, as one global: their bundle changes only with their versions.
export * as Plot from "@observablehq/plot";
export {
  createTable,
  getCoreRowModel,
  getFilteredRowModel,
  getPaginationRowModel,
  getSortedRowModel,
} from "@tanstack/table-core";
