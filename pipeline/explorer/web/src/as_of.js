// What held on a day, by the rules of the release's macros and of country_profile.
import { compare } from "./order.js";
import { about } from "./release.js";

const day = (iso) => (iso ? Date.parse(iso) / 86_400_000 : null);
const isRough = (written) => /[~?%]/.test(written ?? "");
const mayBeWrong = (written) => /[?%]/.test(written ?? "");

/** The first and last day that a date can mean; one marked ~ ? or % reaches as far again to either side as it is long. */
function possible(row, name) {
  const [first, last] = [day(row[`${name}_earliest`]), day(row[`${name}_latest`])];
  const more = isRough(row[name]) && first !== null && last !== null ? last - first + 1 : 0;
  return { first: first === null ? null : first - more, last: last === null ? null : last + more };
}

/** How a spell holds on a day: `certain`, `possible`, or null where it did not; and what is not known. */
export function holding(row, iso) {
  const asked = day(iso);
  const [start, end] = [possible(row, "start"), possible(row, "end")];
  if ((start.first !== null && start.first > asked) || (end.last !== null && end.last < asked)) return null;
  const begun = Boolean(row.start) && !mayBeWrong(row.start) && start.last !== null && start.last <= asked;
  const lasts = row.end && !mayBeWrong(row.end) ? end.first : null;
  const runs = lasts === null ? !row.end : lasts > asked;
  const covered = asked <= day(about.as_of);
  const because = [
    covered ? null : "the day is after the cut-off",
    row.start ? (begun ? null : `start is ${row.start}`) : "no start is recorded",
    row.end ? (runs ? null : `end is ${row.end}`) : "no end is recorded",
  ];
  return { holds: begun && runs && covered ? "certain" : "possible", because: because.filter(Boolean).join("; ") };
}

/** Whether a spell counts as current on a day, as country_profile counts on the cut-off. */
const isCurrent = (row, iso) =>
  (!row.start || (row.start_latest && row.start_latest <= iso)) && (!row.end_latest || row.end_latest > iso);

/** From the strongest status to the weakest, as country_profile ranks them. */
export const STRENGTH = [
  "member",
  "invited",
  "candidate",
  "applicant",
  "participant",
  "partner",
  "aspirant",
  "neutral",
];
const strength = (status) => (STRENGTH.indexOf(status) + 99) % 99;

/** How a country stands towards an organisation on a day: the strongest current status, and all that may hold. */
export function standing(memberships, organisation, iso3, iso) {
  const own = memberships.filter((row) => row.iso3 === iso3);
  const belongs = own.some(
    (row) =>
      row.organisation_id === organisation.parent_organisation_id &&
      row.status === "member" &&
      row.start_latest &&
      row.start_latest <= iso &&
      (!row.end_latest || row.end_latest > iso),
  );
  const rows = own.filter((row) => row.organisation_id === organisation.organisation_id && holding(row, iso));
  const left = organisation.kind === "programme" && belongs;
  const current = left ? [] : rows.filter((row) => isCurrent(row, iso));
  current.sort((a, b) => strength(a.status) - strength(b.status) || compare(a.status, b.status) || b.spell - a.spell);
  return { strongest: current[0] ?? null, rows, left };
}
