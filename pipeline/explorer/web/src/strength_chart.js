// How strong a mission was over time: best values, bounds where only those are stated, and what documents say otherwise.
import { compare } from "./order.js";
import { Plot } from "./vendor.js";
import { rows } from "./release.js";
import { figure } from "./chart.js";
import { cutoffLine, lateWords, markedDate } from "./cutoff.js";
import { valueLink } from "./facts.js";
import { refusedLink, refusedOf } from "./refused.js";
import { otherValues, pointsOf, statedLegend, statedMarks } from "./stated.js";
import { dateWords, number, plural, quantity } from "./text.js";

const TABLE = "mission_strength";

const day = (iso) => new Date(`${iso}T00:00:00Z`);
const middle = ({ row }) => new Date((day(row.as_of_earliest).getTime() + day(row.as_of_latest).getTime()) / 2);

/** Bounds where they say more than the value. */
function bounds({ personnel: best, personnel_low: low, personnel_high: high }) {
  if (low === undefined || low === high || (best !== null && best === low)) return "";
  return [low !== null && `from ${number(low)}`, high !== null && `up to ${number(high)}`].filter(Boolean).join(" ");
}

const isBrief = (row) => day(row.as_of_latest) - day(row.as_of_earliest) < 32 * 86_400_000;

/** The chart of a mission's totals, or null where none is stated. */
export async function strengthChart(missionId, name) {
  const ofMission = (row) => row.mission_id === missionId && row.as_of_earliest && row.as_of_latest;
  const dated = (await rows(TABLE)).filter(ofMission);
  const own = dated
    .filter((row) => quantity(row, "personnel"))
    .sort((a, b) => compare(a.as_of_earliest, b.as_of_earliest) || compare(a.as_of, b.as_of));
  if (!own.length) return null;
  const points = [...(await pointsOf(TABLE, "personnel", own)), ...(await refusedOf(TABLE, "personnel", ofMission))];
  return figure({
    title: `${name}: personnel over time`,
    file: `${missionId}-strength`,
    rows: points.toSorted((a, b) => compare(b.row.as_of_earliest, a.row.as_of_earliest)),
    open: true,
    note: `${number(own.length)} totals as documents state them. A short bar spans the period a total is stated for. The thin line only guides the eye.${points.length > own.length ? ` ${plural(points.length - own.length, "date")} more with nothing but deprecated claims.` : ""}`,
    legend: statedLegend(points),
    draw: (width) => drawing(width, points),
    columns: [
      ["As of", ({ row }) => markedDate(row, "as_of", dateWords(row.as_of))],
      [
        "Personnel",
        ({ row, isRefused }) => (isRefused ? refusedLink(TABLE, row, "personnel") : valueLink(TABLE, row, "personnel")),
      ],
      ["Bounds", ({ row }) => bounds(row)],
      ["Nations", ({ row, isRefused }) => (isRefused ? "" : valueLink(TABLE, row, "nations"))],
      ["Claims", ({ row, others, isRefused }) => number(isRefused ? others.length : row.n_claims)],
      ["Other values", otherValues],
    ],
  });
}

function drawing(width, points) {
  const said = ({ row, others }) =>
    `${dateWords(row.as_of)}: ${quantity(row, "personnel")}${row.nations === null ? "" : `\n${quantity(row, "nations")} nations`}${others.length ? "\nDocuments differ" : ""}${lateWords(row)}`;
  return {
    height: Math.max(260, Math.min(420, width * 0.5)),
    marginLeft: 52,
    marginRight: 14,
    x: { type: "utc", label: null },
    y: { grid: true, zero: true, label: "Personnel", tickFormat: number, nice: true },
    marks: [
      Plot.ruleY([0], { stroke: "var(--rule)" }),
      cutoffLine(points.map((p) => p.row)),
      Plot.line(
        points.filter((p) => p.row.personnel !== null && isBrief(p.row)),
        { x: middle, y: "value", stroke: "var(--faint)", strokeWidth: 1 },
      ),
      Plot.ruleY(
        points.filter((p) => !p.isRefused),
        {
          x1: (p) => day(p.row.as_of_earliest),
          x2: (p) => day(p.row.as_of_latest),
          y: "value",
          stroke: "var(--accent)",
          strokeOpacity: 0.45,
          strokeWidth: 2,
        },
      ),
      statedMarks(points, "y", middle, said),
      Plot.tip(
        points.filter((p) => !p.isRefused),
        Plot.pointer({ x: middle, y: "value", title: said, fill: "var(--paper)", stroke: "var(--rule)" }),
      ),
    ],
  };
}
