// The first view: what this is, the six at a glance, and where questions are answered.
import { compare } from "../order.js";
import { turns } from "../turns.js";
import { about, rows, tables } from "../release.js";
import { STRENGTH, standing } from "../as_of.js";
import { swatches } from "../chart.js";
import { afterMeans } from "../cutoff.js";
import { h, scroller } from "../dom.js";
import { valueLink } from "../facts.js";
import { nameOf, six, starred, thing, thingLink } from "../names.js";
import { plainTable } from "../plain_table.js";
import { to } from "../route.js";
import { strengthChart } from "../strength_chart.js";
import { dateWords, number, words } from "../text.js";
import { drawMap, mapNote } from "./map_drawing.js";

const QUESTIONS = [
  ["How strong is KFOR, and who says so?", () => to(["mission", "kfor"]), "mission"],
  ["Who stood where towards NATO, on any day?", () => "#/map"],
  ["What happened when?", () => "#/timeline"],
  ["Which threats bear on whom?", () => "#/threats", "threat"],
  ["On what do documents disagree?", () => "#/conflicts", "conflict"],
  ["What changed since the last release?", () => "#/changes"],
];

const muted = (text) => h("span", { class: "muted" }, text);
const none = (name, row) =>
  name === "pfp_status" && row.nato_status === "member" ? "left for membership" : "none recorded";
const status = (name) => (row) => [
  h("span", { class: `swatch ${row[name] ?? "none"}` }),
  valueLink("country_profile", row, name, words(row[name])) || muted(none(name, row)),
  row[`${name}_since`] ? [h("small", {}, " since "), valueLink("country_profile", row, `${name}_since`)] : null,
];
const count = (name) => (row) =>
  row[name]?.length ? valueLink("country_profile", row, name, number(row[name].length)) : muted("none recorded"); // which is not zero

const GLANCE = [
  ["Country", (row) => thingLink("country", row.iso3)],
  ["NATO", status("nato_status")],
  ["European Union", status("eu_status")],
  ["Partnership for Peace", status("pfp_status")],
  ["Missions hosted", count("missions_hosted")],
  ["Missions staffed", count("missions_staffed")],
  ["Threats", count("threats")],
];

export async function view() {
  const { country_profile: profiles, membership } = await tables("country_profile", "membership");
  const numbers = [
    ["documents", "document"],
    ["claims", "claim"],
    ["disagreements", "conflict"],
    ["dated things", "timeline"],
  ];
  return {
    title: about.dataset.title,
    lead: starred(about.dataset.description),
    body: [
      h(
        "ul",
        { class: "numbers" },
        numbers
          .filter(([, t]) => about.tables[t])
          .map(([name, t]) =>
            h("li", {}, h("a", { href: to(["table", t]) }, h("strong", {}, number(about.tables[t].rows)), ` ${name}`)),
          ),
      ),
      h(
        "div",
        { class: "overview" },
        h(
          "div",
          {},
          h("h2", { class: "first" }, "Standing towards NATO"),
          swatches(
            [...new Set(profiles.map((row) => row.nato_status).filter(Boolean))]
              .sort((a, b) => STRENGTH.indexOf(a) - STRENGTH.indexOf(b))
              .map((s) => [words(s), s]),
          ),
          await smallMap(membership),
          mapNote(),
        ),
        h(
          "section",
          { class: "questions" },
          h("h2", {}, "Questions it answers"),
          h(
            "ul",
            {},
            QUESTIONS.filter(([, , table]) => !table || about.tables[table]).map(([text, address]) =>
              h("li", {}, h("a", { href: address() }, text)),
            ),
          ),
          await strengthOf("kfor"),
        ),
      ),
      h("h2", {}, "The six at a glance"),
      h(
        "p",
        { class: "muted" },
        `As of ${dateWords(about.as_of)}, the dataset's cut-off date. ${afterMeans()} Every value leads to who says so.`,
      ),
      scroller(
        plainTable(
          GLANCE,
          profiles.toSorted((a, b) => compare(a.name, b.name)),
          "The six at a glance",
        ),
        "Table",
      ),
    ],
  };
}

/** The strength of a mission over time, its table left to the mission's own page. */
async function strengthOf(missionId) {
  const chart = thing("mission", missionId) ? await strengthChart(missionId, nameOf("mission", missionId)) : null;
  chart
    ?.querySelector(".behind")
    .replaceWith(
      h("p", {}, h("a", { href: to(["mission", missionId]) }, "Its table, by nation, and all that is recorded")),
    );
  return chart;
}

async function smallMap(membership) {
  await rows("organisation");
  const nato = thing("organisation", "nato");
  const holder = h("div", { class: "map" });
  if (!nato) return holder;
  const found = new Map(
    six().map(({ iso3 }) => [iso3, standing(membership, nato, iso3, about.as_of).strongest?.status]),
  );
  const shown = (iso3) => ({ kind: found.get(iso3) ?? "none", text: words(found.get(iso3) ?? "no status recorded") });
  let width = 0;
  const begin = turns();
  new ResizeObserver(async ([entry]) => {
    const room = Math.round(entry.contentRect.width);
    if (!room || Math.abs(room - width) < 8) return;
    width = room;
    const isLast = begin();
    const map = await drawMap(width, shown, (iso3) => to(["country", iso3]));
    if (isLast()) holder.replaceChildren(map);
  }).observe(holder);
  return holder;
}
