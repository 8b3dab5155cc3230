// Every fact of the release as something to be found: made when it is first searched, then kept.
import { about, rows } from "./release.js";
import { rowWords, score, wordsOf } from "./find.js";

let made = null;

/** All rows that documents speak of, and the documents, each with the words it is found by. */
function index() {
  made ??= Promise.all(
    Object.values(about.tables)
      .filter((table) => table.isClaimed || table.isNamed)
      .map(async ({ name }) => (await rows(name)).map((row) => entry(name, row))),
  ).then((lists) => lists.flat());
  return made;
}

function entry(table, row) {
  const text = rowWords(table, row);
  return { table, row, text, length: text.indexOf("\f") };
}

/**
 * The facts that hold all words of a query, the best fitting first; among equals, those that say little else. Where none
 * holds all, those that hold the most, the rarer words before the others: `fitting` says how many of how many `words`.
 */
export async function search(query) {
  const words = wordsOf(query);
  const all = await index();
  const holders = words.map(() => 0);
  let [most, found] = [1, []];
  for (const fact of words.length ? all : []) {
    const { points, fitting } = score(fact.text, words);
    for (const i of fitting) holders[i] += 1;
    if (fitting.length > most) [most, found] = [fitting.length, []];
    if (fitting.length === most) found.push({ fact, points, fitting });
  }
  const rarity = ({ fitting }) => fitting.reduce((sum, i) => sum + 1 / holders[i], 0);
  for (const one of found) one.rarity = rarity(one);
  const aside = ({ fact }) => (about.tables[fact.table].isClaimed ? 0 : 1); // what is said before where it is said
  found.sort(
    (a, b) => b.rarity - a.rarity || b.points - a.points || aside(a) - aside(b) || a.fact.length - b.fact.length,
  );
  return { facts: found.map(({ fact }) => fact), fitting: most, words };
}
