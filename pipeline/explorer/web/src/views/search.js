// Search across every fact: while one types, the best fitting first, each with what it says and a link to it.
import { turns } from "../turns.js";
import { h, replace } from "../dom.js";
import { markedRow } from "../cutoff.js";
import { rowTitle, valueLink } from "../facts.js";
import { search } from "../facts_index.js";
import { keyOf } from "../keys.js";
import { factLink } from "../fact_link.js";
import { pageOf } from "../names.js";
import { about, isCounted } from "../release.js";
import { readable } from "../readable.js";
import { remember, to } from "../route.js";
import { isExpansion, number, plural } from "../text.js";
import { columnTitle, tableTitle } from "../titles.js";

const FIRST = 40;
const VALUES = 4; // of a fact, beside its name
const LONGEST = 90; // letters of such a value

export const settings = ["q"];

export async function view(_, { q = "" }) {
  const holder = h("div");
  const begin = turns();
  const update = async (query, most = FIRST) => {
    const isLast = begin();
    const found = await search(query);
    if (isLast())
      replace(
        holder,
        results(query, found, most, () => update(query, Infinity)),
      );
  };
  await update(q);
  const field = document.querySelector(".find input");
  field.value = q;
  field.oninput = () => {
    if (!holder.isConnected) return;
    remember(["search"], { q: field.value });
    update(field.value);
  };
  return {
    title: "Search",
    lead: "Names, figures, dates and words of every fact: KFOR October 2023, 4,500, Montenegro cyber.",
    body: [holder],
  };
}

function results(query, found, most, more) {
  const { facts } = found;
  const count = h("p", { class: "count", role: "status" }, said(query, found));
  if (!facts.length) return [count, query.trim() ? elsewhere(query) : null];
  const isWhole = found.fitting === found.words.length;
  return [
    count,
    h("ol", { class: "found" }, facts.slice(0, most).map(entry)),
    facts.length > most ? h("button", { type: "button", onclick: more }, `Show all ${number(facts.length)}`) : null,
    isWhole ? [h("h2", {}, "By table"), h("ul", { class: "by-table" }, byTable(query, facts))] : null,
    elsewhere(query),
  ];
}

function said(query, { facts, fitting, words }) {
  if (!query.trim()) return "Write words in the field above.";
  if (!facts.length) return `No fact has a word of “${query}”.`;
  if (fitting === words.length) return `${plural(facts.length, "fact")} for “${query}”.`;
  return `No fact has all words of “${query}”; ${plural(facts.length, "fact")} with ${fitting} of ${words.length}.`;
}

/** A fact: its name, which leads to all that is said about it, and its first values, each with its own claims. */
function entry({ table, row }) {
  const key = keyOf(table, row);
  const page = pageOf(table, row);
  const title = rowTitle(table, key);
  return h(
    "li",
    {},
    markedRow(row, page ? h("a", { href: page }, title) : factLink(table, key, null, title)),
    h("small", {}, ` ${tableTitle(table)}`),
    h("span", { class: "line muted" }, values(table, row, title)),
  );
}

const isAddress = (value) => /^https?:/.test(value);

function values(table, row, title) {
  const { columns, key, isClaimed } = about.tables[table];
  const told = columns.filter(
    (c) => !key.includes(c.name) && !isExpansion(c) && !isCounted(c.name) && !["csl", "text_sha256"].includes(c.name),
  );
  const isNew = ({ name }) => ![title, ""].includes(readable(table, name, row)) && !isAddress(row[name]);
  return told
    .filter(isNew)
    .slice(0, VALUES)
    .map(({ name }, i) => {
      const text = readable(table, name, row);
      const short = text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()}…` : text;
      return [i ? " · " : "", `${columnTitle(table, name)} `, isClaimed ? valueLink(table, row, name, short) : short];
    });
}

const byTable = (q, found) =>
  [...Map.groupBy(found, (fact) => fact.table)].map(([table, own]) =>
    h("li", {}, h("a", { href: to(["table", table], { q }) }, `${tableTitle(table)}: ${plural(own.length, "row")}`)),
  );

const elsewhere = (q) =>
  about.tables.claim
    ? h("p", {}, h("a", { href: to(["table", "claim"], { q }) }, "Search the claims for it too: who says what, where"))
    : null;
