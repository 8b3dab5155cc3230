// What ids are called, and where each thing has its page.
import { compare } from "./order.js";
import { about, rows } from "./release.js";
import { toFact, to } from "./route.js";
import { h } from "./dom.js";
import { words } from "./text.js";

const PAGES = ["country", "mission", "threat", "document"];

const known = new Map();
let note = "";

export async function loadNames() {
  for (const { name, key } of Object.values(about.tables).filter((table) => table.isNamed))
    known.set(name, new Map((await rows(name)).map((row) => [row[key[0]], row])));
  note =
    things("country")
      .map((row) => row.status_note)
      .find(Boolean) ?? "";
}

/** Words of our own with the mark that leads to the note. */
export const starred = (text) => text.replace(/\bKosovo\b(?!\*)/g, "Kosovo*");

/** The note on status that the release gives, for the foot of every view. */
export const statusNote = () => note;

export const thing = (table, id) => known.get(table)?.get(id);
export const things = (table) => [...(known.get(table)?.values() ?? [])];

/** What a thing is called, with the mark that leads to the note on status. Its id where it has no name. */
export function nameOf(table, id) {
  const row = thing(table, id);
  if (!row) return id ?? "";
  const ours = row.short_name ?? row.name ?? row.statement;
  if (!ours && row.party_a) return `${partyName(row.party_a)} and ${partyName(row.party_b)}: ${words(row.kind)}`;
  if (!ours) return row.title ?? id; // a title is a quotation, and left as it is
  return table === "country" && row.status_note ? `${ours}*` : starred(ours);
}

/** The name in full, where a short one is in use. */
export const fullName = (table, id) => starred(thing(table, id)?.name ?? nameOf(table, id));

/** A text that begins with ids, as computed cells do (`kfor + eufor-althea: 50`), with the names of the things. */
export function withNames(text) {
  const [, ids, rest] = /^([a-z0-9-]+(?: \+ [a-z0-9-]+)*)(: .*)$/s.exec(text) ?? [];
  return ids ? `${ids.split(" + ").map(nameOfAny).join(" + ")}${rest}` : text;
}

const nameOfAny = (id) => nameOf(["organisation", "mission"].find((table) => thing(table, id)) ?? "actor", id);

/** Whether a column holds ids of unknown kind. */
export const isParty = (column) => ["party_a", "party_b", "subject", "funders"].includes(column);

/** What an id of unknown kind is called: a party is a country, an organisation or an actor. */
export const partyName = (id) => nameOf(partyKind(id) ?? "actor", id);
export const partyKind = (id) => ["country", "organisation", "actor"].find((table) => thing(table, id));

/** The page that a row has of its own, as a thing; null where it has none. */
export const pageOf = (table, row) => (PAGES.includes(table) ? to([table, row[about.tables[table].key[0]]]) : null);

export const toThing = (table, id) =>
  PAGES.includes(table) ? to([table, id]) : toFact(table, `${about.tables[table].key[0]}=${id}`);

/** A link to a thing by its name. */
export const thingLink = (table, id, text) =>
  thing(table, id) ? h("a", { href: toThing(table, id) }, text ?? nameOf(table, id)) : (text ?? id ?? "");

/** The six, in the order of their names. */
export const six = () =>
  things("country")
    .filter((row) => row.is_wb6)
    .sort((a, b) => compare(a.name, b.name));

export const isSix = (iso3) => thing("country", iso3)?.is_wb6 === true;
