// A chart with its heading, its source line and, behind it, the table of what it shows.
import { Plot } from "./vendor.js";
import { citation } from "./claims.js";
import { asCsv, download } from "./copy.js";
import { freshId, h, scroller } from "./dom.js";
import { starred } from "./names.js";
import { plainTable } from "./plain_table.js";

/**
 * A figure. `draw(width)` gives Plot's options; `columns` are [heading, cell of a row] for the table behind it;
 * `legend` is a node; `dense` charts leave the keyboard to that table.
 */
export function figure({ title, note, draw, rows, columns, legend, dense = true, file, open = false }) {
  title = starred(title);
  const id = freshId("figure");
  const holder = h("div", { class: "plot" });
  const behind = h(
    "details",
    { class: "behind", open },
    h("summary", {}, `The table behind it (${rows.length})`),
    scroller(plainTable(columns, rows, title), `Table: ${title}`),
    h(
      "button",
      {
        type: "button",
        class: "small",
        onclick: () => download(`${file ?? "figure"}.csv`, "text/csv", behindCsv(columns, rows)),
      },
      "Download this table (CSV)",
    ),
  );
  const element = h(
    "figure",
    { class: "chart", "aria-labelledby": id },
    h("h3", { id }, title),
    note ? h("p", { class: "muted" }, note) : null,
    legend ?? null,
    holder,
    h("figcaption", {}, `Source: ${citation()}. Every mark leads to the documents behind it.`),
    behind,
  );
  draws(holder, draw, title, dense);
  return element;
}

const behindCsv = (columns, rows) => {
  const named = rows.map((row) => Object.fromEntries(columns.map(([name, cell]) => [name, textOf(cell(row))])));
  return asCsv(
    columns.map(([name]) => name),
    named,
  );
};

const textOf = (cell) =>
  cell instanceof Node ? cell.textContent : Array.isArray(cell) ? cell.map(textOf).join("") : `${cell ?? ""}`;

/** Draw, and draw again whenever the room for it changes. */
function draws(holder, draw, title, dense) {
  let last = 0;
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.round(entry.contentRect.width);
    if (!width || Math.abs(width - last) < 8) return;
    last = width;
    holder.replaceChildren(drawn(draw(width), width, title, dense));
  });
  observer.observe(holder);
}

/** A plot as an element that the page's policy accepts: its own style sheet is in the page's. */
export function drawn(options, width, title, dense) {
  const plot = Plot.plot({ width, ariaLabel: title, className: "wb6-plot", ...options });
  for (const style of plot.querySelectorAll("style")) style.remove();
  for (const svg of [plot, ...plot.querySelectorAll("svg")].filter((node) => node.tagName === "svg"))
    svg.setAttribute("role", "group");
  for (const group of plot.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label"); // names of marks, of no use to a reader
  for (const link of plot.querySelectorAll("a")) {
    const named = link.querySelector("[aria-label]");
    if (named) link.setAttribute("aria-label", named.getAttribute("aria-label"));
    if (dense) link.setAttribute("tabindex", "-1");
  }
  return plot;
}

/** Swatches with their names. */
export const swatches = (entries) =>
  h(
    "ul",
    { class: "legend" },
    entries.map(([name, kind]) => h("li", {}, h("span", { class: `swatch ${kind}` }), name)),
  );
