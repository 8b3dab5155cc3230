// A link to a fact known by its table and key alone.
import { h } from "./dom.js";
import { rowTitle } from "./facts.js";
import { toFact } from "./route.js";

export const factLink = (table, key, column, text) => {
  const label = text ?? rowTitle(table, key);
  return label === ""
    ? ""
    : h("a", { class: "value", "data-panel": true, href: toFact(table, key, column ?? undefined) }, label);
};
