// @ts-check
/** What each stage made of a question: how it was understood, what was found, how sure that is, how long it took. */

import { openCitation } from "../shared/citation.js";
import { h } from "../shared/dom.js";
import { number, percent, t } from "../shared/i18n.js";
import { marked, offsets } from "../shared/text.js";
import { placeAddress } from "./answerview.js";
import { languageName } from "./languages.js";

/** @typedef {import("./answerview.js").Answer} Answer */
/**
 * @typedef {{document_id: string, version: number, title: string, uri: string, section: string[], page: number | null,
 *   span: {start: number, end: number}, text: string, score: number, ranks: Record<string, number>,
 *   scores: Record<string, number>, highlights: {start: number, end: number}[], quarantined: boolean | null}} Passage
 * @typedef {{question: {text: string, standalone: string, language: string}, translated: string, passages: Passage[],
 *   sureness: {matter: string, features: {name: string, value: number, weight: number}[], intercept: number,
 *     shipped: number, confidence: number, needed: number}, timings_ms: Record<string, number>}} Explanation
 */

const SHOWN = 6; // passages before the others are folded away
const RETRIEVERS = /** @type {const} */ (["dense", "sparse", "context"]);

/**
 * @param {import("../shared/api.js").Api} api
 * @param {import("./session.js").Session} session
 * @param {Explanation} found
 * @param {Answer | null} answer
 */
export function stagesView(api, session, found, answer) {
  const stages = [
    [t("playground.stage.language"), languageStage(found)],
    [t("playground.stage.search"), searchStage(api, session, found)],
    [t("playground.stage.sure"), sureStage(found.sureness)],
    [t("playground.stage.times"), bars(took(answer?.timings_ms ?? found.timings_ms), (value) => t("playground.ms", { count: Math.round(value * 10) / 10 }))],
  ];
  return stages.map(([title, content], at) => h("section", { class: "stage" }, h("b", { "aria-hidden": "true" }, at + 1), h("div", {}, h("h3", {}, title), content)));
}

/**
 * @param {Record<string, number>} timings
 * @returns {[string, number][]}
 */
function took(timings) {
  return Object.entries(timings).map(([name, value]) => [t(`playground.took.${name}`), value]);
}

/** @param {Explanation} found */
function languageStage({ question, translated }) {
  const rows = [
    [t("documents.language"), languageName(question.language)],
    [t("playground.standalone"), question.standalone],
  ];
  if (translated) rows.push([t("playground.translated"), translated]);
  return h("dl", { class: "facts" }, rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

/**
 * @param {import("../shared/api.js").Api} api
 * @param {import("./session.js").Session} session
 * @param {Explanation} found
 */
function searchStage(api, session, { passages }) {
  if (passages.length === 0) return h("p", { class: "muted" }, t("playground.nothing"));
  const items = passages.map((passage, at) => found(api, session, passage, at));
  const more = items.length > SHOWN && h("details", {}, h("summary", {}, t("playground.more", { count: items.length - SHOWN })), h("ol", { class: "found", start: SHOWN + 1 }, items.slice(SHOWN)));
  return h("div", { class: "stack tight" }, h("ol", { class: "found" }, items.slice(0, SHOWN)), more);
}

/**
 * @param {import("../shared/api.js").Api} api
 * @param {import("./session.js").Session} session
 * @param {Passage} passage
 * @param {number} at
 */
function found(api, session, passage, at) {
  const open = () => openCitation(api, passage, { href: placeAddress(session, passage) });
  const title = h("button", { type: "button", class: "link", on: { click: open } }, passage.title || passage.uri);
  const held = passage.quarantined && h("span", { class: "badge warn" }, t("playground.held"));
  const ranks = RETRIEVERS.map((name) => fact(t(`playground.by.${name}`), rank(passage, name)));
  const late = passage.scores.late;
  const scores = [
    fact(t("playground.late"), late === undefined ? "–" : number(late, { maximumFractionDigits: 2 })),
    fact(t("playground.fused"), number(passage.score, { maximumFractionDigits: 2 })),
  ];
  return h("li", {}, h("p", {}, h("b", { class: "muted" }, `${at + 1}. `), title, " ", held), h("p", { class: "fine" }, snippet(passage)), h("p", { class: "row fine" }, ranks, scores));
}

/**
 * @param {string} name
 * @param {string} value
 */
function fact(name, value) {
  return h("span", { class: "fact" }, h("span", { class: "muted" }, `${name} `), h("b", {}, value));
}

/**
 * @param {Passage} passage
 * @param {string} retriever
 */
function rank(passage, retriever) {
  const place = passage.ranks[retriever];
  const score = passage.scores[retriever];
  if (place === undefined) return "–";
  return score === undefined ? number(place) : `${number(place)} (${number(score, { maximumFractionDigits: 2 })})`;
}

/** @param {Passage} passage */
function snippet({ text, span, highlights }) {
  const at = offsets(text);
  const spans = highlights.map(({ start, end }) => ({ start: at(start - span.start), end: at(end - span.start) }));
  const first = Math.max(0, (spans[0]?.start ?? 0) - 40);
  const within = { start: first, end: Math.min(text.length, first + 180) };
  return [first > 0 && "… ", marked(text, within, spans), within.end < text.length && " …"].flat();
}

/** @param {Explanation["sureness"]} sure */
function sureStage(sure) {
  const gauge = h("div", { class: "gauge", role: "img", "aria-label": t("playground.gauge", { share: percent(sure.confidence), needed: percent(sure.needed) }) }, h("span", { style: { width: percentOf(sure.confidence) } }), h("i", { style: { left: percentOf(sure.needed) } }));
  const said = h("p", {}, t("playground.gauge", { share: percent(sure.confidence), needed: percent(sure.needed) }));
  /** @type {[string, number][]} */
  const terms = sure.features.map(({ name, value, weight }) => [t(`playground.feature.${name}`), value * weight]);
  const model = h("p", { class: "muted fine" }, t("playground.matter", { matter: t(`playground.matter.${sure.matter}`) }));
  return h("div", { class: "stack tight" }, gauge, said, model, bars(terms, (value) => number(value, { maximumFractionDigits: 2, signDisplay: "exceptZero" })));
}

/** @param {number} share */
function percentOf(share) {
  return `${Math.round(share * 1000) / 10}%`;
}

/**
 * @param {[string, number][]} rows
 * @param {(value: number) => string} said
 */
function bars(rows, said) {
  const most = Math.max(...rows.map(([, value]) => Math.abs(value)), 1e-9);
  const cells = rows.flatMap(([name, value]) => [
    h("dt", {}, name),
    h("dd", {}, h("span", { class: `bar ${value < 0 ? "minus" : ""}`, style: { width: percentOf(Math.abs(value) / most) } })),
    h("dd", { class: "numeric" }, said(value)),
  ]);
  return h("dl", { class: "bars" }, cells);
}
