// @ts-check
/** A page drawn from where its lines were read: the original files are not kept. */

import { append, h, svg } from "./dom.js";
import { t } from "./i18n.js";
import { offsets } from "./text.js";

const WIDTH = 1000;
const HEIGHT = 1414; // of A4; boxes are shares of the page, whatever its form

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */
/** @typedef {{span: {start: number, end: number}, page: number, box: Box, confidence: number}} Region */

/**
 * Return a page with its lines in their places; those that a span touches stand in a box.
 *
 * @param {string} text
 * @param {Region[]} regions
 * @param {{start: number, end: number}} span in code points
 * @param {number} page
 */
export function pageView(text, regions, span, page) {
  const at = offsets(text);
  const lines = regions.filter((region) => region.page === page);
  const drawn = svg("svg", { class: "page-view", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": t("citation.page", { page }) });
  for (const region of lines) {
    const cited = region.span.start < span.end && span.start < region.span.end;
    append(drawn, ...line(text.slice(at(region.span.start), at(region.span.end)), region.box, cited));
  }
  return h("div", { class: "stack tight" }, h("p", { class: "muted fine" }, t("citation.drawn")), drawn);
}

/**
 * @param {string} words
 * @param {Box} box
 * @param {boolean} cited
 */
function line(words, box, cited) {
  const [x, y] = [box.left * WIDTH, box.top * HEIGHT];
  const [width, height] = [(box.right - box.left) * WIDTH, (box.bottom - box.top) * HEIGHT];
  const vertical = height > 2 * width && words.length > 1;
  const frame = cited && svg("rect", { class: "cited", x: x - 4, y: y - 4, width: width + 8, height: height + 8, rx: 4 });
  const place = vertical
    ? { x: x + width / 2, y, "font-size": width * 0.85, textLength: height, class: "vertical" }
    : { x, y: y + height * 0.8, "font-size": height * 0.8, textLength: width };
  return [frame, svg("text", { ...place, lengthAdjust: "spacingAndGlyphs" }, words)];
}
