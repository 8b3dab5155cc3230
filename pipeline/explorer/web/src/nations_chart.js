// Who contributes to a mission: by nation on a date, and one nation over time.
import { compare } from "./order.js";
import { turns } from "./turns.js";
import { Plot } from "./vendor.js";
import { rows } from "./release.js";
import { figure } from "./chart.js";
import { AFTER, cutoffLine, isLate, lateWords, markedDate } from "./cutoff.js";
import { choice, h, replace } from "./dom.js";
import { valueLink } from "./facts.js";
import { nameOf, thingLink } from "./names.js";
import { restsOn } from "./rests_on.js";
import { otherValues, pointsOf, statedLegend, statedMarks } from "./stated.js";
import { dateWords, number, quantity, words } from "./text.js";

const TABLE = "mission_contribution";
const CLAIMED = "deployment"; // where the claims on a contribution stand
const size = (row) => row.personnel ?? row.personnel_low ?? row.personnel_high;

/** Both charts with what chooses date and nation; null where no contribution is recorded. `keep` is told the choice, `asked` what is not known. */
export async function nationsCharts(missionId, name, settings, asked, keep) {
  const own = (await rows(TABLE)).filter(
    (row) =>
      row.mission_id === missionId &&
      row.as_of_earliest &&
      size(row) !== null &&
      row.unit === "contingent" &&
      !row.shared_with?.length,
  );
  if (!own.length) {
    for (const [what, value] of Object.entries(settings)) asked.say(`As ${what},`, value);
    return null;
  }
  const dates = [...Map.groupBy(own, (row) => row.as_of)].sort(([, [a]], [, [b]]) =>
    compare(b.as_of_earliest, a.as_of_earliest),
  );
  const whole =
    dates.find(([, list]) => list.some((row) => row.coverage === "complete")) ??
    dates.toSorted(([, a], [, b]) => b.length - a.length)[0];
  const nations = [...new Set(own.map((row) => row.iso3))].sort((a, b) =>
    compare(nameOf("country", a), nameOf("country", b)),
  );
  const state = {
    at:
      asked.oneOf(
        "The date",
        settings.at,
        dates.map(([date]) => date),
      ) ?? whole[0],
    nation: asked.oneOf("The nation", settings.nation, nations) ?? (nations.includes("ALB") ? "ALB" : nations[0]),
  };
  const [byNation, overTime] = [h("div"), h("div")];
  const choose = (label, options, name_, draw) => {
    const chosen = (value) => {
      state[name_] = value;
      draw();
      keep(state);
    };
    return h("p", { class: "controls" }, choice(label, options, state[name_], chosen));
  };
  const points = await pointsOf(CLAIMED, "personnel", own);
  const drawing = (holder, chart, setting, column) => {
    const begin = turns();
    return async () => {
      const [isLast, chosen] = [begin(), state[setting]];
      const fitting = points.filter((p) => p.row[column] === chosen);
      const rests = await restsOn(CLAIMED, "personnel", fitting);
      if (isLast()) replace(holder, chart(fitting, chosen, name, missionId, rests));
    };
  };
  const drawDate = drawing(byNation, bars, "at", "as_of");
  const drawNation = drawing(overTime, dots, "nation", "iso3");
  await drawDate();
  await drawNation();
  const counted = dates.map(([date, list]) => [
    date,
    `${dateWords(date)}: ${list.length} ${list.length === 1 ? "nation" : "nations"}${list.some((row) => row.coverage === "complete") ? ", complete" : ""}${isLate(list[0]) ? `, ${AFTER}` : ""}`,
  ]);
  return h(
    "section",
    {},
    h("h2", {}, "By nation"),
    choose("Date", counted, "at", drawDate),
    byNation,
    h("h2", {}, "One nation over time"),
    choose(
      "Nation",
      nations.map((iso3) => [iso3, nameOf("country", iso3)]),
      "nation",
      drawNation,
    ),
    overTime,
  );
}

const differ = (point) => `${point.others.length ? "\nDocuments differ" : ""}${lateWords(point.row)}`;

function bars(points, date, name, missionId, rests) {
  const sorted = points.toSorted((a, b) => b.value - a.value || compare(a.row.iso3, b.row.iso3));
  const [{ row: first }] = sorted;
  const said = (p) => `${nameOf("country", p.row.iso3)}: ${quantity(p.row, "personnel")}${differ(p)}`;
  const total = quantity(first, "mission_personnel");
  const coverage = {
    complete: "These add up to the total that the same document states.",
    partial: `These do not add up to the total of the same document; ${quantity(first, "residual")} are left.`,
    no_total: "The document gives no total of its own.",
  }[first.coverage];
  const label = ({ row }) => nameOf("country", row.iso3).replace("Bosnia and Herzegovina", "Bosnia and Herz.");
  const isKnown = (p) => ["exact", "approx"].includes(p.how);
  const end = (p) => Math.max(p.value, p.how === "range" ? p.high : 0, ...p.others.map((r) => r.high || 0));
  return figure({
    title: `${name}: personnel by nation, ${dateWords(date)}`,
    rows: sorted,
    file: `${missionId}-by-nation-${date.replaceAll("/", "_")}`,
    note: [
      isLate(first) && `Dated ${AFTER}.`,
      total && `The mission's total as of ${dateWords(first.mission_total_as_of)}: ${total}.`,
      coverage,
      rests,
    ]
      .filter(Boolean)
      .flatMap((one) => [one, " "]),
    legend: statedLegend(sorted, "bar"),
    draw: () => ({
      height: 34 + sorted.length * 20,
      marginLeft: 132,
      marginRight: 48,
      marginTop: 4,
      x: { label: null, axis: null },
      y: { label: null, domain: sorted.map(label), tickSize: 0 },
      marks: [
        Plot.barX(sorted, {
          x: (p) => (p.how === "range" ? p.low : p.value),
          y: label,
          fill: "var(--accent)",
          fillOpacity: (p) => (p.how === "exact" ? 1 : isKnown(p) ? 0.55 : 0.25),
          title: said,
          ariaLabel: said,
          href: "href",
          target: "_self",
          insetTop: 2,
          insetBottom: 2,
        }),
        statedMarks(
          sorted.map((p) => (isKnown(p) ? { ...p, how: "bar" } : p)),
          "x",
          label,
          said,
        ),
        Plot.text(sorted, {
          x: end,
          y: label,
          text: ({ row }) => quantity(row, "personnel"),
          textAnchor: "start",
          dx: 9,
          fill: "var(--ink)",
        }),
      ],
    }),
    columns: [
      ["Nation", ({ row }) => thingLink("country", row.iso3)],
      ["Personnel", ({ row }) => valueLink(CLAIMED, row, "personnel")],
      ["Other values", otherValues],
      ["Share of the total", ({ row }) => (row.share === null ? "" : `${number(Math.round(row.share * 1000) / 10)} %`)],
      ["Coverage", ({ row }) => words(row.coverage)],
    ],
  });
}

function dots(points, nation, name, missionId, rests) {
  const sorted = points.toSorted((a, b) => compare(a.row.as_of_earliest, b.row.as_of_earliest));
  const said = (p) => `${dateWords(p.row.as_of)}: ${quantity(p.row, "personnel")}${differ(p)}`;
  const x = (p) => new Date(`${p.row.as_of_earliest}T00:00:00Z`);
  return figure({
    title: `${nameOf("country", nation)} in ${name}`,
    rows: sorted,
    file: `${missionId}-${nation}`,
    note: rests,
    legend: statedLegend(sorted),
    draw: (width) => ({
      height: Math.max(200, width * 0.3),
      marginLeft: 48,
      x: { type: "utc", label: null },
      y: { zero: true, grid: true, label: "Personnel", tickFormat: number },
      marks: [
        Plot.ruleY([0], { stroke: "var(--rule)" }),
        cutoffLine(sorted.map((p) => p.row)),
        Plot.line(sorted, { x, y: "value", stroke: "var(--faint)" }),
        statedMarks(sorted, "y", x, said),
        Plot.tip(sorted, Plot.pointer({ x, y: "value", title: said, fill: "var(--paper)", stroke: "var(--rule)" })),
      ],
    }),
    columns: [
      ["As of", ({ row }) => markedDate(row, "as_of", dateWords(row.as_of))],
      ["Personnel", ({ row }) => valueLink(CLAIMED, row, "personnel")],
      ["Other values", otherValues],
      ["Coverage of its source", ({ row }) => words(row.coverage)],
    ],
  });
}
