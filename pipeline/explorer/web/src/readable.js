// A cell in a line of text: things by their names, all else as it is shown.
import { columnOf } from "./release.js";
import { isParty, nameOf, partyName } from "./names.js";
import { shown } from "./text.js";

export function readable(table, name, row) {
  const { target } = columnOf(table, name);
  const ids = [row[name]].flat().filter((id) => id !== null && id !== undefined);
  if (isParty(name)) return ids.map(partyName).join(", ");
  return target ? ids.map((id) => nameOf(target, id)).join(", ") : shown(table, name, row);
}
