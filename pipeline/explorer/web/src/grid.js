// A table to work with: search, filters, sorting, pages, downloads; every value leads to what is said about it.
import { about, rows as rowsOf } from "./release.js";
import { cell } from "./cells.js";
import { asCsv, asJson, download } from "./copy.js";
import { h, replace } from "./dom.js";
import { rowLink } from "./facts.js";
import { ALL, asSettings, choices, model } from "./grid_model.js";
import { asksForExpansion, knownOnly } from "./grid_settings.js";
import { isExpansion, number, read } from "./text.js";
import { columnHint, columnTitle, tableTitle } from "./titles.js";

const WAIT = 150; // milliseconds of rest in typing before rows are searched

/** Acts on what is typed once typing rests, or at once when something else is asked for. */
function typing() {
  let timer = 0;
  const waiting = new Map();
  const flush = () => {
    clearTimeout(timer);
    const due = [...waiting];
    waiting.clear();
    for (const [act, value] of due) act(value);
  };
  const whenIdle = (act) => (event) => {
    clearTimeout(timer);
    waiting.set(act, event.target.value);
    timer = setTimeout(flush, WAIT);
  };
  return { flush, whenIdle };
}

/** The grid of a table; `set` are the settings of its address, `keep` is told of each change of them, `say` of what is not known. */
export async function grid(table, set, keep, say = () => {}) {
  const rows = await rowsOf(table);
  const { columns } = about.tables[table];
  const all = set.columns === "all" || asksForExpansion(table, set);
  const names = columns.filter((column) => all || !isExpansion(column)).map((column) => column.name);
  const chosen = new Map(names.map((name) => [name, choices(table, name, rows)]).filter(([, list]) => list?.length));
  const parts = {
    count: h("p", { class: "count", role: "status" }),
    body: h("tbody"),
    pages: h("div", { class: "pages" }),
    head: new Map(),
  };
  const show = () => {
    showRows(parts, table, names, shownBy);
    keep(asSettings(shownBy, all));
  };
  const shownBy = model(table, names, rows, new Set(chosen.keys()), knownOnly(table, set, chosen, say), show);
  const last = Math.max(0, shownBy.getPageCount() - 1);
  if (shownBy.getState().pagination.pageIndex > last) {
    say("The page", set.page, "the last one is shown");
    shownBy.setPageIndex(last);
  }
  const { flush, whenIdle } = typing();
  const element = h(
    "div",
    { class: "grid" },
    toolbar(table, shownBy, parts, all, keep, columns, whenIdle),
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": `Table ${tableTitle(table)}` },
      h(
        "table",
        { class: "data" },
        h("caption", { class: "offscreen" }, about.tables[table].description),
        header(table, names, shownBy, parts, chosen, whenIdle),
        parts.body,
      ),
    ),
    parts.pages,
  );
  element.addEventListener("click", flush, { capture: true });
  showRows(parts, table, names, shownBy);
  return element;
}

function toolbar(table, shownBy, parts, all, keep, columns, whenIdle) {
  const search = h("input", {
    type: "search",
    class: "search",
    placeholder: "Search this table",
    "aria-label": "Search this table",
    oninput: whenIdle((value) => filter(shownBy, ALL, value)),
  });
  search.value = shownBy.getColumn(ALL).getFilterValue() ?? "";
  const found = () => shownBy.getSortedRowModel().rows.map((row) => row.original);
  const every = columns.map((column) => column.name);
  const save = (kind, type, write) => () => download(`${table}.${kind}`, type, write(every, found()));
  return h(
    "div",
    { class: "toolbar" },
    search,
    parts.count,
    h(
      "button",
      { type: "button", class: "small", onclick: () => keep({ ...asSettings(shownBy, !all) }, true) },
      all ? "Fewer columns" : "All columns",
    ),
    h("button", { type: "button", class: "small", onclick: () => keep({}, true) }, "Reset"),
    h("button", { type: "button", class: "small", onclick: save("csv", "text/csv", asCsv) }, "Download CSV"),
    h("button", { type: "button", class: "small", onclick: save("json", "application/json", asJson) }, "Download JSON"),
  );
}

function filter(shownBy, name, value) {
  shownBy.getColumn(name).setFilterValue(value || undefined);
  shownBy.setPageIndex(0);
}

function header(table, names, shownBy, parts, chosen, whenIdle) {
  const heads = names.map((name) => {
    const title = columnTitle(table, name);
    const button = h(
      "button",
      { type: "button", title: columnHint(table, name), onclick: () => shownBy.getColumn(name).toggleSorting() },
      title,
    );
    const head = h("th", { scope: "col" }, button, title === name ? null : h("small", {}, name));
    parts.head.set(name, head);
    return head;
  });
  const filters = names.map((name) => h("td", {}, filterFor(table, name, shownBy, chosen.get(name), whenIdle)));
  const open = about.tables[table].key.length
    ? [h("th", { scope: "col" }, h("span", { class: "offscreen" }, "Row"))]
    : [];
  const gap = open.length ? [h("td")] : [];
  return h("thead", {}, h("tr", {}, open, heads), h("tr", { class: "filters" }, gap, filters));
}

function filterFor(table, name, shownBy, list, whenIdle) {
  const now = shownBy.getColumn(name).getFilterValue() ?? "";
  const label = `Filter ${columnTitle(table, name)}`;
  if (!list) {
    const input = h("input", {
      type: "text",
      "aria-label": label,
      placeholder: "filter",
      oninput: whenIdle((value) => filter(shownBy, name, value)),
    });
    input.value = now;
    return input;
  }
  const select = h(
    "select",
    { "aria-label": label, onchange: (event) => filter(shownBy, name, event.target.value) },
    h("option", { value: "" }, "all"),
    list.map((value) => h("option", { value }, read(value))),
  );
  select.value = now;
  return select;
}

const LONG = 30; // letters that do not stay on a line or two of a narrow column

function gridCell(table, name, row) {
  const made = h("td", {}, cell(table, name, row));
  if (made.textContent.length > LONG) made.className = "long";
  return made;
}

function showRows(parts, table, names, shownBy) {
  const { pagination } = shownBy.getState();
  const total = shownBy.getFilteredRowModel().rows.length;
  const page = shownBy.getRowModel().rows;
  parts.count.textContent = `${number(total)} of ${number(shownBy.getCoreRowModel().rows.length)} rows`;
  const keyed = about.tables[table].key.length > 0;
  replace(
    parts.body,
    page.map(({ original }) =>
      h(
        "tr",
        {},
        keyed ? h("td", { class: "open" }, rowLink(table, original, "Open")) : null,
        names.map((name) => gridCell(table, name, original)),
      ),
    ),
  );
  for (const [name, head] of parts.head) {
    const sorted = shownBy.getColumn(name).getIsSorted();
    head.setAttribute("aria-sort", sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : "none");
  }
  const first = pagination.pageIndex * pagination.pageSize;
  const turn = (label, can, to) => {
    const button = h("button", { type: "button", class: "small", onclick: () => shownBy.setPageIndex(to) }, label);
    button.disabled = !can;
    return button;
  };
  replace(
    parts.pages,
    turn("Previous", shownBy.getCanPreviousPage(), pagination.pageIndex - 1),
    h(
      "span",
      {},
      total ? `Rows ${number(first + 1)} to ${number(first + page.length)} of ${number(total)}` : "No row fits",
    ),
    turn("Next", shownBy.getCanNextPage(), pagination.pageIndex + 1),
  );
}
