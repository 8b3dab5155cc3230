// A table that is read, not worked with: in pages and behind charts.
import { h } from "./dom.js";

/** Rows as a table; `columns` are [heading, cell of a row], a cell being text, a node or a list of them. */
export const plainTable = (columns, rows, caption) =>
  h(
    "table",
    { class: "plain" },
    caption ? h("caption", { class: "offscreen" }, caption) : null,
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        columns.map(([name]) => h("th", { scope: "col" }, name)),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map((row) =>
        h(
          "tr",
          {},
          columns.map(([, cell]) => h("td", {}, cell(row) ?? "")),
        ),
      ),
    ),
  );
