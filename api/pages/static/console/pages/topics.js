// @ts-check
/** What customers ask: topics of a period beside the one before, how many questions a day, and how many to expect. */

import { barChart, chartWords, lineChart } from "../../shared/charts.js";
import { openDialog } from "../../shared/dialog.js";
import { fill, h } from "../../shared/dom.js";
import { button } from "../../shared/form.js";
import { date, load, number, percent, t } from "../../shared/i18n.js";
import { empty, note } from "../../shared/states.js";
import { told } from "../../shared/toast.js";
import { mixed, questions } from "../asked.js";
import { days, period, periodChoice } from "../periods.js";
import { badge, card, facts, head, noBase, sheet, tile } from "../parts.js";

/**
 * @typedef {{id: string, name: string, terms: string[], questions: number, conversations: number, share: number, before: number, growth: number | null, emerging: boolean, abstained: number, handed_over: number, csat: number | null, level: number | null, languages: Record<string, number>, samples: string[], first_seen: string}} Topic
 * @typedef {{topics: {cells: {start: string, questions: number}[]}[]}} HeatMap
 * @typedef {{day: string, questions: number, low: number, high: number}} Expected
 */

const CHARTED = 12;
const AHEAD = 14;

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await Promise.all([load("parts", "topics", "asked"), chartWords()]);
  const { session, api, query, signal } = context;
  const missing = noBase(session);
  if (missing) return h("div", { class: "stack" }, head(t("nav.topics")), missing);
  const { since, until } = period(query);
  const asked = { knowledge_base: session.knowledgeBase, since, until };
  const [topics, map] = await Promise.all([
    api.json("/v1/insights/topics", { query: { ...asked, limit: 200 }, signal }),
    api.json("/v1/insights/sentiment", { query: { ...asked, interval: "day" }, signal }),
  ]);
  const top = head(t("nav.topics"), t("topics.about"), periodChoice(context, "/topics"), runs(context));
  /** @type {Topic[]} */
  const items = topics.items;
  if (items.length === 0 && map.topics.length === 0) return h("div", { class: "stack" }, top, nothing(session));
  return h("div", { class: "stack" }, top, tiles(items, map), trend(context, map, { since, until }), charted(items), listed(context, items));
}

/**
 * Return what is expected; nothing where there are too few questions yet to tell.
 *
 * @param {import("./index.js").Context} context
 * @returns {Promise<Expected[]>}
 */
async function forecast({ session, api, signal }) {
  try {
    return (await api.json("/v1/insights/forecast", { query: { knowledge_base: session.knowledgeBase, days: AHEAD }, signal })).items;
  } catch {
    return [];
  }
}

/** @param {import("../session.js").Session} session */
function nothing(session) {
  const text = session.may("admin") ? t("topics.empty.text") : t("topics.empty.wait");
  return h("div", { class: "card" }, empty({ icon: "chart", title: t("topics.empty"), text }));
}

/**
 * Return the button that reads new questions now.
 *
 * @param {import("./index.js").Context} context
 */
export function runs({ session, api, reload }) {
  if (!session.may("admin")) return null;
  return button(
    t("asked.run"),
    async () => {
      const report = await api.json("/v1/insights/runs", { method: "POST", body: { knowledge_base: session.knowledgeBase } });
      told(t("asked.ran", { count: report.read }));
      reload();
    },
    { icon: "retry" },
  );
}

/**
 * @param {Topic[]} items
 * @param {{topics: {cells: {questions: number}[]}[]}} map
 */
function tiles(items, map) {
  const all = map.topics.flatMap(({ cells }) => cells).reduce((sum, cell) => sum + cell.questions, 0);
  const emerging = items.filter((each) => each.emerging).length;
  const [abstained, handed] = ["abstained", "handed_over"].map((name) => mean(items, /** @type {"abstained"} */ (name)));
  return h(
    "div",
    { class: "grid narrow" },
    tile(t("topics.questions"), number(all)),
    tile(t("topics.topics"), number(items.length), emerging > 0 && h("span", {}, badge("warn", t("topics.emerging.count", { count: emerging })))),
    tile(t("topics.abstained"), percent(abstained)),
    tile(t("topics.handed"), percent(handed)),
  );
}

/**
 * @param {Topic[]} items
 * @param {"abstained" | "handed_over"} name
 */
function mean(items, name) {
  const questions = items.reduce((sum, each) => sum + each.questions, 0);
  return questions ? items.reduce((sum, each) => sum + each[name] * each.questions, 0) / questions : 0;
}

/**
 * Return the questions of each day, and soon what is expected after them.
 *
 * @param {import("./index.js").Context} context
 * @param {HeatMap} map
 * @param {{since: string, until: string}} period
 */
function trend(context, map, { since, until }) {
  const place = h("section", { class: "card stack" }, daily(map, [], since, until));
  forecast(context).then((expected) => {
    const few = expected.length === 0 && note("", h("p", {}, t("topics.few")));
    fill(place, daily(map, expected, since, until), few);
  });
  return place;
}

/**
 * @param {HeatMap} map
 * @param {Expected[]} expected
 * @param {string} since
 * @param {string} until
 */
function daily(map, expected, since, until) {
  /** @type {Map<string, number>} */
  const counted = new Map();
  for (const { start, questions: count } of map.topics.flatMap(({ cells }) => cells)) counted.set(start, (counted.get(start) ?? 0) + count);
  const ahead = expected.filter(({ day }) => day >= until.slice(0, 10));
  const past = days(since, until).slice(0, ahead.length ? -1 : undefined); // today is still to come in
  const points = [...past, ...ahead.map(({ day }) => day)];
  const unknown = Array(past.length).fill(null);
  const series = [{ name: t("topics.asked"), values: [...past.map((day) => counted.get(day) ?? 0), ...ahead.map(() => null)] }];
  if (ahead.length) {
    series.push(
      /** @type {any} */ ({
        name: t("topics.expected"),
        dashed: true,
        values: [...unknown, ...ahead.map((each) => each.questions)],
        low: [...unknown, ...ahead.map((each) => each.low)],
        high: [...unknown, ...ahead.map((each) => each.high)],
      }),
    );
  }
  const format = (/** @type {number} */ value) => number(value, { maximumFractionDigits: 1 });
  const labels = points.map((day) => date(day));
  return lineChart({ title: t("topics.daily"), points: labels.map(brief), series, format, mark: ahead.length ? past.length : -1 });
}

/** Leave the year out of a date, where it is not needed. @param {string} words */
function brief(words) {
  return words.replace(/,? ?\d{4}(年|\/)?/, "");
}

/** @param {Topic[]} items */
function charted(items) {
  if (items.length === 0) return null;
  const bars = items.slice(0, CHARTED).map((each) => ({ name: each.id, label: each.name, value: each.questions, other: each.before }));
  return h("section", { class: "card" }, barChart({ title: t("topics.most"), bars, names: [t("topics.now"), t("topics.before")] }));
}

/**
 * @param {import("./index.js").Context} context
 * @param {Topic[]} items
 */
function listed(context, items) {
  const columns = [
    {
      label: t("topics.topic"),
      bare: true,
      cell: (/** @type {Topic} */ each) => [h("button", { class: "text-button", type: "button", on: { click: () => detail(context, each) } }, each.name), h("p", { class: "muted fine" }, each.samples[0])],
    },
    { label: t("topics.questions"), numeric: true, cell: (/** @type {Topic} */ each) => number(each.questions) },
    { label: t("topics.share"), numeric: true, cell: (/** @type {Topic} */ each) => percent(each.share) },
    { label: t("topics.growth"), numeric: true, cell: growth },
    { label: t("topics.abstained"), numeric: true, cell: (/** @type {Topic} */ each) => percent(each.abstained) },
    { label: t("topics.handed"), numeric: true, cell: (/** @type {Topic} */ each) => percent(each.handed_over) },
    { label: t("topics.mood"), numeric: true, cell: (/** @type {Topic} */ each) => (each.level === null ? "" : number(each.level, { maximumFractionDigits: 1 })) },
  ];
  return sheet(t("nav.topics"), columns, items);
}

/** @param {Topic} each */
function growth(each) {
  if (each.emerging) return badge("warn", t("topics.emerging"));
  if (each.growth === null) return badge("accent", t("topics.new"));
  return number(each.growth, { style: "percent", signDisplay: "exceptZero", maximumFractionDigits: 0 });
}

/**
 * @param {import("./index.js").Context} context
 * @param {Topic} topic
 */
function detail(context, topic) {
  const told = facts([
    [t("topics.questions"), number(topic.questions)],
    [t("topics.conversations"), number(topic.conversations)],
    [t("topics.before"), number(topic.before)],
    [t("topics.csat"), topic.csat === null ? "" : number(topic.csat, { maximumFractionDigits: 1 })],
    [t("topics.languages"), mixed(topic.languages)],
    [t("topics.first"), date(topic.first_seen)],
  ]);
  const terms = h("ul", { class: "chips", "aria-label": t("topics.terms") }, topic.terms.map((term) => h("li", {}, badge("", term))));
  const { since, until } = period(context.query);
  openDialog(topic.name, [terms, told, card(t("asked.questions"), questions(context, { topic_id: topic.id, since, until }))], { wide: true });
}
