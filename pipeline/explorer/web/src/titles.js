// What tables, columns and codes are called for readers: the release's own titles, else their technical names in words.
import { about, columnOf } from "./release.js";
import { h } from "./dom.js";
import { words } from "./text.js";

/** A table by its title. */
export const tableTitle = (name) => about.tables[name]?.title ?? words(name);

/** A column by its title; one that refers to a thing is called as that thing: `location_iso3` as `location country`. */
export function columnTitle(table, name) {
  const { title, target } = columnOf(table, name) ?? {};
  if (title) return title;
  const [id, ...more] = about.tables[target]?.key ?? [];
  const named = id && !more.length && name.endsWith(id) ? `${name.slice(0, -id.length)}${target}` : name;
  return words(named.replace(/^n_/, "number of "));
}

/** What the title of a column leaves out: its technical name, which queries use, and its meaning. */
export const columnHint = (table, name) => {
  const description = columnOf(table, name)?.description;
  return description ? `${name}: ${description}` : name;
};

/** A title with the technical name on hand, as `title` attribute. */
export const named = (title, name) => (title === name ? title : h("span", { title: name }, title));
export const tableName = (name) => named(tableTitle(name), name);
export const columnName = (table, name) => named(columnTitle(table, name), name);
