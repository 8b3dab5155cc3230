// Memberships, missions, policies and events in time.
import { compare } from "../order.js";
import { folded } from "../find.js";
import { Plot } from "../vendor.js";
import { about, rows } from "../release.js";
import { figure } from "../chart.js";
import { cutoffLine, lateWords, markedDate } from "../cutoff.js";
import { choice, h, replace } from "../dom.js";
import { factLink } from "../fact_link.js";
import { nameOf, six, starred, thingLink } from "../names.js";
import { broken } from "../narrow_names.js";
import { remember, to, toFact } from "../route.js";
import { spells } from "../spells_chart.js";
import { dateWords, number, plural, words } from "../text.js";
import { grouped } from "../timeline_groups.js";
import { unknowns } from "../unknown.js";

const WHOLE = "The region and beyond";
const utc = (iso) => new Date(`${iso}T00:00:00Z`);

const LANES = ["country", "kind"];

export const settings = ["from", "to", "country", "off", "q", "lanes"];

/** What the address asks for, as far as it is known here. */
function stateOf(set, groups, asked) {
  const year = (name, usual) => {
    if (!set[name] || /^\d{4}$/.test(set[name])) return set[name] || usual;
    asked.say("The year", set[name]);
    return usual;
  };
  const codes = six().map((c) => c.iso3);
  const off = (set.off ?? "").split(",").filter((id) => asked.oneOf("The kind of dated things", id, groups.known));
  return {
    from: year("from", "1990"),
    to: year("to", about.as_of.slice(0, 4)),
    country: asked.oneOf("The country", set.country, codes) ?? "",
    off: [...new Set(off.map(groups.of))].join(),
    q: set.q ?? "",
    lanes: asked.oneOf("As rows of the chart,", set.lanes, LANES) || LANES[0],
  };
}

export async function view(_, set) {
  const all = await rows("timeline");
  const groups = grouped(all.map((row) => row.kind));
  const dated = all
    .filter((row) => row.date_earliest)
    .map((row) => ({ row, group: groups.groupOf(row.kind), x: utc(row.date_earliest) }));
  const asked = unknowns();
  const state = stateOf(set, groups, asked);
  const undated = all.length - dated.length;
  const holder = h("div");
  const draw = () => {
    remember(["timeline"], { ...state, lanes: state.lanes === LANES[0] ? null : state.lanes });
    const off = new Set(state.off.split(",").filter(Boolean));
    const shown = dated.filter(
      ({ row, group }) =>
        !off.has(group) &&
        row.date_earliest.slice(0, 4) >= state.from &&
        row.date_earliest.slice(0, 4) <= state.to &&
        (!state.country || row.iso3 === state.country) &&
        (!state.q || folded(row.label).includes(folded(state.q))),
    );
    shown.sort((a, b) => a.x - b.x || compare(a.row.label, b.row.label));
    replace(
      holder,
      h("p", { class: "count", role: "status" }, `${plural(shown.length, "dated thing")} of ${number(all.length)}.`),
      undated ? h("p", { class: "muted" }, notDrawn(undated)) : null,
      shown.length ? dots(shown, state, groups.list) : null,
    );
  };
  draw();
  return {
    unknown: asked.list,
    title: "Timeline",
    lead: "Every dated thing on record: memberships, milestones, missions, policies and events. Each mark leads to its source.",
    body: [controls(state, draw, groups.list), holder, await spells()],
  };
}

const notDrawn = (count) => [
  `${number(count)} without a first day ${count === 1 ? "has" : "have"} no place on a line of time; `,
  h("a", { href: to(["table", "timeline"]) }, "the table has them all"),
  ".",
];

function controls(state, draw, groups) {
  const field = (name, label, input) => {
    input.value = state[name];
    input.addEventListener("input", () => {
      state[name] = input.value;
      draw();
    });
    return h("label", {}, `${label} `, input);
  };
  const year = () => h("input", { type: "number", min: 1900, max: 2100, class: "year" });
  const off = new Set(state.off.split(",").filter(Boolean));
  const box = ([group, name]) => {
    const input = h("input", {
      type: "checkbox",
      onchange: () => {
        if (input.checked) off.delete(group);
        else off.add(group);
        state.off = [...off].join();
        draw();
      },
    });
    input.checked = !off.has(group);
    return h("label", { class: "check" }, input, h("span", { class: `swatch group-${group}` }), name);
  };
  const countries = h(
    "select",
    {},
    h("option", { value: "" }, "all"),
    six().map((c) => h("option", { value: c.iso3 }, nameOf("country", c.iso3))),
  );
  return h(
    "div",
    { class: "controls" },
    field("q", "Find", h("input", { type: "search" })),
    field("country", "Country", countries),
    field("from", "From", year()),
    field("to", "To", year()),
    choice(
      "Rows",
      LANES.map((one) => [one, `by ${one}`]),
      state.lanes,
      (lanes) => {
        state.lanes = lanes;
        draw();
      },
    ),
    h("fieldset", {}, h("legend", { class: "offscreen" }, "Kinds"), groups.map(box)),
  );
}

/** The lane of each thing, and all lanes in order: countries, or kinds. */
function lanesOf(state, groups) {
  if (state.lanes === "kind") {
    const names = new Map(groups);
    return { lane: ({ group }) => names.get(group), order: [...names.values()] };
  }
  const own = new Set(six().map((c) => c.iso3));
  const order = [...six().map((c) => nameOf("country", c.iso3)), WHOLE];
  return { lane: ({ row }) => (own.has(row.iso3) ? nameOf("country", row.iso3) : WHOLE), order };
}

function dots(shown, state, groups) {
  const { lane, order } = lanesOf(state, groups);
  const lanes = order.filter((name) => shown.some((d) => lane(d) === name));
  const said = ({ row }) => `${dateWords(row.date)}: ${starred(row.label)}${lateWords(row)}`;
  const tall = Math.max(...lanes.map((name) => shown.filter((d) => lane(d) === name).length));
  return figure({
    title: state.country
      ? `${nameOf("country", state.country)}: dated things by ${state.lanes}`
      : `Dated things by ${state.lanes}`,
    rows: shown,
    file: "timeline",
    note: "A mark stands at the first day that its date can mean.",
    draw: (width) => ({
      height: 40 + lanes.length * Math.min(120, Math.max(46, (tall / width) * 1100)),
      marginLeft: width < 560 ? 88 : 150,
      marginTop: 6,
      x: { type: "utc", label: null, grid: true },
      fy: {
        label: null,
        domain: lanes,
        padding: 0.04,
        tickFormat: (name) => (width < 560 ? broken(name, 12) : name),
      },
      marks: [
        Plot.frame({ stroke: "var(--rule)", anchor: "bottom" }),
        cutoffLine(shown.map((d) => d.row)),
        Plot.dot(
          shown,
          Plot.dodgeY("middle", {
            x: "x",
            fy: lane,
            r: width < 560 ? 2.2 : 3.2,
            fill: (d) => `var(--group-${d.group})`,
            title: said,
            ariaLabel: said,
            href: ({ row }) => toFact(row.table, row.key),
            target: "_self",
          }),
        ),
        Plot.tip(shown, Plot.pointer({ x: "x", fy: lane, title: said, fill: "var(--paper)", stroke: "var(--rule)" })),
      ],
    }),
    columns: [
      ["Date", ({ row }) => markedDate(row, "date", dateWords(row.date))],
      ["What", ({ row }) => factLink(row.table, row.key, null, row.label)],
      ["Country", ({ row }) => (row.iso3 ? thingLink("country", row.iso3) : "")],
      ["Kind", ({ row }) => words(row.kind)],
    ],
  });
}
