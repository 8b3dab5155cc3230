// Light, dark, or as the system has it; kept where the browser lets a page opened from disk keep anything.
import { h } from "./dom.js";

const NEXT = { auto: "light", light: "dark", dark: "auto" };
const KEPT = "wb6-theme";

function kept() {
  try {
    return localStorage.getItem(KEPT) ?? "auto";
  } catch {
    return "auto";
  }
}

function keep(theme) {
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export function themeButton() {
  let theme = kept() in NEXT ? kept() : "auto";
  const button = h("button", { type: "button", class: "theme" });
  const apply = () => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.textContent = `Theme: ${theme}`;
  };
  button.addEventListener("click", () => {
    theme = NEXT[theme];
    keep(theme);
    apply();
  });
  apply();
  return button;
}
