// The only way that this page makes elements: text becomes text, whatever it holds, and never markup.

/** An element with attributes, properties (`on...`) and children: texts, nodes, lists of either; null is left out. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** A link out of the page, or plain text where the address is none that a browser should follow. */
export function outward(address, text) {
  if (!/^https?:\/\//i.test(address ?? "")) return text;
  return h("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, text);
}

/** What may be wider than the page, and scrolls by itself: by keyboard, too, where nothing in it takes the focus. */
export const scroller = (content, label) =>
  h(
    "div",
    {
      class: "scroll",
      ...(content.querySelector("a, button, input") ? {} : { tabindex: "0", role: "group", "aria-label": label }),
    },
    content,
  );

export const replace = (parent, ...children) => parent.replaceChildren(...children.flat(Infinity).filter(Boolean));

/** A labelled choice of one of `options`, [value, text]; `chosen` is told of it. */
export function choice(label, options, value, chosen) {
  const select = h(
    "select",
    { onchange: () => chosen(select.value) },
    options.map(([one, text]) => h("option", { value: one }, text)),
  );
  select.value = value;
  return h("label", {}, `${label} `, select);
}

let serial = 0;
export const freshId = (stem) => `${stem}-${++serial}`;
