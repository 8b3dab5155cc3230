// How strong a mission was over time: best values, bounds where only those are stated, and what documents say otherwise.
import { Plot } from "./vendor.js";
import { rows } from "./release.js";
import { figure, swatches } from "./chart.js";
import { valueLink } from "./facts.js";
import { keyOf } from "./keys.js";
import { toFact } from "./route.js";
import { dateWords, number, quantity } from "./text.js";

const TABLE = "mission_strength";

/** The quantity that a claim states, as written: its best value or its bound. */
const stated = (value) => Number(/\d+(\.\d+)?/.exec(value ?? "")?.[0] ?? Number.NaN);

const day = (iso) => new Date(`${iso}T00:00:00Z`);
const middle = (row) => new Date((day(row.as_of_earliest).getTime() + day(row.as_of_latest).getTime()) / 2);

/** Bounds where they say more than the value. */
function bounds({ personnel: best, personnel_low: low, personnel_high: high }) {
  if (low === high || (best !== null && best === low)) return "";
  return [low !== null && `from ${number(low)}`, high !== null && `up to ${number(high)}`].filter(Boolean).join(" ");
}

const isBrief = (row) => day(row.as_of_latest) - day(row.as_of_earliest) < 32 * 86_400_000;

/** The chart of a mission's totals, or null where none is stated. */
export async function strengthChart(missionId, name) {
  const dated = (await rows(TABLE)).filter(
    (row) => row.mission_id === missionId && row.as_of_earliest && row.as_of_latest,
  );
  const own = dated
    .filter((row) => quantity(row, "personnel"))
    .sort((a, b) => a.as_of_earliest.localeCompare(b.as_of_earliest) || a.as_of.localeCompare(b.as_of));
  if (!own.length) return null;
  const byKey = new Map(own.map((row) => [keyOf(TABLE, row), row]));
  const claims = (await rows("claim")).filter(
    (c) => c.table_name === TABLE && c.column_name === "personnel" && byKey.has(c.row_key),
  );
  const others = claims.filter((c) => !c.is_published && c.rank !== "deprecated");
  const disputed = new Set(others.map((c) => c.row_key));
  const points = own.map((row) => ({
    row,
    x: middle(row),
    y: row.personnel ?? row.personnel_low ?? row.personnel_high,
    disputed: disputed.has(keyOf(TABLE, row)),
  }));
  const rivals = others.map((c) => ({ claim: c, x: middle(byKey.get(c.row_key)), y: stated(c.value) }));
  return figure({
    title: `${name}: personnel over time`,
    file: `${missionId}-strength`,
    rows: own.toReversed(),
    open: true,
    note: `${number(own.length)} totals as documents state them. A short bar spans the period a total is stated for. The thin line only guides the eye.`,
    legend: swatches([
      ["exact", "dot-exact"],
      ["approximate", "dot-approx"],
      ["only a bound is stated", "dot-bound"],
      ["a document says otherwise", "dot-rival"],
    ]),
    draw: (width) => drawing(width, points, rivals),
    columns: [
      ["As of", (row) => dateWords(row.as_of)],
      ["Personnel", (row) => valueLink(TABLE, row, "personnel")],
      ["Bounds", bounds],
      ["Nations", (row) => valueLink(TABLE, row, "nations")],
      ["Claims", (row) => number(row.n_claims)],
      [
        "Other values",
        (row) =>
          others
            .filter((c) => c.row_key === keyOf(TABLE, row))
            .map((c) => `${c.value} (${c.document_id})`)
            .join(", "),
      ],
    ],
  });
}

function drawing(width, points, rivals) {
  const address = (point) => toFact(TABLE, keyOf(TABLE, point.row), "personnel");
  const said = (point) =>
    `${dateWords(point.row.as_of)}: ${quantity(point.row, "personnel")}${point.row.nations === null ? "" : `\n${quantity(point.row, "nations")} nations`}${point.disputed ? "\nDocuments differ" : ""}`;
  const is = (...how) => points.filter((p) => how.includes(p.row.personnel_qualifier));
  const ranges = points.filter((p) => p.row.personnel_qualifier === "range");
  const dots = {
    x: "x",
    y: "y",
    r: 3.6,
    title: said,
    ariaLabel: said,
    href: address,
    target: "_self",
    stroke: "var(--accent)",
    strokeWidth: 1.5,
  };
  return {
    height: Math.max(260, Math.min(420, width * 0.5)),
    marginLeft: 52,
    marginRight: 14,
    x: { type: "utc", label: null },
    y: { grid: true, zero: true, label: "Personnel", tickFormat: number, nice: true },
    marks: [
      Plot.ruleY([0], { stroke: "var(--rule)" }),
      Plot.line(
        points.filter((p) => p.row.personnel !== null && isBrief(p.row)),
        { x: "x", y: "y", stroke: "var(--faint)", strokeWidth: 1 },
      ),
      Plot.ruleY(points, {
        x1: (p) => day(p.row.as_of_earliest),
        x2: (p) => day(p.row.as_of_latest),
        y: "y",
        stroke: "var(--accent)",
        strokeOpacity: 0.45,
        strokeWidth: 2,
      }),
      Plot.ruleX(ranges, {
        x: "x",
        y1: (p) => p.row.personnel_low,
        y2: (p) => p.row.personnel_high,
        stroke: "var(--accent)",
      }),
      Plot.dot(is("exact", "range"), { ...dots, fill: "var(--accent)" }),
      Plot.dot(is("approx"), { ...dots, fill: "var(--paper)" }),
      Plot.dot(is("more_than", "at_least"), { ...dots, symbol: "triangle", r: 4.5, fill: "var(--paper)" }),
      Plot.dot(is("less_than", "at_most"), { ...dots, symbol: "triangle", rotate: 180, r: 4.5, fill: "var(--paper)" }),
      Plot.dot(rivals, {
        x: "x",
        y: "y",
        symbol: "times",
        r: 5,
        stroke: "var(--warn)",
        strokeWidth: 2,
        target: "_self",
        href: (p) => toFact(TABLE, p.claim.row_key, "personnel"),
        ariaLabel: (p) => `${p.claim.document_id} says ${p.claim.value}`,
        title: (p) => `${p.claim.document_id} says ${p.claim.value}`,
      }),
      Plot.tip(points, Plot.pointer({ x: "x", y: "y", title: said, fill: "var(--paper)", stroke: "var(--rule)" })),
    ],
  };
}
