// @ts-check
/** Measures of evaluations: their names, and how their values are written. */

import { has, number, t } from "../shared/i18n.js";
import { languageName } from "./languages.js";

/**
 * @typedef {{slice: string, measure: string, n: number, value: number, interval: [number, number] | null}} Figure
 * @typedef {{name: string, label: string, explanation: string, higher_is_better: boolean, unit: "share" | "score" | "ms"}} Measure
 * @typedef {{name: string, started: string, complete: boolean, cases: number, planned: number, failed: number, units: {name: string, documents: number, cases: number}[], headlines: Figure[]}} Run
 */

/**
 * Return what a measure is called; what the run says of it where the pages have no word.
 *
 * @param {string} name
 * @param {Measure[]} [measures]
 */
export function measureName(name, measures = []) {
  const key = `evaluations.measure.${name.replaceAll("@", "-at-")}`;
  if (has(key)) return t(key);
  return measures.find((each) => each.name === name)?.label || name;
}

/**
 * Write a value as its measure is read: shares in percent, times in milliseconds.
 *
 * @param {string} name
 * @param {number} value
 * @param {Measure[]} [measures]
 * @param {boolean} [signed]
 */
export function measured(name, value, measures = [], signed = false) {
  const unit = measures.find((each) => each.name === name)?.unit ?? (name.endsWith("_ms") ? "ms" : "score");
  const signDisplay = signed ? /** @type {const} */ ("exceptZero") : /** @type {const} */ ("auto");
  if (unit === "ms") return number(value, { style: "unit", unit: "millisecond", maximumFractionDigits: 0, signDisplay });
  if (unit === "share") return number(value, { style: "percent", maximumFractionDigits: 1, signDisplay });
  return number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3, signDisplay });
}

/**
 * Return a slice in words: what it is sliced by, and the value.
 *
 * @param {string} slice such as `language=ja`
 */
export function sliceName(slice) {
  if (slice === "all") return t("evaluations.all");
  const [key, ...rest] = slice.split("=");
  const name = has(`evaluations.slice.${key}`) ? t(`evaluations.slice.${key}`) : key;
  const value = rest.join("=");
  return `${name}: ${key === "language" ? languageName(value) : value}`;
}
