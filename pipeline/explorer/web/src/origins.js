// What a computed row follows from: the rows whose claims stand behind it.
import { about, rows } from "./release.js";
import { keyOf, rowOf } from "./keys.js";

// The columns of country_profile, and the rows of one country that each is computed from.
const PROFILE = [
  [/^(nato|eu|pfp)_status/, "membership", (row, found) => row.organisation_id === found[1]],
  [/^neutral/, "membership", (row) => row.status === "neutral"],
  [/^other_memberships/, "membership", (row) => !["nato", "eu", "pfp"].includes(row.organisation_id)],
  [/^missions_hosted/, "mission_role", (row) => row.role === "host"],
  [/^missions_staffed/, "mission_role", (row) => row.role === "contributor"],
  [/^(personnel_by_mission|missions_staffed)/, "deployment", () => true],
  [/^threat/, "threat_target", () => true],
  [/^latest_indicators/, "indicator", () => true],
];

/** The rows that a computed row, or one column of it, follows from, by table. */
export async function origins(table, row, column) {
  const found = table === "country_profile" ? await ofProfile(row, column) : await byKey(table, row);
  return found.filter((one) => one.rows.length);
}

async function ofProfile(row, column) {
  const fitting = PROFILE.map(([pattern, from, fits]) => ({ found: pattern.exec(column ?? ""), from, fits })).filter(
    (p) => p.found,
  );
  return Promise.all(
    fitting.map(async ({ found, from, fits }) => ({
      table: from,
      rows: (await rows(from)).filter((one) => one.iso3 === row.iso3 && fits(one, found)),
    })),
  );
}

/** The row that `table` and `key` of a timeline name, or every row of a table of claims whose whole key this row holds. */
async function byKey(table, row) {
  if (row.table && row.key) return [{ table: row.table, rows: [await rowOf(row.table, row.key)].filter(Boolean) }];
  const holders = Object.values(about.tables).filter((t) => t.isClaimed && t.key.every((name) => name in row));
  return Promise.all(
    holders.map(async (t) => ({ table: t.name, rows: [await rowOf(t.name, keyOf(t.name, row))].filter(Boolean) })),
  );
}
