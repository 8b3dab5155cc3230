// Countries: a list, and a page each with all that is recorded of it.
import { compare } from "../order.js";
import { about, rows, tables } from "../release.js";
import { h, scroller } from "../dom.js";
import { indicatorCharts } from "../indicator_charts.js";
import { nameOf, statusNote, thing, things, thingLink } from "../names.js";
import { plainTable } from "../plain_table.js";
import { facts, newestFirst, oldestFirst, related, telling } from "../sections.js";
import { dateWords } from "../text.js";

export const list = {
  async view() {
    const columns = [
      ["Country", (c) => thingLink("country", c.iso3)],
      ["Code", (c) => c.iso3],
      ["Official name", (c) => c.official_name ?? ""],
      ["One of the six", (c) => (c.is_wb6 ? "yes" : "")],
    ];
    const sorted = things("country").toSorted(
      (a, b) => Number(b.is_wb6 ?? false) - Number(a.is_wb6 ?? false) || compare(a.name, b.name),
    );
    return {
      title: "Countries",
      lead: "The Western Balkan Six, and every other country that the dataset names.",
      body: [scroller(plainTable(columns, sorted, "Countries"), "Table")],
    };
  },
};

export const parts = 1;

export async function view([iso3]) {
  const country = thing("country", iso3);
  if (!country) return null;
  const profile = (await rows("country_profile")).find((row) => row.iso3 === iso3);
  const t = await tables(
    "membership",
    "milestone",
    "mission_role",
    "deployment",
    "threat_exposure",
    "event",
    "policy",
    "relation",
    "facility",
    "assessment",
    "indicator",
  );
  const own = (table, name = "iso3") => t[table].filter((row) => [row[name]].flat().includes(iso3));
  const f = { iso3 };
  return {
    title: nameOf("country", iso3),
    lead: country.official_name ?? "",
    body: [
      country.status_note ? h("p", { class: "status-note" }, `* ${statusNote()}`) : null,
      profile
        ? h(
            "section",
            {},
            h("h2", {}, `As of ${dateWords(about.as_of)}`),
            facts("country_profile", profile, telling("country_profile")),
          )
        : null,
      related(
        "Standing towards organisations",
        "membership",
        own("membership").sort(oldestFirst("start")),
        ["organisation_id", "status", "start", "end", "disputed"],
        f,
      ),
      related(
        "Milestones",
        "milestone",
        own("milestone").sort(oldestFirst("date")),
        ["date", "organisation_id", "milestone"],
        f,
      ),
      related("Parts in missions", "mission_role", own("mission_role"), ["mission_id", "role", "start", "end"], f),
      related(
        "Deployments",
        "deployment",
        own("deployment").sort(newestFirst("as_of")),
        ["missions", "as_of", "unit", "personnel", "location_iso3"],
        f,
      ),
      related(
        "Threats that bear on it",
        "threat_exposure",
        own("threat_exposure"),
        ["threat_id", "category", "actor_id", "channel", "n_events"],
        f,
      ),
      related("Events", "event", own("event").sort(newestFirst("date")), ["date", "name", "kind", "place"], f),
      indicatorCharts(own("indicator")),
      related(
        "Policies",
        "policy",
        own("policy").sort(newestFirst("adopted")),
        ["adopted", "title", "kind", "period"],
        f,
      ),
      related(
        "Dealings",
        "relation",
        [...own("relation", "party_a"), ...own("relation", "party_b")].sort(newestFirst("start")),
        ["party_a", "party_b", "kind", "sector", "start", "end", "value", "unit"],
        { party_a: iso3 },
        { party_b: iso3 },
      ),
      related("Facilities", "facility", own("facility"), ["name", "kind", "status", "funders", "start"], f),
      related("What authors judge", "assessment", own("assessment", "subject"), ["topic", "statement", "stance"], {
        subject: iso3,
      }),
    ].filter(Boolean),
  };
}
