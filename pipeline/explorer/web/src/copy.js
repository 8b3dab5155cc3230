// Into the clipboard, and into files.
import { h } from "./dom.js";
import { about } from "./release.js";
import { asText } from "./text.js";

const PAGE = "explorer.html"; // as a file of a release

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (text) => text.replace(/[&<>]/g, (sign) => ESCAPES[sign]);

/** Put a note into the clipboard, with its italics for those who paste into a text processor. */
async function copyNote(note) {
  const text = note.join("");
  const rich = note.map((part, i) => (i % 2 ? `<i>${escaped(part)}</i>` : escaped(part))).join("");
  try {
    const item = {
      "text/plain": new Blob([text], { type: "text/plain" }),
      "text/html": new Blob([rich], { type: "text/html" }),
    };
    await navigator.clipboard.write([new ClipboardItem(item)]);
  } catch {
    await copyText(text);
  }
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", { class: "offscreen", "aria-hidden": "true" });
    area.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    document.execCommand("copy"); // where the browser keeps the clipboard from pages opened from disk
    area.remove();
  }
}

/** A button that copies, and says so, also to those who cannot see it. */
export function copyButton(label, content, title) {
  const said = h("span", { class: "said", role: "status" });
  const button = h("button", { type: "button", class: "small", title: title ?? null }, label);
  button.addEventListener("click", async () => {
    const what = await content();
    await (Array.isArray(what) ? copyNote(what) : copyText(what));
    said.textContent = "Copied";
    setTimeout(() => (said.textContent = ""), 2000);
  });
  return h("span", { class: "copying" }, button, said);
}

/** A note as it will be read. */
export const noteText = (note) =>
  h(
    "span",
    { class: "note-text" },
    note.map((part, i) => (i % 2 ? h("i", {}, part) : part)),
  );

/** The address of a view as others can open it, with the release that it is in: where the page lies on a disk says nothing to them. */
export function permalink(address) {
  const page = location.protocol === "file:" ? PAGE : location.href.split("#")[0];
  return `${about.dataset.title}, version ${about.version}: ${page}${address}`;
}

const quoted = (cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

export const asCsv = (columns, rows) =>
  [columns, ...rows.map((row) => columns.map((name) => asText(row[name])))]
    .map((cells) => cells.map(quoted).join(","))
    .join("\n") + "\n";

export const asJson = (columns, rows) =>
  `${JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))),
    null,
    1,
  )}\n`;

export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
