// Addresses within the page: #/view/parts?settings. Every view and fact has one, so that it can be sent and cited.

const legible = (text) => encodeURIComponent(text).replace(/%(3D|7C|3A|2C|40)/g, decodeURIComponent);

/** The address of a view: `to(["table", "claim"], {q: "kfor"})`; empty settings are left out. */
export function to(parts, settings = {}) {
  const query = Object.entries(settings).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const asked = query.map(([name, value]) => `${legible(name)}=${legible(`${value}`)}`).join("&");
  return `#/${parts.map(legible).join("/")}${asked ? `?${asked}` : ""}`;
}

export const toFact = (table, key, column) => to(["table", table, key, ...(column ? [column] : [])]);

/** The rows of a table whose columns hold these values exactly: `f.document_id==cia2023-bih`. */
export const toRows = (table, values) =>
  to(
    ["table", table],
    Object.fromEntries(Object.entries(values).map(([column, value]) => [`f.${column}`, `=${value}`])),
  );

/** The parts and settings of an address; null where it is none. */
export function parsed(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  try {
    const parts = path.split("/").filter(Boolean).map(decodeURIComponent);
    return { parts, settings: Object.fromEntries(new URLSearchParams(query.replace(/\+/g, "%2B"))) };
  } catch {
    return null;
  }
}

/** Keep what a reader set in the address, without leaving the view; one that was left already has no say in it. */
export function remember(parts, settings) {
  const now = parsed(location.hash)?.parts ?? [];
  if (parts.some((part, i) => part !== now[i])) return;
  history.replaceState(history.state, "", to(parts, settings));
}
