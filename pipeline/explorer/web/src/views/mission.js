// Missions: a list, and a page each with its strength over time and by nation.
import { about, tables } from "../release.js";
import { h, scroller } from "../dom.js";
import { valueLink } from "../facts.js";
import { nationsCharts } from "../nations_chart.js";
import { fullName, nameOf, thing, thingLink } from "../names.js";
import { plainTable } from "../plain_table.js";
import { remember, toRows } from "../route.js";
import { facts, lastFirst, newestFirst, related, telling } from "../sections.js";
import { strengthChart } from "../strength_chart.js";
import { quantity, words } from "../text.js";
import { tableTitle } from "../titles.js";
import { unknowns } from "../unknown.js";

export const list = {
  async view() {
    const { mission, mission_strength: strengths } = await tables("mission", "mission_strength");
    const latest = (id) =>
      strengths
        .filter((row) => row.mission_id === id && quantity(row, "personnel") && row.as_of_latest <= about.as_of)
        .sort(lastFirst("as_of"))[0];
    const columns = [
      ["Mission", (m) => thingLink("mission", m.mission_id, m.name)],
      ["", (m) => m.short_name ?? ""],
      ["Run by", (m) => nameOf("organisation", m.organisation_id)],
      ["Where", (m) => (m.hosts ?? []).map((iso3, i) => [i ? ", " : "", thingLink("country", iso3)])],
      ["From", (m) => valueLink("mission", m, "start")],
      ["To", (m) => valueLink("mission", m, "end")],
      [
        "Latest total",
        (m) => {
          const row = latest(m.mission_id);
          return row ? [valueLink("mission_strength", row, "personnel"), h("small", {}, ` ${row.as_of}`)] : "";
        },
      ],
    ];
    return {
      title: "Missions",
      lead: "Missions, operations and standing activities that the six host or staff, or that set the scene.",
      body: [scroller(plainTable(columns, mission, "Missions"), "Table")],
    };
  },
};

export const parts = 1;
export const settings = ["at", "nation"];

export async function view([id], set) {
  const row = thing("mission", id);
  if (!row) return null;
  const { mission_role: roles, deployment, event } = await tables("mission_role", "deployment", "event");
  const name = nameOf("mission", id);
  const asked = unknowns();
  return {
    unknown: asked.list,
    title: fullName("mission", id),
    lead: [row.short_name, words(row.kind), row.hosts?.map((iso3) => nameOf("country", iso3)).join(", ")]
      .filter(Boolean)
      .join(" · "),
    body: [
      await strengthChart(id, name),
      await nationsCharts(id, name, set, asked, (state) => remember(["mission", id], state)),
      related(
        "Who has what part",
        "mission_role",
        roles.filter((r) => r.mission_id === id),
        ["iso3", "role", "start", "end"],
        { mission_id: id },
      ),
      related(
        "Deployments",
        "deployment",
        deployment.filter((r) => r.missions?.includes(id)).sort(newestFirst("as_of")),
        ["iso3", "as_of", "unit", "personnel", "location_iso3"],
        { missions: id },
      ),
      related(
        "Events",
        "event",
        event.filter((r) => r.missions?.includes(id)).sort(newestFirst("date")),
        ["date", "name", "kind", "iso3", "place"],
        { missions: id },
      ),
      h("h2", {}, "About the mission"),
      facts("mission", row, telling("mission")),
      h(
        "p",
        {},
        h(
          "a",
          { href: toRows("mission_contribution", { mission_id: id }) },
          `All contributions in the table ${tableTitle("mission_contribution")}`,
        ),
      ),
    ],
  };
}
