// @ts-check
/** How customers felt, by topic and time. */

import { chartWords, stackChart } from "../../shared/charts.js";
import { openDialog } from "../../shared/dialog.js";
import { h } from "../../shared/dom.js";
import { select } from "../../shared/form.js";
import { date, load, number, t } from "../../shared/i18n.js";
import { empty } from "../../shared/states.js";
import { mood, questions } from "../asked.js";
import { head, noBase } from "../parts.js";
import { period, periodChoice } from "../periods.js";
import { to } from "../router.js";
import { runs } from "./topics.js";

/**
 * @typedef {{start: string, level: number, questions: number}} Cell
 * @typedef {{topic_id: string | null, name: string, cells: Cell[]}} Row
 * @typedef {{starts: string[], topics: Row[]}} HeatMap
 */

const LEVELS = [1, 2, 3, 4, 5];
const INTERVALS = ["day", "week", "month"];
const DAY_MS = 86_400_000;

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await Promise.all([load("parts", "topics", "asked", "sentiment"), chartWords()]);
  const { session, api, query, signal } = context;
  const missing = noBase(session);
  if (missing) return h("div", { class: "stack" }, head(t("nav.sentiment")), missing);
  const interval = INTERVALS.find((each) => each === query.get("interval")) ?? "week";
  const { since, until } = period(query);
  /** @type {HeatMap} */
  const map = await api.json("/v1/insights/sentiment", { query: { knowledge_base: session.knowledgeBase, since, until, interval }, signal });
  const top = head(t("nav.sentiment"), t("sentiment.about"), periodChoice(context, "/sentiment"), intervalChoice(context, interval), runs(context));
  if (map.topics.length === 0) {
    return h("div", { class: "stack" }, top, h("div", { class: "card" }, empty({ icon: "chart", title: t("topics.empty"), text: t("topics.empty.text") })));
  }
  return h("div", { class: "stack" }, top, h("section", { class: "card" }, over(map)), h("section", { class: "card stack" }, h("h2", {}, t("sentiment.map")), legend(), heat(context, map, interval)));
}

/**
 * @param {import("./index.js").Context} context
 * @param {string} interval
 */
function intervalChoice({ query, go }, interval) {
  /** @type {[string, string][]} */
  const options = INTERVALS.map((each) => [each, t(`sentiment.interval.${each}`)]);
  const made = select(options, { value: interval, "aria-label": t("sentiment.interval"), class: "input compact" });
  made.addEventListener("change", () => go(to("/sentiment", { ...Object.fromEntries(query), interval: made.value })));
  return made;
}

/** @param {HeatMap} map */
function over(map) {
  const cells = map.topics.flatMap((row) => row.cells);
  const parts = LEVELS.map((level) => ({
    name: t(`asked.mood.${level}`),
    tone: `mood-${level}`,
    values: map.starts.map((start) => sum(cells.filter((cell) => cell.start === start && cell.level === level))),
  }));
  return stackChart({ title: t("sentiment.over"), points: map.starts.map((start) => date(start)), parts });
}

/** @param {Cell[]} cells */
function sum(cells) {
  return cells.reduce((total, cell) => total + cell.questions, 0);
}

function legend() {
  return h("ul", { class: "legend" }, LEVELS.map((level) => h("li", {}, h("span", { class: `swatch mood-${level}` }), t(`asked.mood.${level}`))));
}

/**
 * @param {import("./index.js").Context} context
 * @param {HeatMap} map
 * @param {string} interval
 */
function heat(context, map, interval) {
  const heads = map.starts.map((start) => h("th", { scope: "col" }, date(start)));
  const rows = map.topics.map((row) => h("tr", {}, h("th", { scope: "row" }, named(row)), map.starts.map((start) => h("td", {}, cell(context, row, start, interval)))));
  const table = h("table", { class: "heat" }, h("caption", { class: "unseen" }, t("sentiment.map")), h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("topics.topic")), heads)), h("tbody", {}, rows));
  return h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": t("sentiment.map") }, table);
}

/** @param {Row} row */
function named(row) {
  return row.name || t("sentiment.none");
}

/**
 * @param {import("./index.js").Context} context
 * @param {Row} row
 * @param {string} start
 * @param {string} interval
 */
function cell(context, row, start, interval) {
  const cells = row.cells.filter((each) => each.start === start);
  const count = sum(cells);
  if (!count) return null;
  const level = Math.round(cells.reduce((total, each) => total + each.level * each.questions, 0) / count);
  const label = t("sentiment.cell", { topic: named(row), start: date(start), count, mood: t(`asked.mood.${level}`) });
  return h("button", { type: "button", class: `mood-${level}`, "aria-label": label, title: label, on: { click: () => detail(context, row, start, { cells, interval }) } }, number(count));
}

/**
 * @param {import("./index.js").Context} context
 * @param {Row} row
 * @param {string} start
 * @param {{cells: Cell[], interval: string}} shown
 */
function detail(context, row, start, { cells, interval }) {
  const until = new Date(Date.parse(start) + { day: 1, week: 7, month: 31 }[interval] * DAY_MS);
  if (interval === "month") until.setUTCDate(1);
  const counts = h("div", { class: "row" }, cells.map((each) => [mood(each.level), number(each.questions)]).flat());
  const wanted = { since: `${start}T00:00:00Z`, until: until.toISOString(), topic_id: row.topic_id };
  openDialog(`${named(row)} · ${date(start)}`, [counts, questions(context, wanted)], { wide: true });
}
