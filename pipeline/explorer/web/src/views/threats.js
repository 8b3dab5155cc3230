// Which threats bear on whom: by country, actor and category.
import { compare } from "../order.js";
import { Plot } from "../vendor.js";
import { columnOf, tables } from "../release.js";
import { figure } from "../chart.js";
import { lateWords, markedDate } from "../cutoff.js";
import { choice, h, replace, scroller } from "../dom.js";
import { rowLink, valueLink } from "../facts.js";
import { nameOf, six, starred, thing, thingLink } from "../names.js";
import { plainTable } from "../plain_table.js";
import { remember, toFact } from "../route.js";
import { keyOf } from "../keys.js";
import { unknowns } from "../unknown.js";
import { capital, dateWords, plural, words } from "../text.js";

export const settings = ["country", "actor", "category"];

export async function view(_, set) {
  const { threat, threat_exposure: exposure, event } = await tables("threat", "threat_exposure", "event");
  const used = (name) => [...new Set(threat.map((t) => t[name]).filter(Boolean))].sort();
  const asked = unknowns();
  const codes = six().map((c) => c.iso3);
  const state = {
    country: asked.oneOf("The country", set.country, codes) ?? "",
    actor: asked.oneOf("The actor", set.actor, [...used("actor_id"), "none"]) ?? "",
    category: asked.oneOf("The category", set.category, used("category")) ?? "",
  };
  const holder = h("div");
  const draw = () => {
    remember(["threats"], state);
    const shown = threat.filter(
      (t) =>
        (!state.category || t.category === state.category) &&
        (!state.actor || (state.actor === "none" ? !t.actor_id : t.actor_id === state.actor)) &&
        (!state.country || exposure.some((e) => e.threat_id === t.threat_id && e.iso3 === state.country)),
    );
    shown.sort((a, b) => compare(a.category, b.category) || compare(a.name, b.name));
    const countries = six().filter((c) => !state.country || c.iso3 === state.country);
    replace(
      holder,
      h("p", { class: "count", role: "status" }, `${plural(shown.length, "threat")} of ${threat.length}`),
      scroller(matrix(shown, exposure, countries), "Threats by country"),
      chart(shown, event, countries),
    );
  };
  const among = (name, label, options) =>
    choice(label, [["", "all"], ...options], state[name], (value) => {
      state[name] = value;
      draw();
    });
  draw();
  return {
    unknown: asked.list,
    title: "Threats",
    lead: "What documents describe as bearing on the security of the six: by country, by whose threat it is, and by category.",
    body: [
      h(
        "div",
        { class: "controls" },
        among(
          "country",
          "Country",
          six().map((c) => [c.iso3, nameOf("country", c.iso3)]),
        ),
        among("actor", "Actor", [
          ...used("actor_id").map((id) => [id, nameOf("actor", id)]),
          ["none", "no actor named"],
        ]),
        among(
          "category",
          "Category",
          used("category").map((c) => [c, words(c)]),
        ),
      ),
      holder,
    ],
  };
}

function matrix(shown, exposure, countries) {
  const at = (t, c) => exposure.find((e) => e.threat_id === t.threat_id && e.iso3 === c.iso3);
  const columns = [
    [
      "Category",
      (t) =>
        h(
          "span",
          { title: columnOf("threat", "category").codes?.[t.category] },
          valueLink("threat", t, "category", capital(words(t.category))),
        ),
    ],
    ["Threat", (t) => thingLink("threat", t.threat_id)],
    [
      "Actor",
      (t) =>
        t.actor_id
          ? valueLink("threat", t, "actor_id", nameOf("actor", t.actor_id))
          : h("span", { class: "muted" }, "none named"),
    ],
    ...countries.map((c) => [
      nameOf("country", c.iso3),
      (t) => {
        const row = at(t, c);
        return row
          ? h(
              "span",
              { class: row.channel === "region_wide" && !row.n_events ? "bears wide" : "bears" },
              rowLink(
                "threat_exposure",
                row,
                row.n_events ? plural(row.n_events, "event") : words(row.channel ?? "yes"),
              ),
            )
          : "";
      },
    ]),
  ];
  return plainTable(columns, shown, "Threats by country");
}

function chart(shown, events, countries) {
  const codes = new Set(countries.map((c) => c.iso3));
  const own = events.filter((e) => e.date_earliest && e.threats?.length && codes.has(e.iso3));
  const points = shown.flatMap((t) =>
    own
      .filter((e) => e.threats.includes(t.threat_id))
      .map((e) => ({ threat: t, event: e, x: new Date(`${e.date_earliest}T00:00:00Z`) })),
  );
  if (!points.length) return null;
  const said = (p) => `${dateWords(p.event.date)}: ${starred(p.event.name)}${lateWords(p.event)}`;
  const short = (text) => (text.length > 46 ? `${text.slice(0, 45).trimEnd()}…` : text);
  return figure({
    title: "Events that belong to these threats",
    rows: points.toSorted((a, b) => a.x - b.x),
    file: "threat-events",
    note: "One mark per event on record; none recorded does not mean none happened.",
    draw: (width) => {
      const lane = (p) => (width < 560 ? capital(words(p.threat.category)) : short(starred(p.threat.name)));
      return {
        height: 50 + 34 * new Set(points.map(lane)).size,
        marginLeft: width < 560 ? 112 : 290,
        marginTop: 8,
        x: { type: "utc", label: null, grid: true },
        y: { label: null, tickSize: 0, axis: null },
        fy: { label: null, axis: "left", tickSize: 0, padding: 0 },
        marks: [
          Plot.frame({ stroke: "var(--rule)", anchor: "bottom" }),
          Plot.dot(
            points,
            Plot.dodgeY("middle", {
              x: "x",
              fy: lane,
              r: 4,
              fill: "var(--warn)",
              fillOpacity: 0.85,
              title: said,
              ariaLabel: said,
              href: (p) => toFact("event", keyOf("event", p.event)),
              target: "_self",
            }),
          ),
          Plot.tip(
            points,
            Plot.pointer({ x: "x", fy: lane, title: said, fill: "var(--paper)", stroke: "var(--rule)" }),
          ),
        ],
      };
    },
    columns: [
      ["Date", (p) => markedDate(p.event, "date", valueLink("event", p.event, "date", dateWords(p.event.date)))],
      ["Event", (p) => rowLink("event", p.event, p.event.name)],
      ["Country", (p) => thingLink("country", p.event.iso3)],
      ["Threat", (p) => thingLink("threat", p.threat.threat_id)],
      ["Actor", (p) => (thing("actor", p.threat.actor_id) ? nameOf("actor", p.threat.actor_id) : "")],
    ],
  });
}
