// The series of a country: a small chart for each that is long enough to have a shape.
import { compare } from "./order.js";
import { Plot } from "./vendor.js";
import { figure } from "./chart.js";
import { cutoffLine, lateWords, markedDate } from "./cutoff.js";
import { h } from "./dom.js";
import { valueLink } from "./facts.js";
import { keyOf } from "./keys.js";
import { nameOf } from "./names.js";
import { toFact } from "./route.js";
import { capital, dateWords, number, quantity, words } from "./text.js";

const LEAST = 4;
const TABLE = "indicator";
const size = (row) => row.value ?? row.value_low ?? row.value_high;

export function indicatorCharts(list) {
  const dated = list.filter((row) => row.period_earliest && size(row) !== null);
  const series = [...Map.groupBy(dated, (row) => `${row.indicator}|${row.counterpart ?? ""}`).values()].filter(
    (own) => own.length >= LEAST,
  );
  if (!series.length) return null;
  return h("section", {}, h("h2", {}, "Series"), h("div", { class: "multiples" }, series.map(chart)));
}

function chart(own) {
  const [{ indicator, counterpart, unit, iso3 }] = own;
  const sorted = own.toSorted((a, b) => compare(a.period_earliest, b.period_earliest));
  const said = (row) => `${dateWords(row.period)}: ${quantity(row, "value")} ${words(unit)}${lateWords(row)}`;
  const x = (row) => new Date(`${row.period_earliest}T00:00:00Z`);
  const title = `${nameOf("country", iso3)}: ${words(indicator)}${counterpart ? `, ${nameOf("country", counterpart)}` : ""}`;
  return figure({
    title: capital(title),
    note: `Unit: ${words(unit)}. Hollow marks are approximate.`,
    rows: sorted,
    file: `${iso3}-${indicator}`,
    draw: (width) => ({
      height: 190,
      marginLeft: 56,
      x: { type: "utc", label: null, ticks: Math.max(2, Math.round(width / 90)) },
      y: {
        zero: true,
        grid: true,
        label: null,
        tickFormat: (v) => (v >= 1e6 ? `${number(v / 1e6)}m` : number(v)),
        ticks: 5,
      },
      marks: [
        cutoffLine(sorted),
        Plot.line(sorted, { x, y: size, stroke: "var(--faint)" }),
        Plot.dot(sorted, {
          x,
          y: size,
          r: 3,
          stroke: "var(--accent)",
          fill: (row) => (row.value_qualifier === "exact" ? "var(--accent)" : "var(--paper)"),
          title: said,
          ariaLabel: said,
          href: (row) => toFact(TABLE, keyOf(TABLE, row), "value"),
          target: "_self",
        }),
        Plot.tip(sorted, Plot.pointer({ x, y: size, title: said, fill: "var(--paper)", stroke: "var(--rule)" })),
      ],
    }),
    columns: [
      ["Period", (row) => markedDate(row, "period", dateWords(row.period))],
      ["Value", (row) => valueLink(TABLE, row, "value")],
      ["Unit", (row) => words(row.unit)],
    ],
  });
}
