// Cells as people read them. The status of a name is marked *, and the foot of every view says what that means.
import { columnOf } from "./release.js";

const SIGNS = { approx: "~", more_than: ">", at_least: "≥", less_than: "<", at_most: "≤" };
const WORDS = {
  exact: "stated exactly",
  approx: "approximate",
  more_than: "a lower bound, not included",
  at_least: "a lower bound",
  less_than: "an upper bound, not included",
  at_most: "an upper bound",
  range: "a range",
};
const numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });

export const number = (value) => numbers.format(value);

/** A quantity with how well it is known: `~4,500`, `>100`, `60–80`; empty where none is recorded. */
export function quantity(row, name) {
  const { [name]: best, [`${name}_low`]: low, [`${name}_high`]: high, [`${name}_qualifier`]: how } = row;
  if (how === "range") return `${number(low)}–${number(high)}`;
  const value = best ?? low ?? high;
  return value === null || value === undefined ? "" : `${SIGNS[how] ?? ""}${number(value)}`;
}

export const howKnown = (qualifier) => WORDS[qualifier] ?? "";

/** A code in words: `armed_attack` as `armed attack`. */
export const words = (code) => `${code ?? ""}`.replaceAll("_", " ");

const CODE = /\b[a-z0-9]+(?:_[a-z0-9]+)+\b/g;
const CODED = /^[a-z0-9]+(?:_[a-z0-9]+)+(?:$|[ :])|^[a-z0-9][a-z0-9+ -]*: /;

/** A value as read: a code, or what begins with one (`public_debt_pct_gdp: 38.1 pct_gdp`), in words; anything else as it is. */
export const read = (value) =>
  typeof value === "string" && CODED.test(value) ? value.replace(CODE, (code) => words(code)) : value;

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export const isQuantity = (table, name) => columnOf(table, `${name}_qualifier`) !== undefined;

/** Whether a column only says again, as bounds, what another says as written. */
export const isExpansion = (column) => column.field !== column.name;

/** What must not be broken over lines: dates, figures. */
export const isShort = (label) => typeof label === "string" && /^\S{1,16}$/.test(label);

/** A value as releases write it: the items of a list with `; ` between them. */
export const asText = (value) =>
  value === null || value === undefined ? "" : Array.isArray(value) ? value.join("; ") : `${value}`;

/** A cell as text, its codes in words. */
export function shown(table, name, row) {
  if (isQuantity(table, name)) return quantity(row, name);
  const value = row[name];
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" && columnOf(table, name).type === "DOUBLE"
    ? number(value)
    : asText(Array.isArray(value) ? value.map(read) : read(value));
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** A date in words, with what is uncertain or open said: `September 2009 (uncertain) to February 2010`. */
export function dateWords(written) {
  if (!written) return "";
  if (written.includes("/"))
    return written
      .split("/")
      .map((end) => (end === ".." ? "open" : dateWords(end)))
      .join(" to ");
  const [, year, month, day, sign] = /^([\dX]{4})(?:-(\d\d))?(?:-(\d\d))?([~?%]?)$/.exec(written) ?? [];
  if (!year) return written;
  const decade = year.includes("X") ? `the ${year.replaceAll("X", "0")}s` : year;
  const text = [day && Number(day), month && MONTHS[month - 1], decade].filter(Boolean).join(" ");
  return { "~": `about ${text}`, "?": `${text} (uncertain)`, "%": `about ${text} (uncertain)` }[sign] ?? text;
}

export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;
