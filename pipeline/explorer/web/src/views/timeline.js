// Memberships, missions, policies and events in time.
import { Plot } from "../vendor.js";
import { about, rows } from "../release.js";
import { figure } from "../chart.js";
import { h, replace } from "../dom.js";
import { factLink } from "../fact_link.js";
import { nameOf, six, thingLink } from "../names.js";
import { remember, toFact } from "../route.js";
import { spells } from "../spells_chart.js";
import { dateWords, plural, words } from "../text.js";

// Each kind of dated thing by what it begins with, from those that matter to all views down.
const GROUPS = [
  ["membership", "Memberships", /^membership/],
  ["milestone", "Milestones", /^milestone/],
  ["mission", "Missions", /^mission/],
  ["event", "Events", /^event/],
  ["threat", "Threats", /^threat/],
  ["policy", "Policies", /^policy/],
  ["dealing", "Dealings and facilities", /^(relation|facility)/],
  ["organisation", "Organisations", /^organisation/],
];
const groupOf = (kind) => GROUPS.find(([, , pattern]) => pattern.test(kind))?.[0] ?? "organisation";
const WHOLE = "The region and beyond";
const utc = (iso) => new Date(`${iso}T00:00:00Z`);

export async function view(_, settings) {
  const dated = (await rows("timeline"))
    .filter((row) => row.date_earliest)
    .map((row) => ({ row, group: groupOf(row.kind), x: utc(row.date_earliest) }));
  const state = {
    from: settings.from ?? "1990",
    to: settings.to ?? about.as_of.slice(0, 4),
    country: settings.country ?? "",
    off: settings.off ?? "",
    q: settings.q ?? "",
  };
  const holder = h("div");
  const draw = () => {
    remember(["timeline"], state);
    const off = new Set(state.off.split(",").filter(Boolean));
    const shown = dated.filter(
      ({ row, group }) =>
        !off.has(group) &&
        row.date_earliest.slice(0, 4) >= state.from &&
        row.date_earliest.slice(0, 4) <= state.to &&
        (!state.country || row.iso3 === state.country) &&
        (!state.q || row.label.toLowerCase().includes(state.q.toLowerCase())),
    );
    shown.sort((a, b) => a.x - b.x || a.row.label.localeCompare(b.row.label));
    replace(
      holder,
      h("p", { class: "count", role: "status" }, `${plural(shown.length, "dated thing")} of ${dated.length}`),
      shown.length ? dots(shown, state.country) : null,
    );
  };
  draw();
  return {
    title: "Timeline",
    lead: "Every dated thing on record: memberships, milestones, missions, policies and events. Each mark leads to its source.",
    body: [controls(state, draw), holder, await spells()],
  };
}

function controls(state, draw) {
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
    h("fieldset", {}, h("legend", { class: "offscreen" }, "Kinds"), GROUPS.map(box)),
  );
}

function dots(shown, country) {
  const own = new Set(six().map((c) => c.iso3));
  const lane = ({ row }) => (own.has(row.iso3) ? nameOf("country", row.iso3) : WHOLE);
  const lanes = [
    ...six()
      .filter((c) => !country || c.iso3 === country)
      .map((c) => nameOf("country", c.iso3)),
    WHOLE,
  ].filter((name) => shown.some((d) => lane(d) === name));
  const said = ({ row }) => `${dateWords(row.date)}: ${row.label}`;
  const tall = Math.max(...lanes.map((name) => shown.filter((d) => lane(d) === name).length));
  return figure({
    title: country ? `${nameOf("country", country)}: dated things` : "Dated things by country",
    rows: shown,
    file: "timeline",
    note: "A mark stands at the first day that its date can mean.",
    draw: (width) => ({
      height: 40 + lanes.length * Math.min(120, Math.max(46, (tall / width) * 1100)),
      marginLeft: width < 560 ? 78 : 150,
      marginTop: 6,
      x: { type: "utc", label: null, grid: true },
      fy: {
        label: null,
        domain: lanes,
        padding: 0.04,
        tickFormat: (name) =>
          width < 560
            ? name
                .replace("Bosnia and Herzegovina", "Bosnia and\nHerz.")
                .replace("The region and beyond", "Region and\nbeyond")
                .replace("North Macedonia", "North\nMacedonia")
            : name,
      },
      marks: [
        Plot.frame({ stroke: "var(--rule)", anchor: "bottom" }),
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
      ["Date", ({ row }) => dateWords(row.date)],
      ["What", ({ row }) => factLink(row.table, row.key, null, row.label)],
      ["Country", ({ row }) => (row.iso3 ? thingLink("country", row.iso3) : "")],
      ["Kind", ({ row }) => words(row.kind)],
    ],
  });
}
