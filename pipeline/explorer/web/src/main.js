// The start of the page: its frame, and the view that the address names.
import { turns } from "./turns.js";
import { about, start } from "./release.js";
import { h, replace } from "./dom.js";
import { loadNames, starred, thing } from "./names.js";
import { closePanel, listen } from "./panel.js";
import { parsed, to } from "./route.js";
import { words } from "./text.js";
import { frame, lacking } from "./frame.js";
import { notice, unused } from "./unknown.js";
import * as changes from "./views/changes.js";
import * as conflicts from "./views/conflicts.js";
import * as country from "./views/country.js";
import * as document_ from "./views/document.js";
import * as map from "./views/map.js";
import * as mission from "./views/mission.js";
import * as overview from "./views/overview.js";
import * as release from "./views/release.js";
import * as search from "./views/search.js";
import * as table from "./views/table.js";
import * as threat from "./views/threat.js";
import * as threats from "./views/threats.js";
import * as timeline from "./views/timeline.js";

const VIEWS = {
  "": overview,
  map,
  timeline,
  missions: mission.list,
  mission,
  threats,
  threat,
  country,
  countries: country.list,
  document: document_,
  conflicts,
  changes,
  tables: table.list,
  table,
  search,
  about: release,
};

const begin = turns();

/** Show the view that the address names; one that is overtaken by the next is dropped. */
async function show() {
  const isLast = begin();
  closePanel();
  const address = parsed(location.hash);
  const [name = "", ...rest] = address?.parts ?? ["?"];
  const view = Object.hasOwn(VIEWS, name) ? VIEWS[name] : null;
  const main = document.querySelector("main");
  let made;
  try {
    made = view && (await view.view(rest, address.settings));
  } catch (error) {
    console.error(error);
    made = {
      title: "This view failed",
      body: [h("p", {}, `${error}`), h("p", {}, h("a", { href: "#/" }, "Back to the overview"))],
    };
  }
  if (!isLast()) return;
  const unknown = made ? [...unused(view, rest, address.settings), ...(made.unknown ?? [])] : [];
  made ??= nowhere(name, rest);
  const title = made.isQuoted ? made.title : starred(made.title);
  const heading = h("h1", { tabindex: "-1" }, title);
  const lead = made.lead ? h("p", { class: "lead" }, starred(made.lead)) : null;
  replace(main, heading, lead, lacking(), notice(unknown), made.body);
  document.title = `${title} · ${about.dataset.title} ${about.version}`;
  const shown = Number(document.body.dataset.ready ?? 0) + 1;
  document.body.dataset.ready = `${shown}`;
  for (const link of document.querySelectorAll("nav a")) {
    const here = link.getAttribute("href") === (location.hash.split("?")[0] || "#/");
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (shown > 1) {
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

/** What is said where an address leads to nothing: what of it is not known, and where to go on. */
function nowhere(name, [id]) {
  const what =
    id && Object.hasOwn(VIEWS, name)
      ? `There is no ${words(name)} “${id}” in release ${about.version}.`
      : `There is no view “${name}” in this page.`;
  const list = { country: "#/countries", mission: "#/missions", threat: "#/threats" }[name] ?? "#/tables";
  const label = { country: "All countries", mission: "All missions", threat: "All threats" }[name] ?? "All tables";
  return {
    title: "Not in this release",
    body: [h("p", {}, what), h("p", {}, h("a", { href: list }, label))],
  };
}

async function open() {
  await start();
  await loadNames();
  document.body.prepend(...frame(thing("mission", "kfor") ? [["KFOR", to(["mission", "kfor"])]] : []));
  listen();
  addEventListener("hashchange", show);
  addEventListener("beforeprint", () => document.querySelectorAll("main details").forEach((one) => (one.open = true)));
  await show();
  performance.mark("wb6-interactive");
}

open();
