// What is dated after the cut-off date of the release: kept as evidence, marked, and no part of what is called current.
import { about } from "./release.js";
import { h } from "./dom.js";
import { dateWords } from "./text.js";
import { Plot } from "./vendor.js";

/** Whether a date of a row can only lie after the cut-off. */
export const isAfter = (row, name) => (row[`${name}_earliest`] ?? "") > about.as_of;

/** Whether all that a row dates lies after it. */
export function isLate(row) {
  const days = Object.keys(row)
    .filter((name) => name.endsWith("_earliest") && row[name])
    .map((name) => row[name]);
  return days.length > 0 && days.every((day) => day > about.as_of);
}

export const AFTER = "after the cut-off date";

/** What the mark means, in a sentence. */
export const afterMeans = () =>
  `Evidence that is dated after ${dateWords(about.as_of)}, the cut-off date, is kept and marked “${AFTER}”; what is called current is so as of that day.`;

const mark = () => h("small", { class: "after", title: afterMeans() }, AFTER);

/** A date, or what stands for it, with the mark where it needs one. */
export const markedDate = (row, name, content) => (isAfter(row, name) ? [content, " ", mark()] : content);
export const markedRow = (row, content) => (isLate(row) ? [content, " ", mark()] : content);

/** The same for what is read out of a chart. */
export const lateWords = (row) => (isLate(row) ? `\n${AFTER}` : "");

/** A line at the cut-off in a chart over time, where anything stands behind it. */
export function cutoffLine(rows) {
  if (!rows.some(isLate)) return [];
  const at = [new Date(`${about.as_of}T00:00:00Z`)];
  return [
    Plot.ruleX(at, { stroke: "var(--soft)", strokeDasharray: "3 3" }),
    Plot.text(at, { text: () => "cut-off", frameAnchor: "top", x: (d) => d, dx: -4, textAnchor: "end", dy: -2 }),
  ];
}
