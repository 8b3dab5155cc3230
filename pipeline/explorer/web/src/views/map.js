// How the six stood towards an organisation on a day that a slider sets.
import { turns } from "../turns.js";
import { about, tables } from "../release.js";
import { holding, STRENGTH, standing } from "../as_of.js";
import { swatches } from "../chart.js";
import { h, replace, scroller } from "../dom.js";
import { rowLink, valueLink } from "../facts.js";
import { nameOf, six, thing, thingLink } from "../names.js";
import { plainTable } from "../plain_table.js";
import { remember, to } from "../route.js";
import { dateWords, words } from "../text.js";
import { unknowns } from "../unknown.js";
import { drawMap, mapNote } from "./map_drawing.js";

const monthOf = (iso) => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
const lastDay = (month) => new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).toISOString().slice(0, 10);

/** Whether a text is a day that there was by the cut-off date. */
function isDay(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text ?? "") || text > about.as_of) return false;
  const day = new Date(`${text}T00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** How a country stands, as a word for the eye and one for the map's colour. */
function described(found, organisation) {
  if (found.left)
    return {
      kind: "none",
      text: `member of ${nameOf("organisation", organisation.parent_organisation_id)}, so no longer in the programme`,
    };
  if (!found.strongest) return { kind: "none", text: "no status recorded" };
  const { status } = found.strongest;
  return { kind: STRENGTH.includes(status) ? status : "other", text: words(status) };
}

export const settings = ["date", "org"];

export async function view(_, set) {
  const { membership, organisation } = await tables("membership", "organisation");
  const ofSix = membership.filter((row) => six().some((country) => country.iso3 === row.iso3));
  const organisations = organisation.filter((o) => ofSix.some((row) => row.organisation_id === o.organisation_id));
  const asked = unknowns();
  if (set.date && !isDay(set.date)) asked.say("The day", set.date);
  const state = {
    date: isDay(set.date) ? set.date : about.as_of,
    org:
      asked.oneOf(
        "The organisation",
        set.org,
        organisations.map((o) => o.organisation_id),
      ) ||
      (organisations.find((o) => o.organisation_id === "nato")?.organisation_id ?? organisations[0]?.organisation_id),
  };
  const days = ofSix
    .flatMap((row) => [row.start_earliest, row.start_latest, row.end_earliest])
    .filter(Boolean)
    .sort();
  const parts = controls(state, organisations, days[0] ?? about.as_of, (change) => {
    Object.assign(state, change);
    show();
  });
  const holder = h("div", { class: "map" });
  const side = h("div", { class: "map-side" });
  let width = 0;
  const begin = turns();
  async function show() {
    const isLast = begin();
    const org = thing("organisation", state.org);
    const found = new Map(six().map((country) => [country.iso3, standing(membership, org, country.iso3, state.date)]));
    const status = (iso3) => described(found.get(iso3), org);
    parts.sync();
    remember(["map"], {
      date: state.date === about.as_of ? null : state.date,
      org: state.org === "nato" ? null : state.org,
    });
    replace(
      side,
      heading(org, state.date),
      legend(ofSix, state.org),
      scroller(plainTable(columns(status, found, state.date), six(), "Status on the day"), "Table"),
      moves(ofSix, state, parts.set),
    );
    const drawn = width && (await drawMap(width, status, (iso3) => to(["country", iso3])));
    if (drawn && isLast()) replace(holder, drawn);
  }
  new ResizeObserver(([entry]) => {
    const room = Math.round(entry.contentRect.width);
    if (!room || Math.abs(room - width) < 8) return;
    width = room;
    show();
  }).observe(holder);
  await show();
  return {
    unknown: asked.list,
    title: "The six on a day",
    lead: "How each of the Western Balkan Six stood towards an organisation on the day you set.",
    body: [parts.element, h("div", { class: "map-view" }, h("div", {}, holder, mapNote()), side)],
  };
}

function controls(state, organisations, first, set) {
  const [low, high] = [monthOf(first) - 1, monthOf(about.as_of)];
  const slider = h("input", {
    type: "range",
    min: low,
    max: high,
    step: 1,
    id: "day-slider",
    "aria-label": "Month",
    oninput: () => set({ date: [lastDay(Number(slider.value)), about.as_of].sort()[0] }),
  });
  const day = h("input", {
    type: "date",
    "aria-label": "Day",
    max: about.as_of,
    onchange: () => isDay(day.value) && set({ date: day.value }),
  });
  const org = h(
    "select",
    { "aria-label": "Organisation", onchange: () => set({ org: org.value }) },
    organisations.map((o) => h("option", { value: o.organisation_id }, o.name)),
  );
  const sync = () => {
    slider.value = `${monthOf(state.date)}`;
    slider.setAttribute("aria-valuetext", dateWords(state.date));
    day.value = state.date;
    org.value = state.org;
  };
  const element = h(
    "div",
    { class: "controls" },
    h("label", {}, "Organisation ", org),
    h("label", {}, "Day ", day),
    h(
      "div",
      { class: "slider" },
      h("span", { class: "muted" }, Math.floor((low + 1) / 12)),
      slider,
      h("span", { class: "muted" }, about.as_of.slice(0, 4)),
    ),
  );
  return { element, sync, set };
}

const heading = (org, date) =>
  h("h2", { class: "map-heading", "aria-live": "polite" }, org.name, h("small", {}, ` on ${dateWords(date)}`));

function legend(rows, org) {
  const used = STRENGTH.filter((status) => rows.some((row) => row.organisation_id === org && row.status === status));
  return swatches([...used.map((status) => [words(status), status]), ["none recorded", "none"]]);
}

const columns = (status, found, date) => [
  ["Country", (c) => thingLink("country", c.iso3)],
  [
    "Status",
    (c) => {
      const { strongest } = found.get(c.iso3);
      return strongest
        ? valueLinkOf(strongest, status(c.iso3).text)
        : h("span", { class: "muted" }, status(c.iso3).text);
    },
  ],
  [
    "Since",
    (c) => {
      const { strongest } = found.get(c.iso3);
      return strongest ? valueLink("membership", strongest, "start") || "not recorded" : "";
    },
  ],
  [
    "How sure",
    (c) => {
      const { strongest } = found.get(c.iso3);
      return strongest ? sure(holding(strongest, date)) : "";
    },
  ],
  [
    "Also",
    (c) =>
      found
        .get(c.iso3)
        .rows.filter((row) => row !== found.get(c.iso3).strongest)
        .map((row, i) => [
          i ? ", " : "",
          rowLink(
            "membership",
            row,
            `${holding(row, date).holds === "possible" ? "possibly " : ""}${words(row.status)}`,
          ),
        ]),
  ],
];

const valueLinkOf = (row, text) =>
  h("span", {}, h("span", { class: `swatch ${row.status}` }), rowLink("membership", row, text));
const sure = ({ holds, because }) => [holds, because ? h("small", {}, ` (${because})`) : null];

/** The days on which something changed, to step through. */
function moves(rows, state, set) {
  const days = [
    ...new Set(
      rows
        .filter((row) => row.organisation_id === state.org)
        .flatMap((row) => [row.start_latest, row.end_latest])
        .filter((d) => d && d <= about.as_of),
    ),
  ].sort();
  const before = days.filter((d) => d < state.date).at(-1);
  const after = days.find((d) => d > state.date);
  const step = (label, day) => {
    const button = h(
      "button",
      {
        type: "button",
        class: "small",
        onclick: () => {
          set({ date: day });
          document.querySelector(`[data-step="${label}"]`)?.focus();
        },
      },
      day ? `${label}: ${dateWords(day)}` : `${label}: none`,
    );
    button.dataset.step = label;
    button.disabled = !day;
    return button;
  };
  return h("p", { class: "moves" }, step("Change before", before), " ", step("Change after", after));
}
