// The way between the views; where it does not fit, its edges say that it goes on.
import { h } from "./dom.js";

/** Links to views, [name, address]. */
export function navigation(views) {
  const list = h(
    "ul",
    {},
    views.map(([name, href]) => h("li", {}, h("a", { href }, name))),
  );
  const nav = h("nav", { "aria-label": "Views" }, list);
  const cue = () => {
    nav.classList.toggle("more-before", list.scrollLeft > 2);
    nav.classList.toggle("more-after", list.scrollLeft + list.clientWidth < list.scrollWidth - 2);
  };
  list.addEventListener("scroll", cue, { passive: true });
  new ResizeObserver(cue).observe(list);
  return nav;
}
