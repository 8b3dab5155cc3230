// What this release is: how to cite and read it, its licence and those of the code that shows it.
import { about, block } from "../release.js";
import { copyButton, noteText } from "../copy.js";
import { afterMeans } from "../cutoff.js";
import { h, outward } from "../dom.js";
import { starred, statusNote } from "../names.js";

const READING = [
  "An empty cell means not recorded, never zero.",
  "Dates are shown as they were written (EDTF): 2023-09 is a month, 2023~ roughly 2023, 2023? uncertain, 201X some year of that decade, 2009/.. open.",
  "Quantities: ~4,500 is approximate, >100 a bare lower bound, 60–80 a range. Neither a best value nor a bound is ever guessed.",
  "Every value was read in a document. Where documents differ, one value is published by a stated rule: rank, then the document's reliability (Admiralty grades A to F), then recency. The others are kept beside it.",
  "A value opens its claims: who says what, where, how reliable, and why this one stands. The permalink of a fact can be sent and cited.",
];
const KEYS = [
  ["Tab, Shift+Tab", "from one value, button or mark to the next"],
  ["Enter", "open what is said about a value"],
  ["Escape", "close it again, back to the value"],
  ["Arrow keys", "move the map's slider by a month, and scroll a table that has the focus"],
];

export async function view() {
  const note = await block("citation");
  const licences = h("details", {}, h("summary", {}, "Licences of the code inside this page"));
  licences.addEventListener(
    "toggle",
    async () =>
      licences.childElementCount === 1 && licences.append(h("pre", { class: "licences" }, await block("licences"))),
  );
  return {
    title: "About this release",
    body: [
      h("p", { class: "lead" }, starred(about.dataset.description)),
      h("h2", {}, "How to cite it"),
      h("p", { class: "note" }, noteText(note)),
      copyButton("Copy citation", async () => note),
      h("p", {}, "To cite a fact, cite the document that its claim names: open the value, and copy the footnote."),
      h("h2", {}, "How to read it"),
      h(
        "ul",
        {},
        READING.map((line) => h("li", {}, line)),
      ),
      h("p", {}, afterMeans()),
      h("h2", {}, "Note on status"),
      h("p", {}, `* Kosovo (XKX): ${statusNote()}`),
      h("h2", {}, "By keyboard"),
      h(
        "dl",
        { class: "keys" },
        KEYS.map(([key, does]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)]),
      ),
      h("h2", {}, "Licences"),
      h(
        "p",
        {},
        "The data: ",
        outward(about.dataset.licence_url, about.dataset.licence),
        ". The page reaches for nothing outside itself: no server, no network, no tracking.",
      ),
      licences,
    ],
  };
}
