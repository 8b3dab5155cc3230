// The settings in the address of a table: those that its columns know, and a word on the others.
import { columnOf } from "./release.js";
import { isExpansion } from "./text.js";
import { columnTitle, tableTitle } from "./titles.js";

const columnIn = (name, value) =>
  name === "sort" ? value.replace(/^-/, "") : name.startsWith("f.") ? name.slice(2) : null;

const columnsIn = (set) => Object.entries(set).map(([name, value]) => columnIn(name, value));

/** Whether a setting is of a column that is shown among all columns only. */
export const asksForExpansion = (table, set) =>
  columnsIn(set).some((column) => isOwn(table, column) && isExpansion(columnOf(table, column)));

const isOwn = (table, column) => columnOf(table, column) !== undefined;

/** The settings without what is not known; `say` is told of each that is left out. */
export function knownOnly(table, set, chosen, say) {
  const kept = {};
  for (const [name, value] of Object.entries(set)) {
    const column = columnIn(name, value);
    const wanted = value.replace(/^=/, "");
    if (column && !isOwn(table, column)) say(`In the table ${tableTitle(table)}, the column`, column);
    else if (name.startsWith("f.") && wanted && chosen.has(column) && !chosen.get(column).includes(wanted))
      say(`As ${columnTitle(table, column)}, the value`, wanted);
    else if (name === "page" && !/^[1-9]\d*$/.test(value)) say("The page", value);
    else if (name === "columns" && value !== "all") say("For columns,", value);
    else kept[name] = value;
  }
  return kept;
}
