// The libraries, as ../assets/vendor.js leaves them.
export const { Plot, createTable, getCoreRowModel, getFilteredRowModel, getPaginationRowModel, getSortedRowModel } =
  globalThis.vendor;
