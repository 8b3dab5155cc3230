// Spells as bars: how the six stood towards NATO and the European Union, and missions from start to end.
import { isAfter } from "./cutoff.js";
import { Plot } from "./vendor.js";
import { about, tables } from "./release.js";
import { figure, swatches } from "./chart.js";
import { rowLink } from "./facts.js";
import { keyOf } from "./keys.js";
import { nameOf, six } from "./names.js";
import { toFact } from "./route.js";
import { words, dateWords } from "./text.js";

const RUNS_ON =
  "A bar without an end runs on to the cut-off date; what begins after it is not drawn. Where two spells hold at once, the later lies over the earlier.";
const NARROW = 560; // pixels
const spanOf = ({ start, end }) => `${dateWords(start)} to ${dateWords(end) || "the cut-off date"}`;
const utc = (iso) => new Date(`${iso}T00:00:00Z`);

/** Both charts. */
export async function spells() {
  const { membership, mission } = await tables("membership", "mission");
  const own = new Set(six().map((c) => c.iso3));
  const end = utc(about.as_of);
  const bar = (table, row, lane, kind, text) => ({
    table,
    row,
    lane,
    kind,
    text,
    x1: utc(row.start_earliest),
    x2: row.end_latest ? utc(row.end_latest) : end,
  });
  const towards = membership.filter(
    (m) => own.has(m.iso3) && ["nato", "eu"].includes(m.organisation_id) && !isAfter(m, "start"),
  );
  const lane = (m) => `${nameOf("country", m.iso3)} · ${m.organisation_id === "nato" ? "NATO" : "EU"}`;
  const standings = towards
    .filter((m) => m.start_earliest)
    .map((m) => bar("membership", m, lane(m), m.status, words(m.status)));
  const called = (m) => nameOf("mission", m.mission_id);
  const begun = mission.filter((m) => !isAfter(m, "start"));
  const missions = begun.filter((m) => m.start_earliest).map((m) => bar("mission", m, called(m), "mission", called(m)));
  const startless = (list, said) => list.filter((m) => !m.start_earliest).map(said);
  return [
    spellChart(
      "Standing of the six towards NATO and the EU",
      standings.sort((a, b) => a.x1 - b.x1),
      true,
      startless(towards, (m) => `${lane(m)}: ${words(m.status)}`),
    ),
    spellChart(
      "Missions from start to end",
      missions.sort((a, b) => a.x1 - b.x1),
      false,
      startless(begun, called),
    ),
  ];
}

function spellChart(title, bars, coloured, undrawn) {
  if (!bars.length) return null;
  const lanes = [...new Set(bars.map((b) => b.lane))];
  if (coloured) lanes.sort();
  const said = (b) => `${b.lane}: ${b.text}, ${spanOf(b.row)}`;
  const kinds = [...new Set(bars.map((b) => b.kind))];
  return figure({
    title,
    rows: bars,
    file: coloured ? "standings" : "missions",
    legend: coloured ? swatches(kinds.map((kind) => [words(kind), kind])) : null,
    note: [RUNS_ON, undrawn.length ? `Not drawn, for want of a recorded start: ${undrawn.join("; ")}.` : ""].join(" "),
    draw: (width) => ({
      height: 40 + lanes.length * (width < NARROW ? 36 : 22),
      marginLeft: width < NARROW ? 4 : 270,
      marginTop: 4,
      x: { type: "utc", label: null, grid: true },
      y: { label: null, domain: lanes, tickSize: 0, axis: width < NARROW ? null : "left" },
      marks: [
        width < NARROW ? names(lanes) : null,
        Plot.barX(bars, {
          x1: "x1",
          x2: "x2",
          y: "lane",
          fill: (b) => `var(--status-${b.kind})`,
          insetTop: width < NARROW ? 18 : 4,
          insetBottom: 4,
          title: said,
          ariaLabel: said,
          href: (b) => toFact(b.table, keyOf(b.table, b.row)),
          target: "_self",
        }),
        Plot.tip(bars, Plot.pointer({ x: "x1", y: "lane", title: said, fill: "var(--paper)", stroke: "var(--rule)" })),
      ],
    }),
    columns: [
      ["What", (b) => rowLink(b.table, b.row, b.lane)],
      ["Standing", (b) => (coloured ? b.text : "")],
      ["From", (b) => dateWords(b.row.start)],
      ["To", (b) => dateWords(b.row.end) || "runs on"],
    ],
  });
}

/** Where there is no room beside the bars: each name above its bar, in full. */
const names = (lanes) =>
  Plot.text(lanes, {
    y: (name) => name,
    text: (name) => name,
    frameAnchor: "left",
    textAnchor: "start",
    dy: -9,
    fill: "var(--ink)",
    stroke: "var(--paper)",
    strokeWidth: 3,
  });
