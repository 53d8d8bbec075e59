// @ts-check
/** Words in the reader's language, and numbers, dates and sizes as written there. */

export const LANGUAGES = /** @type {const} */ ({
  "zh-Hans": "简体中文",
  "zh-Hant": "繁體中文",
  en: "English",
  ja: "日本語",
});

/** @typedef {keyof typeof LANGUAGES} Language */
/** @typedef {string | Record<string, string>} Words */

const KEPT = "knowdesk.language";
/** @type {Map<string, Record<string, Words>>} */
const parts = new Map();
/** @type {Language} */
let current = "en";

/**
 * Return the language that a tag asks for; null if the pages do not speak it.
 *
 * @param {string} tag
 * @returns {Language | null}
 */
export function matched(tag) {
  const wanted = new Intl.Locale(tag).maximize();
  if (wanted.language === "zh") return wanted.script === "Hant" ? "zh-Hant" : "zh-Hans";
  return wanted.language === "ja" ? "ja" : wanted.language === "en" ? "en" : null;
}

/**
 * Return the language that was chosen here before, else the first of the browser's that the pages speak.
 *
 * @returns {Language}
 */
export function preferred() {
  const kept = localStorage.getItem(KEPT);
  for (const tag of [kept, ...navigator.languages]) {
    const found = tag && matched(tag);
    if (found) return found;
  }
  return "en";
}

/** @returns {Language} */
export function language() {
  return current;
}

/**
 * Speak a language from now on; parts that were loaded are loaded anew.
 *
 * @param {Language} chosen
 * @param {{keep?: boolean}} [options] whether it is to be remembered
 */
export async function speak(chosen, { keep = false } = {}) {
  const loaded = [...parts.keys()];
  if (chosen !== current) parts.clear();
  current = chosen;
  if (keep) localStorage.setItem(KEPT, chosen);
  await load(...loaded);
}

/**
 * Load parts of the words, each a file of its name: what every module does before it shows anything.
 *
 * @param {...string} names
 */
export async function load(...names) {
  const wanted = names.filter((name) => !parts.has(name));
  await Promise.all(
    wanted.map(async (name) => {
      const address = new URL(`./locales/${current}/${name}.json`, import.meta.url);
      parts.set(name, await (await fetch(address)).json());
    }),
  );
}

/**
 * Return the words of `part.key` with `{name}` filled in; `count` chooses the plural where there are several forms.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const dot = key.indexOf(".");
  const words = parts.get(key.slice(0, dot))?.[key.slice(dot + 1)];
  if (words === undefined) return key;
  const form = typeof words === "string" ? words : plural(words, Number(values.count ?? 0));
  return form.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/**
 * Tell whether there are words under a key.
 *
 * @param {string} key
 */
export function has(key) {
  return t(key) !== key;
}

/**
 * @param {Record<string, string>} forms
 * @param {number} count
 */
function plural(forms, count) {
  return forms[new Intl.PluralRules(current).select(count)] ?? forms.other;
}

/**
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 */
export function number(value, options = {}) {
  return new Intl.NumberFormat(current, options).format(value);
}

/** @param {number} share */
export function percent(share) {
  return number(share, { style: "percent", maximumFractionDigits: 0 });
}

/** @param {number} bytes */
export function size(bytes) {
  const step = bytes >= 1e6 ? ["megabyte", 1e6] : ["kilobyte", 1e3];
  const options = /** @type {Intl.NumberFormatOptions} */ ({ style: "unit", unit: step[0], maximumFractionDigits: 1 });
  return number(bytes / Number(step[1]), options);
}

/**
 * @param {string} moment in ISO 8601
 * @param {Intl.DateTimeFormatOptions} [options]
 */
export function date(moment, options = { dateStyle: "medium", timeStyle: "short" }) {
  const day = /^\d{4}-\d\d-\d\d$/.test(moment);
  const shown = day ? { dateStyle: /** @type {const} */ ("medium"), timeZone: "UTC" } : options;
  return new Intl.DateTimeFormat(current, shown).format(new Date(moment));
}

/**
 * Say how long ago a moment was.
 *
 * @param {string} moment in ISO 8601
 */
export function ago(moment) {
  const seconds = (new Date(moment).getTime() - Date.now()) / 1000;
  const units = /** @type {[Intl.RelativeTimeFormatUnit, number][]} */ ([
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
  ]);
  const format = new Intl.RelativeTimeFormat(current, { numeric: "auto" });
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return format.format(Math.round(seconds / length), unit);
  }
  return format.format(Math.round(seconds), "second");
}
