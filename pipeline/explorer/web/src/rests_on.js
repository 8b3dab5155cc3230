// What documents the figures of a chart rest on: how many figures each, and how reliable it is.
import { compare } from "./order.js";
import { claimsOf, gradeOf } from "./claims.js";
import { keyOf } from "./keys.js";
import { nameOf, thingLink } from "./names.js";
import { number, plural } from "./text.js";

const MOST = 4;

/** A sentence on the documents behind the published values of a column, as parts of a note. */
export async function restsOn(table, column, points) {
  const claims = (await Promise.all(points.map((p) => claimsOf(table, keyOf(table, p.row), column)))).flat();
  const documents = [
    ...Map.groupBy(
      claims.filter((claim) => claim.is_published),
      (claim) => claim.document_id,
    ),
  ].sort(([a, one], [b, other]) => other.length - one.length || compare(a, b));
  if (!documents.length) return null;
  const named = documents
    .slice(0, MOST)
    .map(([id, own], i) => [
      i ? "; " : "",
      thingLink("document", id, nameOf("document", id)),
      ` (${number(own.length)}, grade ${gradeOf(own[0])})`,
    ]);
  const more = documents.length - MOST;
  return [
    `${plural(points.length, "figure")}, resting on ${plural(documents.length, "document")}: `,
    named,
    more > 0 ? `; and ${plural(more, "other")}` : "",
    ".",
  ];
}
