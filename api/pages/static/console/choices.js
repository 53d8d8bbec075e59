// @ts-check
/** The choices of language and theme. */

import { fill, h } from "../shared/dom.js";
import { select } from "../shared/form.js";
import { LANGUAGES, language, t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { setTheme, theme } from "../shared/theme.js";

const NEXT = /** @type {const} */ ({ auto: "light", light: "dark", dark: "auto" });
const ICONS = { auto: "auto", light: "sun", dark: "moon" };

/**
 * Return the choice of language; each is named in itself.
 *
 * @param {(language: import("../shared/i18n.js").Language) => void} relabel
 */
export function languageChoice(relabel) {
  const names = /** @type {[string, string][]} */ (Object.entries(LANGUAGES));
  const made = select(names, { value: language(), "aria-label": t("common.language"), class: "input compact" });
  made.addEventListener("change", () => relabel(/** @type {import("../shared/i18n.js").Language} */ (made.value)));
  return made;
}

/** Return the button that goes from the system's theme to light to dark. */
export function themeChoice() {
  const made = h("button", { type: "button", class: "button square" });
  function label() {
    const words = `${t("common.theme")}: ${t(`common.theme.${theme()}`)}`;
    made.setAttribute("aria-label", words);
    made.title = words;
    fill(made, icon(ICONS[theme()]));
  }
  made.addEventListener("click", () => {
    setTheme(NEXT[theme()]);
    label();
  });
  label();
  return made;
}
