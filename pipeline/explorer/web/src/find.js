// What a row is found by: every word and figure in it, the names behind its ids, its dates in words. And how well it fits.
import { about, columnOf, isCounted } from "./release.js";
import { fullName, isParty, nameOf, partyName, thing } from "./names.js";
import { asText, dateWords, isExpansion, shown } from "./text.js";
import { columnTitle, tableTitle } from "./titles.js";

const OFTEN = 6; // occurrences of a word that are looked at in one text

/** Text as it is compared: no case, accents, marks of status, or signs between thousands. */
export const folded = (text) =>
  text
    .normalize("NFKD")
    .replace(/[\p{M}*]/gu, "")
    .replace(/\b\d{1,3}(?:[,'’ ]\d{3})+(?![\d.])/g, (figure) => figure.replace(/\D/g, ""))
    .toLowerCase();

/** The names behind the ids of a cell, in short and in full. */
function namesIn(table, name, row) {
  const { target } = columnOf(table, name);
  const values = [row[name]].flat().filter((value) => value !== null && value !== undefined);
  if (target && target !== "document") return values.flatMap((id) => [nameOf(target, id), fullName(target, id)]);
  return isParty(name) ? values.map(partyName) : [];
}

const isRecord = (text) => text.startsWith("{"); // for machines

/** What a cell is found by. */
export function cellWords(table, name, row) {
  const text = asText(row[name]);
  if (isRecord(text)) return text;
  const dated = `${name}_earliest` in row ? [dateWords(text)] : [];
  return [...new Set([text, shown(table, name, row), ...dated, ...namesIn(table, name, row)])].join("\n");
}

/** What a row is found by: its cells and, behind them, what they are called and of what sort the things are that they name. */
export function rowWords(table, row) {
  const filled = about.tables[table].columns.filter((c) => !isExpansion(c) && isTold(row, c.name));
  const called = [tableTitle(table), ...filled.map((c) => columnTitle(table, c.name))];
  for (const { name, target } of filled) if (target) called.push(...[row[name]].flat().map((id) => sortOf(target, id)));
  return `${folded(filled.map((c) => cellWords(table, c.name, row)).join("\n"))}\f${folded(called.join("\n"))}`;
}

const sorts = new Map();

/** Of what sort a thing is: its codes in words, such as the category and the instruments of a threat. */
function sortOf(table, id) {
  const place = `${table}\n${id}`;
  if (!sorts.has(place)) sorts.set(place, codesOf(table, thing(table, id)));
  return sorts.get(place);
}

function codesOf(table, row) {
  if (!row || table === "document") return "";
  const coded = about.tables[table].columns.filter((c) => !c.target && (c.codes || Array.isArray(row[c.name])));
  return coded.map((c) => shown(table, c.name, row)).join("\n");
}

/** Whether a cell says anything that one may look for; a bound without a best value is told by its column, too. */
const isTold = (row, name) =>
  typeof row[name] !== "boolean" &&
  !isCounted(name) &&
  !isRecord(asText(row[name])) &&
  (asText(row[name]) !== "" || Boolean(row[`${name}_qualifier`]));

export const wordsOf = (query) => folded(query).split(/\s+/).filter(Boolean);

const isSign = (letter) => letter === undefined || !/[\p{L}\d]/u.test(letter);

/** How well a word fits a text: as a whole, as the beginning of a word, or within one; 0 where it does not. */
function fit(text, word) {
  let best = 0;
  let at = text.indexOf(word);
  for (let seen = 0; at >= 0 && best < 3 && seen < OFTEN; seen += 1) {
    const before = text[at - 1];
    const isWithin = !isSign(before);
    if (!(isWithin && /\d/.test(word[0]) && /\d/.test(before)))
      best = Math.max(best, isWithin ? 1 : isSign(text[at + word.length]) ? 3 : 2); // 4500 is no part of 14500
    at = text.indexOf(word, at + 1);
  }
  return best;
}

/** How well words fit what a row is found by, and which of them do, by number. What stands behind its cells counts least. */
export function score(text, words) {
  let points = 0;
  const fitting = [];
  words.forEach((word, i) => {
    const found = fit(text, word);
    if (!found) return;
    fitting.push(i);
    points += text.lastIndexOf(word, text.indexOf("\f")) < 0 ? 1 : found;
  });
  return { points, fitting };
}

export const fitsAll = (text, words) => score(text, words).fitting.length === words.length;
