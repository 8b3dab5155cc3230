// Spells as bars: how the six stood towards NATO and the European Union, and missions from start to end.
import { Plot } from "./vendor.js";
import { about, tables } from "./release.js";
import { figure, swatches } from "./chart.js";
import { rowLink } from "./facts.js";
import { keyOf } from "./keys.js";
import { nameOf, six } from "./names.js";
import { toFact } from "./route.js";
import { words } from "./text.js";

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
  const standings = membership
    .filter((m) => own.has(m.iso3) && ["nato", "eu"].includes(m.organisation_id) && m.start_earliest)
    .map((m) =>
      bar(
        "membership",
        m,
        `${nameOf("country", m.iso3)} · ${m.organisation_id === "nato" ? "NATO" : "EU"}`,
        m.status,
        words(m.status),
      ),
    );
  const missions = mission
    .filter((m) => m.start_earliest)
    .map((m) => bar("mission", m, nameOf("mission", m.mission_id), "mission", nameOf("mission", m.mission_id)));
  return [
    spellChart("Standing of the six towards NATO and the EU", standings, true),
    spellChart(
      "Missions from start to end",
      missions.sort((a, b) => a.x1 - b.x1),
      false,
    ),
  ];
}

function spellChart(title, bars, coloured) {
  if (!bars.length) return null;
  const lanes = [...new Set(bars.map((b) => b.lane))];
  if (coloured) lanes.sort();
  const said = (b) => `${b.lane}: ${b.text}, ${b.row.start} to ${b.row.end ?? "now"}`;
  const kinds = [...new Set(bars.map((b) => b.kind))];
  return figure({
    title,
    rows: bars,
    file: coloured ? "standings" : "missions",
    legend: coloured ? swatches(kinds.map((kind) => [words(kind), kind])) : null,
    note: "A bar without an end runs on at the cut-off date; spells without a recorded start are not drawn.",
    draw: (width) => ({
      height: 40 + lanes.length * 22,
      marginLeft: width < 560 ? 124 : 250,
      marginTop: 4,
      x: { type: "utc", label: null, grid: true },
      y: {
        label: null,
        domain: lanes,
        tickSize: 0,
        tickFormat: (name) => (width < 560 ? shortened(name, 20) : shortened(name, 42)),
      },
      marks: [
        Plot.barX(bars, {
          x1: "x1",
          x2: "x2",
          y: "lane",
          fill: (b) => `var(--status-${b.kind})`,
          insetTop: 4,
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
      ["From", (b) => b.row.start],
      ["To", (b) => b.row.end ?? "runs on"],
    ],
  });
}

const shortened = (text, most) =>
  text.length > most
    ? `${text.replace("Bosnia and Herzegovina", "Bosnia and H.").replace("North Macedonia", "N. Macedonia").slice(0, most)}`
    : text;
