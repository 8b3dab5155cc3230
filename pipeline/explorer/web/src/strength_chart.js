// How strong a mission was over time: best values, bounds where only those are stated, and what documents say otherwise.
import { Plot } from "./vendor.js";
import { rows } from "./release.js";
import { figure } from "./chart.js";
import { valueLink } from "./facts.js";
import { otherValues, pointsOf, statedLegend, statedMarks } from "./stated.js";
import { dateWords, number, quantity } from "./text.js";

const TABLE = "mission_strength";

const day = (iso) => new Date(`${iso}T00:00:00Z`);
const middle = ({ row }) => new Date((day(row.as_of_earliest).getTime() + day(row.as_of_latest).getTime()) / 2);

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
  const points = await pointsOf(TABLE, "personnel", own);
  return figure({
    title: `${name}: personnel over time`,
    file: `${missionId}-strength`,
    rows: points.toReversed(),
    open: true,
    note: `${number(own.length)} totals as documents state them. A short bar spans the period a total is stated for. The thin line only guides the eye.`,
    legend: statedLegend(points),
    draw: (width) => drawing(width, points),
    columns: [
      ["As of", ({ row }) => dateWords(row.as_of)],
      ["Personnel", ({ row }) => valueLink(TABLE, row, "personnel")],
      ["Bounds", ({ row }) => bounds(row)],
      ["Nations", ({ row }) => valueLink(TABLE, row, "nations")],
      ["Claims", ({ row }) => number(row.n_claims)],
      ["Other values", otherValues],
    ],
  });
}

function drawing(width, points) {
  const said = ({ row, others }) =>
    `${dateWords(row.as_of)}: ${quantity(row, "personnel")}${row.nations === null ? "" : `\n${quantity(row, "nations")} nations`}${others.length ? "\nDocuments differ" : ""}`;
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
        { x: middle, y: "value", stroke: "var(--faint)", strokeWidth: 1 },
      ),
      Plot.ruleY(points, {
        x1: (p) => day(p.row.as_of_earliest),
        x2: (p) => day(p.row.as_of_latest),
        y: "value",
        stroke: "var(--accent)",
        strokeOpacity: 0.45,
        strokeWidth: 2,
      }),
      statedMarks(points, "y", middle, said),
      Plot.tip(
        points,
        Plot.pointer({ x: middle, y: "value", title: said, fill: "var(--paper)", stroke: "var(--rule)" }),
      ),
    ],
  };
}
