// A fact and everything said about it: the value, why it stands, each claim, a footnote and a permalink.
import { about, columnOf, isCounted } from "./release.js";
import { claimCard } from "./claim_card.js";
import { claimsOf, conflictOf, factNote } from "./claims.js";
import { copyButton, permalink } from "./copy.js";
import { AFTER, afterMeans, isLate } from "./cutoff.js";
import { h } from "./dom.js";
import { keyOf, keyWords, rowOf, partsOf } from "./keys.js";
import { nameOf, thing, pageOf } from "./names.js";
import { origins } from "./origins.js";
import { to, toFact } from "./route.js";
import { capital, howKnown, isExpansion, isShort, plural, shown, words } from "./text.js";
import { columnHint, columnName, columnTitle, tableName, tableTitle } from "./titles.js";

/** A value as a link to what is said about it, which opens beside the view. */
export function valueLink(table, row, column, text) {
  const label = text ?? shown(table, column, row);
  if (label === "") return "";
  const field = isOfRow(table, column) ? undefined : (columnOf(table, column)?.field ?? column);
  return h(
    "a",
    {
      class: isShort(label) ? "value short" : "value",
      href: toFact(table, keyOf(table, row), field),
      "data-panel": true,
    },
    label,
  );
}

/** Whether a column has no claims of its own: the key, and what is counted over all claims of the row. */
export const isOfRow = (table, column) => about.tables[table].key.includes(column) || isCounted(column);

/** A link to a row as a whole. */
export const rowLink = (table, row, text) =>
  h("a", { class: "value", href: toFact(table, keyOf(table, row)), "data-panel": true }, text);

/** Everything about a fact, as parts of a page or panel; null where this release has no such fact. */
export async function factParts(table, key, column, inPanel) {
  const row = await rowOf(table, key);
  const claims = await claimsOf(table, key, column);
  if (!row && !claims.length) return null;
  const title = `${rowTitle(table, key)}${column ? `: ${columnTitle(table, column)}` : ""}`;
  const body = [
    h(
      "p",
      { class: "where" },
      h("a", { href: to(["table", table]), title: table }, tableTitle(table)),
      " · ",
      h("code", {}, key),
    ),
    isRefused(row, claims, column)
      ? h("p", { class: "warn" }, "Nothing is published here: every claim on it is deprecated.")
      : null,
    row && isLate(row) ? h("p", { class: "warn" }, `This is dated ${AFTER}. ${afterMeans()}`) : null,
    row && (column ? valueBlock(table, row, column) : rowBlock(table, row)),
    await tools(table, key, column, claims, inPanel),
    column ? await why(table, key, column, claims) : null,
    await claimBlocks(table, claims, column),
    row && !about.tables[table].isClaimed ? await originBlock(table, row, column) : null,
  ];
  return { title, body: body.filter(Boolean), isQuoted: true }; // names in it are marked, titles are quotations
}

/** Whether there are claims on a row, or on one column of it, but none that stands. */
const isRefused = (row, claims, column) => !row || (column && claims.length > 0 && !claims.some((c) => c.is_published));

/** A row by its name, where its key is that of a thing, else by the values of its key. */
export function rowTitle(table, key) {
  const parts = partsOf(table, key);
  const called = ([name, value]) => {
    const target = columnOf(table, name)?.target ?? (parts.length === 1 ? table : null);
    return target && thing(target, value) ? nameOf(target, value) : words(value);
  };
  return parts.map(called).filter(Boolean).join(", ") || keyWords(table, key);
}

function valueBlock(table, row, column) {
  const value = shown(table, column, row);
  const known = howKnown(row[`${column}_qualifier`]);
  const { description = "", unit, codes } = columnOf(table, column) ?? {};
  const meaning = codes?.[row[column]];
  const said = [
    known && `${capital(known)}.`,
    meaning,
    description.replace(/ (The best value; empty for a bare bound or a range|EDTF, as written)\.$/, ""),
  ];
  return h(
    "div",
    { class: "figure-value" },
    h(
      "p",
      { class: value.length > 40 ? "big long" : "big" },
      value || "not recorded",
      unit && value ? h("small", {}, ` ${unit}`) : null,
    ),
    h("p", { class: "muted" }, said.filter(Boolean).join(" ")),
  );
}

function rowBlock(table, row) {
  const columns = about.tables[table].columns.filter((c) => !isExpansion(c) && shown(table, c.name, row) !== "");
  const page = pageOf(table, row);
  return h(
    "div",
    { class: "scroll" },
    page ? h("p", {}, h("a", { href: page }, "Its page")) : null,
    h(
      "table",
      { class: "facts" },
      h(
        "tbody",
        {},
        columns.map((c) =>
          h(
            "tr",
            {},
            h("th", { scope: "row", title: columnHint(table, c.name) }, columnTitle(table, c.name)),
            h("td", {}, isOfRow(table, c.name) ? shown(table, c.name, row) : valueLink(table, row, c.name)),
          ),
        ),
      ),
    ),
  );
}

async function tools(table, key, column, claims, inPanel) {
  const address = toFact(table, key, column);
  return h(
    "div",
    { class: "tools" },
    claims.length
      ? copyButton(
          "Copy footnote",
          () => factNote(claims, table, key),
          "Chicago style: the documents behind the value, and its place in this release",
        )
      : null,
    copyButton("Copy permalink", async () => permalink(address)),
    inPanel ? h("a", { href: address, class: "page-link" }, "Open as a page") : null,
  );
}

/** Why the published value stands. */
async function why(table, key, column, claims) {
  if (!claims.length) return null;
  const conflict = await conflictOf(table, key, column);
  const documents = new Set(claims.map((claim) => claim.document_id)).size;
  const agreed =
    documents === 1
      ? "One document says so, and none says otherwise."
      : `${plural(documents, "document")} say so, and none says otherwise.`;
  const text = conflict ? (conflict.reason ?? `Decided by: ${words(conflict.decided_by)}.`) : agreed;
  return h(
    "div",
    { class: conflict ? "why disputed" : "why" },
    h("h3", {}, conflict ? "Documents differ. Why this value?" : "Why this value?"),
    h("p", {}, text),
    conflict?.only_precision ? h("p", { class: "muted" }, "They differ only in how exact a date they give.") : null,
  );
}

async function claimBlocks(table, claims, column) {
  if (!claims.length) return null;
  const groups = Map.groupBy(claims, (claim) => claim.column_name ?? "");
  const cards = (list) => Promise.all(list.map(claimCard));
  if (column) return h("section", {}, h("h3", {}, "Who says what"), await cards(claims));
  const sections = [...groups].map(async ([name, list]) =>
    h(
      "details",
      {},
      h(
        "summary",
        {},
        name ? columnName(table, name) : "the row itself",
        h("span", { class: "muted" }, ` ${plural(list.length, "claim")}`),
      ),
      await cards(list),
    ),
  );
  return h("section", {}, h("h3", {}, "Who says what, column by column"), await Promise.all(sections));
}

/** For what the pipeline computes: the rows that it follows from, whose claims stand behind it. */
async function originBlock(table, row, column) {
  const found = await origins(table, row, column);
  if (!found.length) return null;
  const lists = found.map(async ({ table: from, rows: own }) => [
    h("h4", {}, tableName(from)),
    h(
      "ul",
      {},
      own.slice(0, 40).map((one) => h("li", {}, rowLink(from, one, rowTitle(from, keyOf(from, one))))),
    ),
    own.length > 40 ? h("p", { class: "muted" }, `and ${own.length - 40} more`) : null,
  ]);
  return h(
    "section",
    {},
    h("h3", {}, "Computed from"),
    h("p", { class: "muted" }, "This table is computed; what was read in documents stands in these rows."),
    await Promise.all(lists),
  );
}
