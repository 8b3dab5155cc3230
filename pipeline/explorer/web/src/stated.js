// How a stated quantity is drawn: as a value, as the bound or the span that it is; and beside it what other documents say.
import { Plot } from "./vendor.js";
import { swatches } from "./chart.js";
import { rows } from "./release.js";
import { keyOf } from "./keys.js";
import { toFact } from "./route.js";

const LOWER = ["more_than", "at_least"];
const UPPER = ["less_than", "at_most"];
const SIGNS = { "": "exact", "~": "approx", ">": "more_than", ">=": "at_least", "<": "less_than", "<=": "at_most" };

/** Where a row's quantity stands: its value, else the bound that is stated; of a range, its middle. */
function placed(row, name) {
  const { [name]: best, [`${name}_low`]: low, [`${name}_high`]: high, [`${name}_qualifier`]: how } = row;
  return { low, high, how, value: how === "range" ? (low + high) / 2 : (best ?? low ?? high) };
}

/** The same of a claim, as written: `~4500`, `>=100`, `60..80`. */
export function written(text) {
  const [, sign, first, last] = /^([~<>]?=?)(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?$/.exec(text ?? "") ?? [];
  const [low, high] = [Number(first), Number(last ?? first)];
  return { low, high, how: last ? "range" : SIGNS[sign], value: (low + high) / 2 };
}

/** The claims on a column of rows of a table that say other than what is published, by key. */
async function rivalsOf(table, column) {
  const own = (await rows("claim")).filter((c) => c.table_name === table && c.column_name === column);
  return Map.groupBy(
    own.filter((c) => !c.is_published),
    (c) => c.row_key,
  );
}

/** Rows as points with their rivals: `table` is the one that holds the claims on `column`. */
export async function pointsOf(table, column, list) {
  const rivals = await rivalsOf(table, column);
  return list.map((row) => {
    const key = keyOf(table, row);
    const others = (rivals.get(key) ?? []).map((claim) => ({ row, claim, ...written(claim.value) }));
    return { row, href: toFact(table, key, column), others, ...placed(row, column) };
  });
}

const isOut = (claim) => claim.rank === "deprecated";
const sayings = ({ claim }) => `${claim.document_id} says ${claim.value}${isOut(claim) ? ", which is deprecated" : ""}`;

/** The rivals of a point as text: `>4500 (natowatch2023)`. */
export const otherValues = ({ others }) =>
  others.map(({ claim: c }) => `${c.value} (${c.document_id}${isOut(c) ? ", deprecated" : ""})`).join(", ");

/** Marks of points along an axis, `x` or `y`; `across` is their place on the other one. */
export function statedMarks(points, along, across, said) {
  const other = along === "x" ? "y" : "x";
  const common = (title, stroke) => ({ [other]: across, title, ariaLabel: title, target: "_self", stroke });
  const marks = (list, options, plain) => {
    const dot = (how, more) =>
      Plot.dot(
        list.filter((p) => how.includes(p.how)),
        { ...options, [along]: "value", ...more },
      );
    const [up, down] = along === "y" ? [0, 180] : [90, -90];
    const span = along === "y" ? Plot.ruleX : Plot.ruleY;
    return [
      span(
        list.filter((p) => p.how === "range"),
        { ...options, [`${along}1`]: "low", [`${along}2`]: "high", strokeWidth: 4 },
      ),
      dot(LOWER, { symbol: "triangle", rotate: up, r: 4.5 }),
      dot(UPPER, { symbol: "triangle", rotate: down, r: 4.5 }),
      ...plain(dot),
    ];
  };
  const rivals = points.flatMap((p) => p.others.map((rival) => ({ ...rival, href: p.href })));
  const own = { ...common(said, "var(--accent)"), href: "href", fill: "var(--paper)", strokeWidth: 1.5 };
  const theirs = (list, colour) =>
    marks(list, { ...common(sayings, colour), href: "href", fill: "var(--paper)", strokeWidth: 2 }, (dot) => [
      dot(["exact", "approx"], { symbol: "times", r: 5, stroke: "var(--paper)", strokeWidth: 5, href: null }), // stands out from bars
      dot(["exact", "approx"], { symbol: "times", r: 5 }),
    ]);
  return [
    marks(points, own, (dot) => [dot(["exact"], { r: 3.6, fill: "var(--accent)" }), dot(["approx"], { r: 3.6 })]),
    theirs(
      rivals.filter((r) => isOut(r.claim)),
      "var(--faint)",
    ),
    theirs(
      rivals.filter((r) => !isOut(r.claim)),
      "var(--warn)",
    ),
  ];
}

/** What the marks of these points mean: no word of what is not there. */
export function statedLegend(points, shape = "dot") {
  const is = (...how) => points.some((p) => how.includes(p.how));
  const rival = (out) => points.some((p) => p.others.some((r) => isOut(r.claim) === out));
  return swatches(
    [
      is("exact") && ["exact", `${shape}-exact`],
      is("approx") && ["approximate", `${shape}-approx`],
      is(...LOWER, ...UPPER) && ["only a bound is stated", "dot-bound"],
      is("range") && ["a range is stated", "dot-range"],
      rival(false) && ["a document says otherwise", "dot-rival"],
      rival(true) && ["a deprecated claim says otherwise", "dot-rival deprecated"],
    ].filter(Boolean),
  );
}
