// What surrounds every view: where one is, where one can go, and the note on status.
import { about, leftOut } from "./release.js";
import { h } from "./dom.js";
import { statusNote } from "./names.js";
import { to } from "./route.js";
import { dateWords, number } from "./text.js";
import { themeButton } from "./theme.js";

const VIEWS = [
  ["Overview", "#/"],
  ["Map", "#/map"],
  ["Timeline", "#/timeline"],
];
const MORE = [
  ["Missions", "#/missions"],
  ["Threats", "#/threats"],
  ["Countries", "#/countries"],
  ["Disagreements", "#/conflicts"],
  ["Changes", "#/changes"],
  ["Tables", "#/tables"],
  ["About", "#/about"],
];

/** The head, the place for the view and the foot of the page; `pinned` are missions with a place of their own. */
export function frame(pinned) {
  const find = h(
    "form",
    { role: "search", class: "find" },
    h("input", { type: "search", name: "q", "aria-label": "Search everything", placeholder: "Search everything" }),
    h("button", { type: "submit" }, "Search"),
  );
  find.addEventListener("submit", (event) => {
    event.preventDefault();
    location.hash = to(["search"], { q: new FormData(find).get("q") });
  });
  return [
    h(
      "a",
      {
        class: "skip",
        href: "#main",
        onclick: (event) => {
          event.preventDefault();
          document.querySelector("h1")?.focus();
        },
      },
      "Skip to the content",
    ),
    h(
      "header",
      { class: "top" },
      h(
        "div",
        { class: "brand" },
        h("a", { href: "#/" }, about.dataset.title),
        h("span", { class: "version" }, `version ${about.version}, as of ${dateWords(about.as_of)}`),
      ),
      find,
      themeButton(),
      h(
        "nav",
        { "aria-label": "Views" },
        h(
          "ul",
          {},
          [...VIEWS, ...pinned, ...MORE].map(([name, href]) => h("li", {}, h("a", { href }, name))),
        ),
      ),
    ),
    h("main", { id: "main" }, h("p", {}, "Opening the tables…")),
    h(
      "footer",
      {},
      h("p", { class: "status-note" }, `* Kosovo: ${statusNote()}`),
      h(
        "p",
        {},
        `${about.dataset.publisher}. ${about.dataset.title}, version ${about.version}. ${about.dataset.licence}. `,
        h("a", { href: "#/about" }, "How to cite, licences, how to read"),
      ),
    ),
  ];
}

/** What the page lacks, where it lacks anything: said on every view, since any may need it. */
export function lacking() {
  const listed = leftOut().map((table) => `${table.name} (${number(table.rows)} rows)`);
  if (!listed.length) return null;
  const said = `Too long for this page: ${listed.join(", ")}. The folders csv and parquet of the release hold them whole.`;
  return h("p", { class: "lacking" }, said);
}
