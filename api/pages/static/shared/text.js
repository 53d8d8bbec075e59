// @ts-check
/** Stretches of a text: the API counts Unicode code points, JavaScript counts UTF-16 units. */

import { h } from "./dom.js";

/** @typedef {{start: number, end: number}} Span */

/**
 * Return what turns offsets in code points into offsets in a string; they may be asked for in any order.
 *
 * @param {string} text
 * @returns {(points: number) => number}
 */
export function offsets(text) {
  /** @type {number[]} code points before each that takes two units */
  const wide = [];
  for (let at = 0, points = 0; at < text.length; points += 1) {
    const two = /** @type {number} */ (text.codePointAt(at)) > 0xffff;
    if (two) wide.push(points);
    at += two ? 2 : 1;
  }
  return (points) => points + before(wide, points);
}

/**
 * @param {number[]} sorted
 * @param {number} value
 */
function before(sorted, value) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Return the nodes of a stretch of a text, with the parts of it that lie in `spans` marked.
 *
 * @param {string} text the whole
 * @param {Span} within the stretch, in UTF-16 units
 * @param {Span[]} spans in UTF-16 units, in order
 * @returns {Node[]}
 */
export function marked(text, within, spans) {
  const nodes = [];
  let at = within.start;
  for (const span of spans) {
    const [start, end] = [Math.max(span.start, at), Math.min(span.end, within.end)];
    if (start >= end) continue;
    if (start > at) nodes.push(document.createTextNode(text.slice(at, start)));
    nodes.push(h("mark", {}, text.slice(start, end)));
    at = end;
  }
  if (at < within.end) nodes.push(document.createTextNode(text.slice(at, within.end)));
  return nodes;
}

/**
 * Return a text with marks made of the parts that lie in `spans`; other parts stay strings.
 *
 * @param {string} text
 * @param {Span[]} spans in code points, in order; what lies in one before it is left out
 * @param {(part: string, index: number) => import("./dom.js").Child} mark
 * @returns {import("./dom.js").Child[]}
 */
export function pieces(text, spans, mark) {
  const points = Array.from(text);
  /** @type {import("./dom.js").Child[]} */
  const made = [];
  let at = 0;
  spans.forEach(({ start, end }, index) => {
    if (start < at || end > points.length) return;
    made.push(points.slice(at, start).join(""), mark(points.slice(start, end).join(""), index));
    at = end;
  });
  made.push(points.slice(at).join(""));
  return made;
}

/**
 * Return how many code points a string has.
 *
 * @param {string} text
 */
export function length(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
