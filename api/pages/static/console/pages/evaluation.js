// @ts-check
/** One run of an evaluation: headline figures with their intervals, slices, worst cases, what it was made with. */

import { barChart, chartWords } from "../../shared/charts.js";
import { fill, h } from "../../shared/dom.js";
import { field, select } from "../../shared/form.js";
import { date, load, number, t } from "../../shared/i18n.js";
import { failure, note, skeleton } from "../../shared/states.js";
import { measured, measureName, sliceName } from "../measured.js";
import { backTo, badge, card, facts, head, sheet, tile } from "../parts.js";
import { to } from "../router.js";
import { state } from "./evaluations.js";

/**
 * @typedef {import("../measured.js").Figure} Figure
 * @typedef {import("../measured.js").Run & {figures: Figure[], measures: import("../measured.js").Measure[], settings: Record<string, any>, options: Record<string, any>, versions: Record<string, string>, code: string, comparisons: string[]}} Detail
 * @typedef {{id: string, question: string, slices: Record<string, string>, metrics: Record<string, number>, expected: string[], found: string[], answer: string | null, confidence: number | null, error: string, milliseconds: number, task: string}} Case
 */

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await Promise.all([load("parts", "evaluations"), chartWords()]);
  const { api, params, signal } = context;
  /** @type {Detail} */
  const run = await api.json(address(params.run), { signal });
  const compared = run.comparisons.map((name) => h("a", { class: "button", href: to(`/evaluations/${encodeURIComponent(run.name)}/comparisons/${encodeURIComponent(name)}`) }, t("evaluations.compared", { run: name })));
  const top = [backTo("/evaluations", t("nav.evaluations")), head(run.name, date(run.started), state(run), ...compared)];
  if (run.figures.length === 0) return h("div", { class: "stack" }, top, note("", h("p", {}, t("evaluations.unfinished.text"))), made(run));
  return h("div", { class: "stack" }, top, headlines(run), sliced(run), worst(context, run), everything(run), made(run));
}

/** @param {string} name */
export function address(name) {
  return `/v1/evaluations/${encodeURIComponent(name)}`;
}

/** @param {Detail} run */
function headlines(run) {
  return h("div", { class: "grid narrow" }, run.headlines.map((each) => tile(measureName(each.measure, run.measures), measured(each.measure, each.value, run.measures), bounds(each, run))));
}

/**
 * @param {Figure} figure
 * @param {Detail} run
 */
function bounds({ measure, interval, n }, run) {
  const said = interval && `${measured(measure, interval[0], run.measures)} – ${measured(measure, interval[1], run.measures)}`;
  return h("span", { class: "muted fine" }, [said, t("evaluations.n", { count: n })].filter(Boolean).join(" · "));
}

/** @param {Detail} run */
function sliced(run) {
  const measures = [...new Set(run.figures.filter(({ slice }) => slice !== "all").map(({ measure }) => measure))];
  if (measures.length === 0) return null;
  const first = run.headlines.find(({ measure }) => measures.includes(measure))?.measure ?? measures[0];
  const choice = field(t("evaluations.measure"), select(measures.map((name) => [name, measureName(name, run.measures)]), { value: first }));
  const place = h("div");
  function draw() {
    const name = choice.control.value;
    const figures = run.figures.filter(({ measure }) => measure === name);
    const bars = figures.map((each) => ({ name: each.slice, label: sliceName(each.slice), value: each.value, low: each.interval?.[0], high: each.interval?.[1], tone: each.slice === "all" ? "tone-2" : "tone-1" }));
    const unit = run.measures.find((each) => each.name === name)?.unit;
    fill(place, barChart({ title: measureName(name, run.measures), bars, format: (value) => measured(name, value, run.measures), most: unit === "share" ? 1 : undefined }));
  }
  choice.control.addEventListener("change", draw);
  draw();
  return card(t("evaluations.slices"), h("div", { class: "measure-choice" }, choice), place);
}

/**
 * @param {import("./index.js").Context} context
 * @param {Detail} run
 */
function worst({ api, signal }, run) {
  const slices = [...new Set(run.figures.map(({ slice }) => slice))];
  const measures = [...new Set(run.figures.map(({ measure }) => measure))].filter((name) => !/_ms$|auroc|aurc|ece|hand_over/.test(name));
  const slice = field(t("evaluations.slice"), select(slices.map((each) => [each, sliceName(each)])));
  const by = field(t("evaluations.measure"), select([["", t("evaluations.usual")], ...measures.map((name) => /** @type {[string, string]} */ ([name, measureName(name, run.measures)]))]));
  const place = h("div", { class: "stack" });
  async function draw() {
    fill(place, skeleton(4));
    try {
      const found = await api.json(`${address(run.name)}/cases`, { query: { slice: slice.control.value, measure: by.control.value, limit: 30 }, signal });
      fill(place, h("ul", { class: "plain-list" }, found.items.map((/** @type {Case} */ each) => shown(each, found.measure, run))));
    } catch (error) {
      fill(place, failure(error, draw));
    }
  }
  for (const { control } of [slice, by]) control.addEventListener("change", draw);
  draw();
  return card(t("evaluations.worst"), h("div", { class: "sides" }, slice, by), place);
}

/**
 * @param {Case} each
 * @param {string} measure
 * @param {Detail} run
 */
function shown(each, measure, run) {
  const value = each.metrics[measure];
  return h(
    "li",
    { class: "stack tight" },
    h(
      "div",
      { class: "row" },
      each.error ? badge("bad", t("evaluations.error")) : value !== undefined && badge("", `${measureName(measure, run.measures)} ${measured(measure, value, run.measures)}`),
      each.confidence !== null && badge("", t("evaluations.confidence", { value: number(each.confidence, { maximumFractionDigits: 2 }) })),
      h("code", { class: "fine muted" }, each.id),
    ),
    h("p", { class: "strong" }, each.question),
    each.error && h("p", {}, each.error),
    h("div", { class: "sides" }, said(t("evaluations.expected"), each.expected.join("\n") || t("evaluations.silence")), said(t("evaluations.got"), each.answer ?? (each.task === "answer" ? t("evaluations.silence") : each.found.slice(0, 5).join("\n")))),
  );
}

/**
 * @param {string} title
 * @param {string} text
 */
function said(title, text) {
  return h("div", { class: "stack tight" }, h("p", { class: "muted fine" }, title), h("blockquote", { class: "quote" }, text));
}

/** @param {Detail} run */
function everything(run) {
  const rows = run.figures.filter(({ slice }) => slice === "all");
  const columns = [
    { label: t("evaluations.measure"), bare: true, cell: (/** @type {Figure} */ each) => h("span", { title: run.measures.find(({ name }) => name === each.measure)?.explanation }, measureName(each.measure, run.measures)) },
    { label: t("evaluations.value"), numeric: true, cell: (/** @type {Figure} */ each) => h("b", {}, measured(each.measure, each.value, run.measures)) },
    { label: t("evaluations.interval"), numeric: true, cell: (/** @type {Figure} */ each) => each.interval && `${measured(each.measure, each.interval[0], run.measures)} – ${measured(each.measure, each.interval[1], run.measures)}` },
    { label: t("evaluations.cases"), numeric: true, cell: (/** @type {Figure} */ each) => number(each.n) },
  ];
  return card(t("evaluations.figures"), sheet(t("evaluations.figures"), columns, rows));
}

/** @param {Detail} run */
function made(run) {
  const pairs = (/** @type {Record<string, any>} */ said) => facts(Object.entries(said).map(([name, value]) => [name, value === null || value === "" ? "–" : String(value)]));
  const units = run.units.map(({ name, documents, cases }) => t("evaluations.unit", { name, documents, cases }));
  return h("details", { class: "card stack" }, h("summary", {}, t("evaluations.made")), h("p", {}, units.join("; ")), pairs({ ...run.settings, ...run.options, ...run.versions, code: run.code }));
}
