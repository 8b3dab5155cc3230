// What an address asks for that this release does not have: said plainly above what can be shown.
import { about } from "./release.js";
import { h } from "./dom.js";

/** A collector of such things; `oneOf` gives a value back where it is among those known, else nothing. */
export function unknowns() {
  const list = [];
  const say = (what, value, done = "it is left out") =>
    list.push(`${what} “${value}” is not known in release ${about.version}; ${done}.`);
  const oneOf = (what, value, known) => {
    if (value === undefined || value === "" || known.includes(value)) return value;
    say(what, value);
    return undefined;
  };
  return { list, say, oneOf };
}

/** The settings and parts of an address that a view has no use for. */
export function unused(view, rest, settings) {
  const { list, say } = unknowns();
  const takes = view.settings ?? [];
  for (const name of Object.keys(settings))
    if (!takes.includes(name) && !takes.some((one) => one.endsWith(".") && name.startsWith(one)))
      say("The setting", name);
  for (const part of rest.slice(view.parts ?? 0)) say("The part of the address", part);
  return list;
}

export const notice = (list) =>
  list.length
    ? h(
        "div",
        { class: "notice", role: "status" },
        list.map((text) => h("p", {}, text)),
      )
    : null;
