// @ts-check
/** The arithmetic of charts: scales, round steps of axes, labels that fit. */

/**
 * Return the function that maps one range to another in proportion.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} from
 * @param {number} to
 * @returns {(value: number) => number}
 */
export function linear(low, high, from, to) {
  const span = high - low || 1;
  return (value) => Math.round((from + ((value - low) / span) * (to - from)) * 10) / 10;
}

/**
 * Return round steps (1, 2 or 5 times a power of ten) from `low` to at least `high`.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} [wanted] about so many
 */
export function ticks(low, high, wanted = 4) {
  const rough = (high - low || 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= rough * 0.999) ?? power * 10;
  const last = Math.ceil((high - low) / step - 1e-9);
  return Array.from({ length: last + 1 }, (_, at) => Number((low + at * step).toPrecision(12)));
}

const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/;

/**
 * Return a text that is cut where it would be wider than so many pixels.
 *
 * @param {string} text
 * @param {number} pixels
 */
export function shortened(text, pixels) {
  let used = 0;
  for (const [at, char] of [...text].entries()) {
    used += WIDE.test(char) ? 13.5 : 7;
    if (used > pixels) return `${[...text].slice(0, Math.max(1, at - 1)).join("")}…`;
  }
  return text;
}
