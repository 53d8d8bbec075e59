// @ts-check
/** Names of languages in the reader's own. */

import { language } from "../shared/i18n.js";

const OFFERED = ["zh-Hans", "zh-Hant", "en", "ja", "ko", "de", "fr", "es", "it", "pt", "ru", "vi", "th", "id"];

/**
 * Return the name of a language, such as 日本語 for ja where Japanese is read.
 *
 * @param {string} tag BCP 47
 */
export function languageName(tag) {
  if (!tag || tag === "und") return "–";
  try {
    return new Intl.DisplayNames(language(), { type: "language", fallback: "code" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/**
 * Return languages to choose from, those of the sample first.
 *
 * @param {string[]} [tags] what must be there; if several, only they
 * @returns {[string, string][]}
 */
export function languageOptions(tags = []) {
  const wanted = tags.length > 1 ? tags : [...new Set([...OFFERED, ...tags.filter(Boolean)])];
  return wanted.map((tag) => [tag, languageName(tag)]);
}
