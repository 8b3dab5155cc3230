// Who contributes to a mission: by nation on a date, and one nation over time.
import { Plot } from "./vendor.js";
import { rows } from "./release.js";
import { figure } from "./chart.js";
import { h, replace } from "./dom.js";
import { valueLink } from "./facts.js";
import { keyOf } from "./keys.js";
import { nameOf, thingLink } from "./names.js";
import { toFact } from "./route.js";
import { dateWords, number, quantity, words } from "./text.js";

const TABLE = "mission_contribution";
const size = (row) => row.personnel ?? row.personnel_low ?? row.personnel_high;

/** Both charts with what chooses date and nation; null where no contribution is recorded. `keep` is told the choice. */
export async function nationsCharts(missionId, name, settings, keep) {
  const own = (await rows(TABLE)).filter(
    (row) =>
      row.mission_id === missionId &&
      row.as_of_earliest &&
      size(row) !== null &&
      row.unit === "contingent" &&
      !row.shared_with?.length,
  );
  if (!own.length) return null;
  const dates = [...Map.groupBy(own, (row) => row.as_of)].sort(([, [a]], [, [b]]) =>
    b.as_of_earliest.localeCompare(a.as_of_earliest),
  );
  const whole =
    dates.find(([, list]) => list.some((row) => row.coverage === "complete")) ??
    dates.toSorted(([, a], [, b]) => b.length - a.length)[0];
  const nations = [...new Set(own.map((row) => row.iso3))].sort((a, b) =>
    nameOf("country", a).localeCompare(nameOf("country", b)),
  );
  const state = {
    at: dates.some(([date]) => date === settings.at) ? settings.at : whole[0],
    nation: nations.includes(settings.nation) ? settings.nation : nations.includes("ALB") ? "ALB" : nations[0],
  };
  const [byNation, overTime] = [h("div"), h("div")];
  const choose = (label, options, name_, draw) => {
    const select = h(
      "select",
      {
        onchange: () => {
          state[name_] = select.value;
          draw();
          keep(state);
        },
      },
      options.map(([value, text]) => h("option", { value }, text)),
    );
    select.value = state[name_];
    return h("p", { class: "controls" }, h("label", {}, `${label} `, select));
  };
  const drawDate = () =>
    replace(
      byNation,
      bars(
        own.filter((row) => row.as_of === state.at),
        state.at,
        name,
        missionId,
      ),
    );
  const drawNation = () =>
    replace(
      overTime,
      dots(
        own.filter((row) => row.iso3 === state.nation),
        state.nation,
        name,
        missionId,
      ),
    );
  drawDate();
  drawNation();
  const counted = dates.map(([date, list]) => [
    date,
    `${dateWords(date)}: ${list.length} ${list.length === 1 ? "nation" : "nations"}${list.some((row) => row.coverage === "complete") ? ", complete" : ""}`,
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

const address = (row) => toFact(TABLE, keyOf(TABLE, row), "personnel");

function bars(list, date, name, missionId) {
  const sorted = list.toSorted((a, b) => size(b) - size(a) || a.iso3.localeCompare(b.iso3));
  const [first] = sorted;
  const said = (row) => `${nameOf("country", row.iso3)}: ${quantity(row, "personnel")}`;
  const total = quantity(first, "mission_personnel");
  const coverage = {
    complete: "These add up to the total that the same document states.",
    partial: `These do not add up to the total of the same document; ${quantity(first, "residual")} are left.`,
    no_total: "The document gives no total of its own.",
  }[first.coverage];
  const label = (row) => nameOf("country", row.iso3).replace("Bosnia and Herzegovina", "Bosnia and Herz.");
  return figure({
    title: `${name}: personnel by nation, ${dateWords(date)}`,
    rows: sorted,
    file: `${missionId}-by-nation-${date.replaceAll("/", "_")}`,
    note: [total && `The mission's total as of ${dateWords(first.mission_total_as_of)}: ${total}.`, coverage]
      .filter(Boolean)
      .join(" "),
    draw: () => ({
      height: 34 + sorted.length * 20,
      marginLeft: 132,
      marginRight: 48,
      marginTop: 4,
      x: { label: null, axis: null },
      y: { label: null, domain: sorted.map(label), tickSize: 0 },
      marks: [
        Plot.barX(sorted, {
          x: size,
          y: label,
          fill: "var(--accent)",
          fillOpacity: (row) => (row.personnel_qualifier === "exact" ? 1 : 0.55),
          title: said,
          ariaLabel: said,
          href: address,
          target: "_self",
          insetTop: 2,
          insetBottom: 2,
        }),
        Plot.text(sorted, {
          x: size,
          y: label,
          text: (row) => quantity(row, "personnel"),
          textAnchor: "start",
          dx: 5,
          fill: "var(--ink)",
        }),
      ],
    }),
    columns: [
      ["Nation", (row) => thingLink("country", row.iso3)],
      ["Personnel", (row) => valueLink(TABLE, row, "personnel")],
      ["Share of the total", (row) => (row.share === null ? "" : `${number(Math.round(row.share * 1000) / 10)} %`)],
      ["Coverage", (row) => words(row.coverage)],
    ],
  });
}

function dots(list, nation, name, missionId) {
  const sorted = list.toSorted((a, b) => a.as_of_earliest.localeCompare(b.as_of_earliest));
  const said = (row) => `${dateWords(row.as_of)}: ${quantity(row, "personnel")}`;
  const x = (row) => new Date(`${row.as_of_earliest}T00:00:00Z`);
  const mark = {
    x,
    y: size,
    r: 4,
    stroke: "var(--accent)",
    strokeWidth: 1.5,
    title: said,
    ariaLabel: said,
    href: address,
    target: "_self",
  };
  return figure({
    title: `${nameOf("country", nation)} in ${name}`,
    rows: sorted,
    file: `${missionId}-${nation}`,
    note: "Hollow marks are approximate or bounds.",
    draw: (width) => ({
      height: Math.max(200, width * 0.3),
      marginLeft: 48,
      x: { type: "utc", label: null },
      y: { zero: true, grid: true, label: "Personnel", tickFormat: number },
      marks: [
        Plot.ruleY([0], { stroke: "var(--rule)" }),
        Plot.line(sorted, { x, y: size, stroke: "var(--faint)" }),
        Plot.dot(sorted, {
          ...mark,
          fill: (row) => (row.personnel_qualifier === "exact" ? "var(--accent)" : "var(--paper)"),
        }),
        Plot.tip(sorted, Plot.pointer({ x, y: size, title: said, fill: "var(--paper)", stroke: "var(--rule)" })),
      ],
    }),
    columns: [
      ["As of", (row) => dateWords(row.as_of)],
      ["Personnel", (row) => valueLink(TABLE, row, "personnel")],
      ["Coverage of its source", (row) => words(row.coverage)],
    ],
  });
}
