// Keys on which there are claims but no published row, as every claim is deprecated: shown as what they are, never as values.
import { columnOf, rows } from "./release.js";
import { h } from "./dom.js";
import { keyOf, partsOf } from "./keys.js";
import { toFact } from "./route.js";
import { written } from "./stated.js";

export const NOTHING = "nothing published";

/** The days that a date of digits alone can mean; null for others. */
function days(text) {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text ?? "") ?? [];
  if (!year) return null;
  const last = new Date(Date.UTC(Number(year), month ? Number(month) : 12, 0)).toISOString().slice(0, 10);
  return day ? [text, text] : [`${year}-${month ?? "01"}-01`, last];
}

/** The cells of a key as written in `claim.row_key`, its dates with the days that they can mean. */
function cellsOf(table, key) {
  const cells = partsOf(table, key);
  const bounds = cells.flatMap(([name, text]) => {
    const found = days(text);
    return found
      ? [
          [`${name}_earliest`, found[0]],
          [`${name}_latest`, found[1]],
        ]
      : [];
  });
  return Object.fromEntries([...cells, ...bounds]);
}

/** Such keys of a table with claims on a column, as points without a value of their own; `fits` chooses among them. */
export async function refusedOf(table, column, fits) {
  const published = new Set((await rows(table)).map((row) => keyOf(table, row)));
  const claims = (await rows("claim")).filter(
    (c) => c.table_name === table && c.column_name === column && !published.has(c.row_key),
  );
  const points = [...Map.groupBy(claims, (claim) => claim.row_key)].map(([key, own]) => {
    const row = cellsOf(table, key);
    const others = own.map((claim) => ({ row, claim, ...written(claim.value) }));
    return { row, href: toFact(table, key, column), others, isRefused: true };
  });
  return points.filter((point) => fits(point.row));
}

/** What stands in place of a value. */
export const refusedLink = (table, row, column) =>
  h(
    "a",
    {
      class: "value",
      "data-panel": true,
      href: toFact(table, keyOf(table, row), column),
      title: columnOf("claim", "rank")?.codes?.deprecated ?? null,
    },
    NOTHING,
  );
