// @ts-check
/** Light and dark: as the system has it, or as was chosen here. */

const KEPT = "knowdesk.theme";

/** @typedef {"auto" | "light" | "dark"} Theme */

/** @returns {Theme} */
export function theme() {
  const kept = localStorage.getItem(KEPT);
  return kept === "light" || kept === "dark" ? kept : "auto";
}

/** @param {Theme} chosen */
export function setTheme(chosen) {
  if (chosen === "auto") localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, chosen);
  applyTheme();
}

/** Show the theme; to be called before anything is drawn. */
export function applyTheme() {
  const chosen = theme();
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}
