// The start of the page: its frame, and the view that the address names.
import { about, start } from "./release.js";
import { h, replace } from "./dom.js";
import { loadNames, thing } from "./names.js";
import { closePanel, listen } from "./panel.js";
import { parsed, to } from "./route.js";
import { frame, lacking } from "./frame.js";
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

let turn = 0;

/** Show the view that the address names; one that is overtaken by the next is dropped. */
async function show() {
  const mine = ++turn;
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
  if (mine !== turn) return;
  made ??= {
    title: "Not in this release",
    body: [h("p", {}, "Nothing is at this address. "), h("p", {}, h("a", { href: "#/tables" }, "All tables"))],
  };
  const heading = h("h1", { tabindex: "-1" }, made.title);
  replace(main, heading, made.lead ? h("p", { class: "lead" }, made.lead) : null, lacking(), made.body);
  document.title = `${made.title} · ${about.dataset.title} ${about.version}`;
  document.body.dataset.ready = `${mine}`;
  for (const link of document.querySelectorAll("nav a")) {
    const here = link.getAttribute("href") === (location.hash.split("?")[0] || "#/");
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (mine > 1) {
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

async function begin() {
  await start();
  await loadNames();
  document.body.prepend(...frame(thing("mission", "kfor") ? [["KFOR", to(["mission", "kfor"])]] : []));
  listen();
  addEventListener("hashchange", show);
  addEventListener("beforeprint", () => document.querySelectorAll("main details").forEach((one) => (one.open = true)));
  await show();
  performance.mark("wb6-interactive");
}

begin();
