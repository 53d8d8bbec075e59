// @ts-check
/** Charts as SVG: drawn anew as wide as they stand, with axes, a legend, and the same values as a table. */

import { append, fill, h, svg, uniqueId } from "./dom.js";
import { load, number, t } from "./i18n.js";
import { linear, shortened, ticks } from "./scales.js";

/**
 * @typedef {{name: string, values: (number | null)[], low?: (number | null)[], high?: (number | null)[], dashed?: boolean}} Series
 * @typedef {{name: string, label: string, value: number, low?: number | null, high?: number | null, other?: number | null, tone?: string}} Bar
 * @typedef {(value: number) => string} Format
 */

const HEIGHT = 240;
const ROW = 30;
const EDGE = { top: 12, right: 12, bottom: 28, left: 44 };

/** Load the words that charts need. */
export function chartWords() {
  return load("charts");
}

/**
 * Return lines over the same points of time or the like; a series with bounds has a band.
 *
 * @param {{title: string, points: string[], series: Series[], format?: Format, mark?: number}} said `mark`: the point
 *   from which on values are expected ones
 */
export function lineChart({ title, points, series, format = number, mark = -1 }) {
  const values = series.flatMap((each) => [...each.values, ...(each.high ?? [])]).filter((each) => each !== null);
  const steps = ticks(0, Math.max(1, ...values));
  /** @param {number} width */
  function draw(width) {
    const { x, y, axes } = grid(width, points, steps, format);
    const edge = mark >= 0 && svg("line", { class: "chart-edge", x1: x(mark), x2: x(mark), y1: EDGE.top, y2: HEIGHT - EDGE.bottom });
    const shown = series.map((each, at) => line(each, at, x, y, points, format)).flat();
    return svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT }, axes, edge, shown);
  }
  const rows = points.map((point, at) => [point, ...series.map((each) => told(each, at, format))]);
  const legend = series.map(({ name }, at) => ({ name, tone: `tone-${at + 1}`, dashed: series[at].dashed }));
  return figure(title, draw, { legend, heads: [t("charts.point"), ...series.map(({ name }) => name)], rows });
}

/**
 * Return columns that are stacked from parts: how many of each sort there were at each point.
 *
 * @param {{title: string, points: string[], parts: {name: string, tone: string, values: number[]}[]}} said
 */
export function stackChart({ title, points, parts }) {
  const totals = points.map((_, at) => parts.reduce((sum, part) => sum + part.values[at], 0));
  const steps = ticks(0, Math.max(1, ...totals));
  /** @param {number} width */
  function draw(width) {
    const { y, axes, slot } = grid(width, points, steps, number, true);
    const wide = Math.min(36, Math.max(2, slot.width * 0.72));
    const columns = points.map((point, at) => {
      let below = 0;
      return parts.map((part) => {
        const [from, to] = [below, below + part.values[at]];
        below = to;
        const box = { x: slot.middle(at) - wide / 2, width: wide, y: y(to), height: Math.max(0, y(from) - y(to)) };
        return to > from && svg("rect", { class: `fill ${part.tone}`, ...box }, svg("title", {}, `${point} · ${part.name}: ${number(part.values[at])}`));
      });
    });
    return svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT }, axes, columns.flat());
  }
  const rows = points.map((point, at) => [point, ...parts.map((part) => number(part.values[at]))]);
  return figure(title, draw, { legend: parts, heads: [t("charts.point"), ...parts.map(({ name }) => name)], rows });
}

/**
 * Return bars from the left, one below the other, each with its value and, if it has one, its interval; `other` is a
 * thin bar below it to compare it with.
 *
 * @param {{title: string, bars: Bar[], format?: Format, most?: number, names?: [string, string]}} said `names` are those
 *   of the values and the others
 */
export function barChart({ title, bars, format = number, most, names }) {
  const greatest = most ?? Math.max(1e-9, ...bars.flatMap(({ value, high, other }) => [value, high ?? 0, other ?? 0]));
  /** @param {number} width */
  function draw(width) {
    const left = Math.min(220, width * 0.4);
    const x = linear(0, greatest, left + 8, width - 64);
    const height = bars.length * ROW + 4;
    const shown = bars.map((bar, at) => row(bar, at * ROW + 2, { left, x, format, names }));
    return svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height }, shown);
  }
  const heads = ["", names?.[0] ?? t("charts.value")];
  if (names) heads.push(names[1]);
  const rows = bars.map((bar) => {
    const bounds = bar.low != null && bar.high != null ? ` (${format(bar.low)} – ${format(bar.high)})` : "";
    return [bar.label, format(bar.value) + bounds, ...(names ? [bar.other == null ? "" : format(bar.other)] : [])];
  });
  const legend = names ? [{ name: names[0], tone: "tone-1" }, { name: names[1], tone: "tone-5" }] : [];
  return figure(title, draw, { legend, heads, rows });
}

/**
 * @param {Bar} bar
 * @param {number} top
 * @param {{left: number, x: (value: number) => number, format: Format, names?: [string, string]}} how
 */
function row(bar, top, { left, x, format, names }) {
  const middle = top + ROW / 2;
  const spoken = `${bar.label}: ${format(bar.value)}`;
  const thin = bar.other != null && svg("rect", { class: "fill tone-5", x: x(0), y: middle + 5, width: Math.max(0, x(bar.other) - x(0)), height: 4, rx: 2 });
  const size = { x: x(0), y: middle - 7, width: Math.max(1, x(bar.value) - x(0)), height: names ? 11 : 14, rx: 3 };
  const bounded = bar.low != null && bar.high != null;
  const whisker = bounded && svg("path", { class: "chart-whisker", d: `M${x(Number(bar.low))} ${middle}H${x(Number(bar.high))}m0 -4v8M${x(Number(bar.low))} ${middle - 4}v8` });
  const end = Math.max(x(bar.value), bounded ? x(Number(bar.high)) : 0, bar.other == null ? 0 : x(bar.other));
  const label = svg("text", { class: "chart-label", x: left, y: middle + 4, "text-anchor": "end" }, shortened(bar.label, left));
  const value = svg("text", { class: "chart-value", x: end + 6, y: middle + 4 }, format(bar.value));
  return svg("g", {}, svg("title", {}, spoken), label, svg("rect", { class: `fill ${bar.tone ?? "tone-1"}`, ...size }), thin, whisker, value);
}

/**
 * @param {number} width
 * @param {string[]} points
 * @param {number[]} steps of the upright axis
 * @param {Format} format
 * @param {boolean} [slots] whether points are columns with a width of their own
 */
function grid(width, points, steps, format, slots = false) {
  const [first, last] = [EDGE.left, width - EDGE.right];
  const one = (last - first) / Math.max(1, points.length);
  /** @param {number} at */
  const middle = (at) => first + one * (at + 0.5);
  const x = slots ? middle : linear(0, Math.max(1, points.length - 1), first, last);
  const y = linear(0, steps[steps.length - 1], HEIGHT - EDGE.bottom, EDGE.top);
  const every = Math.max(1, Math.ceil((points.length * 72) / (last - first)));
  const axes = [
    steps.map((step) => [
      svg("line", { class: "chart-grid", x1: first, x2: last, y1: y(step), y2: y(step) }),
      svg("text", { class: "chart-tick", x: first - 8, y: y(step) + 4, "text-anchor": "end" }, format(step)),
    ]),
    points.map((point, at) => {
      if (at % every || (at + every / 2 > points.length && at > 0)) return null;
      const anchor = slots ? "middle" : at === 0 ? "start" : at === points.length - 1 ? "end" : "middle";
      return svg("text", { class: "chart-tick", x: x(at), y: HEIGHT - 8, "text-anchor": anchor }, point);
    }),
  ].flat(2);
  return { x, y, axes, slot: { width: one, middle } };
}

/**
 * @param {Series} series
 * @param {number} at
 * @param {(value: number) => number} x
 * @param {(value: number) => number} y
 * @param {string[]} points
 * @param {Format} format
 */
function line(series, at, x, y, points, format) {
  const tone = `tone-${at + 1}`;
  const { low, high, values } = series;
  const there = values.map((value, index) => ({ value, index })).filter((each) => each.value !== null);
  const path = there.map(({ value, index }, step) => `${step ? "L" : "M"}${x(index)} ${y(Number(value))}`).join("");
  const bounded = there.filter(({ index }) => low?.[index] != null && high?.[index] != null);
  const over = bounded.map(({ index }) => `${x(index)} ${y(Number(high?.[index]))}`);
  const under = bounded.map(({ index }) => `${x(index)} ${y(Number(low?.[index]))}`).reverse();
  const band = bounded.length > 1 && svg("path", { class: `band ${tone}`, d: `M${[...over, ...under].join("L")}Z` });
  const dots = there.map(({ value, index }) =>
    svg("circle", { class: `dot ${tone}`, cx: x(index), cy: y(Number(value)), r: there.length > 40 ? 2 : 3 },
      svg("title", {}, `${points[index]} · ${series.name}: ${format(Number(value))}`)),
  );
  return [band, svg("path", { class: `line ${tone}${series.dashed ? " dashed" : ""}`, d: path }), dots].flat();
}

/**
 * @param {Series} series
 * @param {number} at
 * @param {Format} format
 */
function told({ values, low, high }, at, format) {
  const value = values[at];
  if (value === null || value === undefined) return "";
  const bounds = low?.[at] != null && high?.[at] != null ? ` (${format(Number(low[at]))} – ${format(Number(high[at]))})` : "";
  return format(value) + bounds;
}

/**
 * @param {string} title
 * @param {(width: number) => SVGElement} draw
 * @param {{legend: {name: string, tone: string, dashed?: boolean}[], heads: string[], rows: string[][]}} said
 */
function figure(title, draw, { legend, heads, rows }) {
  const id = uniqueId("chart");
  const place = h("div", { class: "chart", role: "img", "aria-labelledby": id });
  const keys = legend.length > 1 && h("ul", { class: "legend" }, legend.map(({ name, tone, dashed }) => h("li", {}, h("span", { class: `swatch ${tone}${dashed ? " dashed" : ""}` }), name)));
  const shown = h("figure", { class: "figure" }, h("figcaption", { id, class: "strong" }, title), keys, place, values(title, heads, rows));
  let drawn = 0;
  const watch = new ResizeObserver(() => {
    const width = Math.floor(place.clientWidth);
    if (width < 40 || width === drawn) return;
    drawn = width;
    const made = draw(width);
    made.setAttribute("aria-hidden", "true");
    fill(place, made);
  });
  watch.observe(place);
  return shown;
}

/**
 * @param {string} title
 * @param {string[]} heads
 * @param {string[][]} rows
 */
function values(title, heads, rows) {
  const shown = h("details", { class: "fine" }, h("summary", {}, t("charts.table")));
  const body = h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": title });
  shown.addEventListener("toggle", () => {
    if (!shown.open || body.childElementCount) return;
    append(body, h("table", { class: "table" }, h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), rest.map((each) => h("td", {}, each)))))));
  });
  append(shown, body);
  return shown;
}
