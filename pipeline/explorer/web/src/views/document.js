// A document: what it is, how to cite it, what was read in it, and what it rests on.
import { columnOf, tables } from "../release.js";
import { footnote } from "../claims.js";
import { copyButton, noteText, permalink } from "../copy.js";
import { h, outward, scroller } from "../dom.js";
import { factLink } from "../fact_link.js";
import { thing } from "../names.js";
import { plainTable } from "../plain_table.js";
import { to, toRows } from "../route.js";
import { related } from "../sections.js";
import { dateWords, read, words } from "../text.js";
import { columnName, tableName, tableTitle } from "../titles.js";

const MOST = 200;

export const parts = 1;

export async function view([id]) {
  const row = thing("document", id);
  if (!row) return null;
  const { claim, reference } = await tables("claim", "reference");
  const own = claim.filter((c) => c.document_id === id);
  const resting = claim.filter((c) => c.origin_document_id === id);
  const note = await footnote(id);
  const grade = columnOf("document", "reliability")?.codes?.[row.reliability] ?? "";
  const lines = [
    ["Kind", words(row.type).replaceAll("-", " ")],
    ["Authors", row.authors?.join("; ")],
    ["Publisher", row.publisher],
    ["Issued", dateWords(row.issued)],
    ["Language", row.language],
    ["Reliability", `${row.reliability}: ${grade}`],
    ["Address", row.url ? outward(row.url, row.url) : null],
    ["Id", h("code", {}, id)],
  ];
  return {
    title: row.title,
    isQuoted: true,
    body: [
      h(
        "table",
        { class: "facts" },
        h(
          "tbody",
          {},
          lines
            .filter(([, text]) => text)
            .map(([name, text]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, text))),
        ),
      ),
      h(
        "section",
        { class: "cite" },
        h("h2", {}, "Footnote"),
        h("p", { class: "note" }, noteText(note)),
        h(
          "div",
          { class: "tools" },
          copyButton("Copy footnote", async () => note),
          copyButton("Copy permalink", async () => permalink(to(["document", id]))),
        ),
      ),
      claimList("What was read in it", own, { document_id: id }),
      claimList("Claims that rest on it", resting, { origin_document_id: id }),
      related(
        "What it cites",
        "reference",
        reference.filter((r) => r.document_id === id),
        ["note_number", "cited_document_id", "locator"],
        { document_id: id },
      ),
      related(
        "Where it is cited",
        "reference",
        reference.filter((r) => r.cited_document_id === id),
        ["document_id", "note_number", "locator"],
        { cited_document_id: id },
      ),
    ].filter(Boolean),
  };
}

function claimList(title, claims, values) {
  if (!claims.length) return null;
  const columns = [
    ["Table", (c) => tableName(c.table_name)],
    ["Row", (c) => factLink(c.table_name, c.row_key)],
    ["Column", (c) => (c.column_name ? columnName(c.table_name, c.column_name) : "")],
    ["Value", (c) => factLink(c.table_name, c.row_key, c.column_name, c.value === null ? "" : read(c.value))],
    ["Passage", (c) => c.locator ?? ""],
    ["", (c) => (c.is_published ? "published" : c.rank === "deprecated" ? "deprecated" : "not published")],
  ];
  return h(
    "section",
    {},
    h("h2", {}, title, h("small", {}, ` ${claims.length}`)),
    scroller(plainTable(columns, claims.slice(0, MOST), title), "Table"),
    claims.length > MOST
      ? h(
          "p",
          {},
          h("a", { href: toRows("claim", values) }, `All ${claims.length} in the table ${tableTitle("claim")}`),
        )
      : null,
  );
}
