// A claim in full: what is said, by which document, where in it, and how far it can be relied on.
import { columnOf } from "./release.js";
import { claimNote, gradeOf } from "./claims.js";
import { copyButton, noteText } from "./copy.js";
import { h, outward } from "./dom.js";
import { thing, thingLink } from "./names.js";
import { named } from "./titles.js";
import { dateWords, read } from "./text.js";

const GRADES = () => columnOf("document", "reliability")?.codes ?? {};

/** The card of a claim. */
export async function claimCard(claim) {
  const document = thing("document", claim.document_id);
  const standing = claim.is_published ? "published" : claim.rank === "deprecated" ? "deprecated" : "not published";
  const note = await claimNote(claim);
  const grade = gradeOf(claim);
  const origin =
    claim.origin_document_id && h("span", {}, "It rests on ", thingLink("document", claim.origin_document_id), ".");
  const lines = [
    [
      "Document",
      [
        thingLink("document", claim.document_id),
        document?.publisher ? `, ${document.publisher}` : "",
        document?.issued ? `, ${dateWords(document.issued)}` : "",
      ],
    ],
    [
      "Passage",
      [
        claim.locator ?? (document?.url ? "the page as a whole" : "not stated"),
        document?.url ? [" · ", outward(document.url, "open the source")] : null,
      ],
    ],
    origin && ["Origin", origin],
    ["Reliability", `${grade}: ${GRADES()[grade] ?? ""}`],
    [
      "Agreement",
      claim.corroboration > 1 ? `${claim.corroboration} documents say this` : "no other document says this",
    ],
    [
      "In its text",
      {
        found: "figure, year and country were found in the passage",
        not_found: "not all found in the passage",
        not_checked: "not checked by machine",
      }[claim.evidence],
    ],
    claim.rank !== "normal" && ["Rank", `${claim.rank}: ${claim.rank_reason ?? ""}`],
    claim.note && ["Note", claim.note],
    ["Written in", `${claim.source_file}, line ${claim.source_line}; since release ${claim.first_release}`],
  ];
  return h(
    "article",
    { class: `claim ${standing.replace(" ", "-")}` },
    h(
      "header",
      {},
      h("strong", {}, claim.value === null ? "(that the row exists)" : named(read(claim.value), claim.value)),
      h("span", { class: "badge" }, standing),
      h("span", { class: "badge grade", title: GRADES()[grade] }, `grade ${grade}`),
    ),
    h(
      "dl",
      {},
      lines.filter(Boolean).map(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]),
    ),
    h("p", { class: "note" }, noteText(note)),
    copyButton("Copy this footnote", async () => note),
  );
}
