// Many changes of one kind as one line that opens: a new column is one thing that happened, not one for each cell.
import { h, scroller } from "./dom.js";
import { plainTable } from "./plain_table.js";
import { toRows } from "./route.js";
import { number } from "./text.js";
import { columnTitle, tableTitle } from "./titles.js";

const FEW = 8; // so many of one kind are told one by one
const MOST = 400; // are drawn in one table

/** A heading that opens; `content` is made when it is first opened. */
export function fold(kind, summary, content) {
  const details = h("details", { class: kind }, h("summary", {}, summary));
  details.addEventListener("toggle", () => details.childElementCount === 1 && details.append(content()));
  return details;
}

/** The first of many, drawn by `draw`, and where all of them are: `way` is {column: value} of the table of changes. */
export const firstOf = (list, draw, way) =>
  h(
    "div",
    {},
    draw(list.slice(0, MOST)),
    list.length > MOST
      ? h(
          "p",
          { class: "muted" },
          `The first ${MOST} of ${number(list.length)}; `,
          h("a", { href: toRows("change", way) }, `all are in the table ${tableTitle("change")}`),
          ".",
        )
      : null,
  );

/** What became of cells, where it is the same of all. */
const fate = (list) =>
  list.every((c) => c.old === null) ? " added" : list.every((c) => c.new === null) ? " removed" : " changed";

/** Changes as a table, those of which many share table and column folded before it. */
export function folded(title, list, columns, what) {
  const tableOf = (some) => scroller(plainTable(columns, some, title), title);
  const groups = [...Map.groupBy(list, (c) => `${c.table}\n${c.column ?? ""}`).values()];
  const many = groups.filter((own) => own.length > FEW).sort((a, b) => b.length - a.length);
  const few = groups.filter((own) => own.length <= FEW).flat();
  const label = ([{ table, column }]) =>
    column ? `${tableTitle(table)}, ${columnTitle(table, column)}` : tableTitle(table);
  const count = (own) => `${number(own.length)} ${what}${what === "cells" ? fate(own) : ""}`;
  const way = ([{ table, column, class: kind }]) =>
    what === "cells" ? { table, ...(column ? { column } : {}), class: kind } : { table: "claim" };
  return [
    many.map((own) => fold("many", `${label(own)}: ${count(own)}`, () => firstOf(own, tableOf, way(own)))),
    few.length ? firstOf(few, tableOf, {}) : null,
  ];
}
