// The tables: a list of them, each as a grid, and each of their rows and cells as a page.
import { about } from "../release.js";
import { h, replace, scroller } from "../dom.js";
import { factParts } from "../facts.js";
import { grid } from "../grid.js";
import { plainTable } from "../plain_table.js";
import { remember, to } from "../route.js";
import { number } from "../text.js";

export const list = {
  async view() {
    const columns = [
      ["table", (t) => h("a", { href: to(["table", t.name]) }, t.name)],
      ["what it holds", (t) => t.description],
      ["rows", (t) => h("span", { class: "number" }, number(t.rows))],
      ["key", (t) => t.key.join(", ")],
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

export async function view([name, key, column], settings) {
  if (!Object.hasOwn(about.tables, name ?? "")) return null;
  if (key) return factParts(name, key, column);
  const { description, left_out: isLeftOut } = about.tables[name];
  if (isLeftOut) return { title: name, lead: description, body: [dictionary(name)] };
  const holder = h("div");
  const keep = async (kept, anew) => {
    remember(["table", name], kept);
    if (anew) replace(holder, await grid(name, { ...kept }, keep));
  };
  replace(holder, await grid(name, settings, keep));
  return { title: name, lead: description, body: [dictionary(name), holder] };
}

const dictionary = (name) =>
  h(
    "details",
    { class: "dictionary" },
    h("summary", {}, "What its columns mean"),
    scroller(
      plainTable(
        [
          ["column", (c) => h("code", {}, c.name)],
          ["type", (c) => c.type],
          ["meaning", (c) => [c.description, c.unit ? ` Unit: ${c.unit}.` : ""]],
          [
            "codes",
            (c) =>
              c.codes
                ? h(
                    "dl",
                    { class: "codes" },
                    Object.entries(c.codes).map(([code, said]) => [h("dt", {}, code), h("dd", {}, said)]),
                  )
                : "",
          ],
        ],
        about.tables[name].columns,
        `Columns of ${name}`,
      ),
      "What its columns mean",
    ),
  );
