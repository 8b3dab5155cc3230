// Who says what: the claims behind a cell, why one stands, and the footnotes that cite them.
import { compare } from "./order.js";
import { about, block, rows } from "./release.js";
import { thing } from "./names.js";

let index = null;

async function indexed() {
  if (index) return index;
  const byRow = new Map();
  for (const claim of await rows("claim")) {
    const row = `${claim.table_name}\n${claim.row_key}`;
    if (!byRow.has(row)) byRow.set(row, []);
    byRow.get(row).push(claim);
  }
  return (index = byRow);
}

const place = (claim) => [
  claim.is_published ? 0 : 1,
  claim.rank === "deprecated" ? 1 : 0,
  "ABCDEF".indexOf(gradeOf(claim)),
  -Date.parse(thing("document", claim.document_id)?.issued_earliest ?? "0000"),
];

function byStanding(one, other) {
  const [a, b] = [place(one), place(other)];
  const first = a.findIndex((value, i) => value !== b[i] && !(Number.isNaN(value) && Number.isNaN(b[i])));
  return first < 0 ? compare(one.document_id, other.document_id) : a[first] < b[first] ? -1 : 1;
}

/** The claims on a row, or on one column of it: what is published first, then by standing. */
export async function claimsOf(table, key, column) {
  const all = (await indexed()).get(`${table}\n${key}`) ?? [];
  return all.filter((claim) => !column || claim.column_name === column).sort(byStanding);
}

/** The conflict on a cell, where claims differ. */
export async function conflictOf(table, key, column) {
  return (await rows("conflict")).find((c) => c.table_name === table && c.row_key === key && c.column_name === column);
}

export const gradeOf = (claim) => thing("document", claim.document_id)?.reliability ?? "F";

/** The footnote of a document: texts of which every second one is in italics. */
export const footnote = (documentId) => claimNote({ document_id: documentId });

/** The footnote of a claim: the passage that says it, and what that cites for it. */
export async function claimNote({ document_id, locator, origin_document_id }) {
  const notes = (await block("footnotes"))[document_id];
  return notes?.[locator ?? ""]?.[origin_document_id ?? ""] ?? notes?.[""]?.[""] ?? [document_id];
}

const withoutStop = (note) => note.map((text, i) => (i === note.length - 1 ? text.replace(/\.$/, "") : text));

/** Notes one after the other: italics stay at every second place. */
function joined(notes, between) {
  return notes.reduce((all, note) => {
    if (!all.length) return [...note];
    const open = all.length % 2 === 1;
    return open
      ? [...all.slice(0, -1), `${all.at(-1)}${between}${note[0]}`, ...note.slice(1)]
      : [...all, `${between}${note[0]}`, ...note.slice(1)];
  }, []);
}

/** The release in the sources of a chart and of a fact: publisher, title, version, licence. */
export function citation() {
  const { publisher, title, licence } = about.dataset;
  return `${title.startsWith(publisher) ? "" : `${publisher}, `}${title}, version ${about.version} (${licence})`;
}

/** The footnote of a fact: every document behind the published value, and the place of the fact in this release. */
export async function factNote(claims, table, key) {
  const standing = claims.filter((claim) => claim.is_published);
  const all = await Promise.all((standing.length ? standing : claims).map(claimNote));
  const notes = [...new Map(all.map((note) => [plain(note), note])).values()];
  const last = [`in ${citation()}, ${table}, ${key}.`];
  return joined([...notes.map(withoutStop), last], "; ");
}

export const plain = (note) => note.join("");
