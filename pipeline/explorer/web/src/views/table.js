// The tables: a list of them, each as a grid, and each of their rows and cells as a page.
import { turns } from "../turns.js";
import { about, columnOf } from "../release.js";
import { h, replace, scroller } from "../dom.js";
import { factParts } from "../facts.js";
import { grid } from "../grid.js";
import { plainTable } from "../plain_table.js";
import { remember, to } from "../route.js";
import { capital, number } from "../text.js";
import { columnName, columnTitle, tableTitle } from "../titles.js";
import { unknowns } from "../unknown.js";

/** The name by which queries know it. */
const technical = (name) => h("small", { class: "line" }, h("code", {}, name));

export const list = {
  async view() {
    const columns = [
      ["Table", (t) => [h("a", { href: to(["table", t.name]) }, capital(tableTitle(t.name))), technical(t.name)]],
      ["What it holds", (t) => t.description],
      ["Rows", (t) => h("span", { class: "number" }, number(t.rows))],
      ["Key", (t) => t.key.map((name, i) => [i ? ", " : "", columnName(t.name, name)])],
    ];
    const [claimed, computed] = [true, false].map((is) =>
      Object.values(about.tables).filter((t) => t.isClaimed === is),
    );
    return {
      title: "Tables",
      lead: "Every table of the release: search, sort, filter and download it; every value leads to its claims.",
      body: [
        h("h2", {}, "What documents say"),
        scroller(plainTable(columns, claimed, "Tables of claims"), "Table"),
        h("h2", {}, "What follows from it, and where it was read"),
        scroller(plainTable(columns, computed, "Other tables"), "Table"),
      ],
    };
  },
};

export const parts = 3;
export const settings = ["q", "sort", "page", "columns", "f."];

export async function view([name, key, column], set) {
  if (!Object.hasOwn(about.tables, name ?? "")) return null;
  const { list, say } = unknowns();
  if (key) {
    const fact = await factParts(...known(name, key, column, say));
    return fact ? { ...fact, unknown: list } : noRow(name, key);
  }
  const { description, left_out: isLeftOut } = about.tables[name];
  const said = [h("p", { class: "muted" }, "In queries and files: ", h("code", {}, name)), dictionary(name)];
  const title = capital(tableTitle(name));
  if (isLeftOut) return { title, lead: description, body: said };
  const holder = h("div");
  const begin = turns();
  const keep = async (kept, anew) => {
    remember(["table", name], kept);
    if (!anew) return;
    const isLast = begin();
    const made = await grid(name, { ...kept }, keep);
    if (isLast()) replace(holder, made);
  };
  replace(holder, await grid(name, set, keep, say));
  return { unknown: list, title, lead: description, body: [...said, holder] };
}

const dictionary = (name) =>
  h(
    "details",
    { class: "dictionary" },
    h("summary", {}, "What its columns mean"),
    scroller(
      plainTable(
        [
          ["Column", (c) => [columnTitle(name, c.name), technical(c.name)]],
          ["Type", (c) => c.type],
          ["Meaning", (c) => [c.description, c.unit ? ` Unit: ${c.unit}.` : ""]],
          [
            "Codes",
            (c) =>
              c.codes
                ? h(
                    "dl",
                    { class: "codes" },
                    Object.entries(c.codes).map(([code, said]) => [
                      h("dt", {}, h("code", {}, code)),
                      h("dd", {}, said),
                    ]),
                  )
                : "",
          ],
        ],
        about.tables[name].columns,
        `Columns of ${tableTitle(name)}`,
      ),
      "What its columns mean",
    ),
  );

/** The address of a fact without a column that its table does not have. */
function known(name, key, column, say) {
  const isColumn = !column || columnOf(name, column) !== undefined;
  if (!isColumn) say(`In the table ${tableTitle(name)}, the column`, column, "the row is shown as a whole");
  return [name, key, isColumn ? column : undefined];
}

/** What is said of a row that is not there: its key, and the table to look in. */
const noRow = (name, key) => ({
  title: "Not in this release",
  body: [
    h("p", {}, `The table ${tableTitle(name)} of release ${about.version} has no row `, h("code", {}, key), "."),
    about.tables[name].key.length
      ? h("p", {}, "A key is written ", h("code", {}, about.tables[name].key.map((c) => `${c}=…`).join("|")), ".")
      : "",
    h("p", {}, h("a", { href: to(["table", name]) }, `All rows of the table ${tableTitle(name)}`)),
  ],
});
