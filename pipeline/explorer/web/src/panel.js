// The panel beside a view: a fact and its claims, without leaving what one was reading.
import { turns } from "./turns.js";
import { h, replace } from "./dom.js";
import { factParts } from "./facts.js";
import { statusNote } from "./names.js";
import { parsed } from "./route.js";

let dialog = null;

function built() {
  const heading = h("h2", { id: "panel-title", tabindex: "-1" });
  const content = h("div", { class: "panel-content" });
  const close = h(
    "button",
    { type: "button", class: "close", "aria-label": "Close", onclick: () => dialog.close() },
    "×",
  );
  dialog = h(
    "dialog",
    { class: "panel", "aria-labelledby": "panel-title" },
    h("div", { class: "panel-head" }, heading, close),
    content,
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => history.state?.panel && history.back());
  addEventListener("popstate", () => !history.state?.panel && dialog.open && dialog.close());
  document.body.append(dialog);
  return { heading, content };
}

let parts = null;
const begin = turns();

/** Show a fact beside the view. */
async function openPanel(table, key, column) {
  const isLast = begin();
  parts ??= built();
  const fact = await factParts(table, key, column, true);
  if (!isLast()) return;
  parts.heading.textContent = fact ? fact.title : "Not in this release";
  replace(
    parts.content,
    fact?.body ?? [h("p", {}, `${table} has no row ${key}.`)],
    h("p", { class: "status-note" }, `* Kosovo: ${statusNote()}`),
  );
  if (!dialog.open) {
    history.pushState({ panel: true }, ""); // so that the browser's Back closes the panel and leaves the view
    dialog.showModal();
  }
  dialog.scrollTop = 0;
  parts.heading.focus();
}

/** Close it; what was still on its way into it stays out. */
export function closePanel() {
  begin();
  if (dialog?.open) dialog.close();
}

const target = (link) => link.getAttribute("href") ?? link.getAttributeNS("http://www.w3.org/1999/xlink", "href") ?? "";

/** Let links to facts open the panel; with a modifier key they stay links. */
export function listen() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const isFact = link.hasAttribute("data-panel") || link.closest("svg");
    const [view, table, key, column] = parsed(target(link))?.parts ?? [];
    if (isFact && view === "table" && key) {
      event.preventDefault();
      openPanel(table, key, column);
    } else if (link.closest("dialog") && target(link).startsWith("#")) closePanel();
  });
}
