// Search across everything that has a name.
import { h } from "../dom.js";
import { idColumn, things, thingLink } from "../names.js";
import { about } from "../release.js";
import { to } from "../route.js";
import { plural } from "../text.js";

const TABLES = [
  "country",
  "mission",
  "threat",
  "event",
  "policy",
  "actor",
  "organisation",
  "relation",
  "facility",
  "assessment",
  "document",
];
const MOST = 25;

const text = (row) =>
  Object.values(row)
    .flat()
    .filter((value) => typeof value === "string")
    .join(" ")
    .toLowerCase();

export async function view(_, { q = "" }) {
  const wanted = q.toLowerCase().split(/\s+/).filter(Boolean);
  const found = TABLES.map((table) => [
    table,
    wanted.length ? things(table).filter((row) => wanted.every((word) => text(row).includes(word))) : [],
  ]);
  const total = found.reduce((sum, [, rows]) => sum + rows.length, 0);
  const section = ([table, rows]) =>
    h(
      "section",
      {},
      h("h2", {}, `${table} `, h("small", {}, plural(rows.length, "row"))),
      h(
        "ul",
        {},
        rows
          .slice(0, MOST)
          .map((row) => h("li", {}, thingLink(table, row[idColumn(table)]), " ", h("small", {}, row[idColumn(table)]))),
      ),
      rows.length > MOST
        ? h("p", {}, h("a", { href: to(["table", table], { q }) }, `Search the table ${table} for it`))
        : null,
    );
  const claims =
    about.tables.claim && q
      ? h("p", {}, h("a", { href: to(["table", "claim"], { q }) }, "Search the claims for it too"))
      : null;
  return {
    title: q ? `Search: ${q}` : "Search",
    lead: q ? `${plural(total, "thing")} in this release.` : "Write a word in the field above.",
    body: [claims, ...found.filter(([, rows]) => rows.length).map(section)],
  };
}
