// A threat: what documents say of it, on whom it bears, and what happened.
import { tables } from "../release.js";
import { claimsOf, factNote } from "../claims.js";
import { copyButton, noteText, permalink } from "../copy.js";
import { h } from "../dom.js";
import { nameOf, thing } from "../names.js";
import { to } from "../route.js";
import { facts, newestFirst, related, telling } from "../sections.js";
import { words } from "../text.js";

export const parts = 1;

export async function view([id]) {
  const row = thing("threat", id);
  if (!row) return null;
  const { threat_exposure: exposure, event } = await tables("threat_exposure", "event");
  const key = `threat_id=${id}`;
  const note = await factNote(await claimsOf("threat", key), "threat", key);
  return {
    title: row.name,
    lead: [words(row.category), row.actor_id && nameOf("actor", row.actor_id)].filter(Boolean).join(" · "),
    body: [
      facts("threat", row, telling("threat")),
      h(
        "section",
        { class: "cite" },
        h("h2", {}, "Footnote"),
        h("p", { class: "note" }, noteText(note)),
        h(
          "div",
          { class: "tools" },
          copyButton("Copy footnote", async () => note),
          copyButton("Copy permalink", async () => permalink(to(["threat", id]))),
        ),
      ),
      related(
        "On whom it bears",
        "threat_exposure",
        exposure.filter((r) => r.threat_id === id),
        ["iso3", "channel", "nato_status", "n_events"],
        { threat_id: id },
      ),
      related(
        "Events",
        "event",
        event.filter((r) => r.threats?.includes(id)).sort(newestFirst("date")),
        ["date", "name", "kind", "iso3", "place"],
        { threats: id },
      ),
    ],
  };
}
