// @ts-check
/** An answer as it comes in: text with its citations, or why there is none. */

import { openCitation } from "../shared/citation.js";
import { append, fill, h } from "../shared/dom.js";
import { button } from "../shared/form.js";
import { percent, t } from "../shared/i18n.js";
import { note } from "../shared/states.js";
import { offsets } from "../shared/text.js";
import { to } from "./router.js";

/** @typedef {import("../shared/citation.js").Place & {id: string, quote: string, answer_span: {start: number, end: number}}} Citation */
/**
 * @typedef {{conversation_id: string, question: {text: string, standalone: string, language: string},
 *   answer: null | {text: string, language: string, mode: string, lead_in: string, notes: string[]}, citations: Citation[],
 *   confidence: number, abstained: null | {reason: string, message: string},
 *   clarify: null | {question: string, options: string[]},
 *   handoff: null | {reason: string, queue: string, priority: string, summary: string, message?: string},
 *   conflicts: {decided_by: string, holds: Side, against: Side}[], follow_ups: string[],
 *   timings_ms: Record<string, number>}} Answer
 * @typedef {{document_id: string, version: number, title: string, uri: string, span: {start: number, end: number}, quote: string}} Side
 */

/**
 * Return where a document is shown at the place of a citation.
 *
 * @param {import("./session.js").Session} session
 * @param {{document_id: string, version: number, span: {start: number, end: number}}} place
 */
export function placeAddress(session, place) {
  if (!session.may("agent", "admin", "evaluator", "auditor")) return "";
  const { start, end } = place.span;
  return to(`/documents/${encodeURIComponent(place.document_id)}`, { version: place.version, start, end });
}

/**
 * Return an answer's place: `add` shows text as it comes, `done` the whole with citations and actions.
 *
 * @param {import("../shared/api.js").Api} api
 * @param {import("./session.js").Session} session
 * @param {(question: string) => void} ask
 */
export function answerView(api, session, ask) {
  const text = h("div", { class: "answer-text" });
  const root = h("div", { class: "stack" }, text);
  /** @param {{document_id: string, version: number, title: string, uri: string, span: {start: number, end: number}}} place */
  const open = (place) => openCitation(api, { section: [], page: null, ...place }, { href: placeAddress(session, place) });
  const view = {
    root,
    answer: /** @type {Answer | null} */ (null),
    /** @param {string} words */
    add: (words) => text.append(words),
    /** @param {Answer} answer */
    done(answer) {
      view.answer = answer;
      fill(root, ...outcome(answer, open, ask));
    },
  };
  return view;
}

/**
 * @param {Answer} answer
 * @param {(place: any) => unknown} open
 * @param {(question: string) => void} ask
 */
function outcome(answer, open, ask) {
  const parts = [];
  const sure = h("p", { class: "row" }, h("span", { class: `badge ${answer.answer ? "good" : "warn"}` }, t("playground.sure", { share: percent(answer.confidence) })));
  if (answer.answer) {
    append(sure, h("span", { class: "badge" }, t(`playground.mode.${answer.answer.mode}`)));
    if (answer.answer.lead_in) parts.push(h("p", { class: "muted" }, answer.answer.lead_in));
    parts.push(h("div", { class: "answer-text", lang: answer.answer.language }, cited(answer.answer.text, answer.citations, open)));
    parts.push(...answer.answer.notes.map((said) => note("", said)));
  }
  parts.push(sure);
  if (answer.citations.length) parts.push(sources(answer.citations, open));
  if (answer.abstained) parts.push(note("warn", h("p", { class: "strong" }, t(`playground.abstained.${answer.abstained.reason}`)), h("p", {}, answer.abstained.message)));
  if (answer.clarify) parts.push(choices(answer.clarify.question, answer.clarify.options, ask));
  if (answer.handoff) parts.push(handedOver(answer.handoff));
  for (const each of answer.conflicts) parts.push(conflict(each, open));
  if (answer.follow_ups.length) parts.push(choices(t("playground.next"), answer.follow_ups, ask));
  return parts;
}

/**
 * Return the text with a button behind each stretch that a citation supports.
 *
 * @param {string} text
 * @param {Citation[]} citations
 * @param {(place: any) => unknown} open
 */
function cited(text, citations, open) {
  const at = offsets(text);
  const nodes = [];
  let before = 0;
  for (const [index, citation] of citations.entries()) {
    const end = at(citation.answer_span.end);
    const label = t("playground.open", { id: index + 1, title: citation.title });
    if (end > before) nodes.push(text.slice(before, end));
    before = Math.max(before, end);
    nodes.push(h("button", { type: "button", class: "cite", "aria-label": label, on: { click: () => open(citation) } }, index + 1));
  }
  nodes.push(text.slice(before));
  return nodes;
}

/**
 * @param {Citation[]} citations
 * @param {(place: any) => unknown} open
 */
function sources(citations, open) {
  const items = citations.map((citation, index) =>
    h(
      "li",
      {},
      h("button", { type: "button", on: { click: () => open(citation) } }, h("b", {}, `[${index + 1}]`), h("span", {}, h("span", { class: "strong" }, citation.title || citation.uri), h("br"), h("span", { class: "muted fine" }, [citation.uri, ...citation.section.slice(-1)].join(" · ")))),
    ),
  );
  return h("section", { class: "stack tight" }, h("h3", {}, t("playground.sources")), h("ul", { class: "sources" }, items));
}

/**
 * @param {string} title
 * @param {string[]} options
 * @param {(question: string) => void} ask
 */
function choices(title, options, ask) {
  return h("div", { class: "stack tight" }, h("p", { class: "strong" }, title), h("div", { class: "row" }, options.map((option) => button(option, () => ask(option), { kind: "small" }))));
}

/** @param {NonNullable<Answer["handoff"]>} handoff */
function handedOver(handoff) {
  const facts = t("playground.queue", { queue: t(`playground.queue.${handoff.queue}`), priority: t(`playground.priority.${handoff.priority}`) });
  return note("", h("p", { class: "strong" }, t("playground.handoff")), handoff.message && h("p", {}, handoff.message), h("p", { class: "pre" }, handoff.summary), h("p", { class: "muted fine" }, `${t(`playground.handoff.${handoff.reason}`)} · ${facts}`));
}

/**
 * @param {Answer["conflicts"][number]} found
 * @param {(place: any) => unknown} open
 */
function conflict(found, open) {
  const sides = [found.holds, found.against].map((side) => h("li", {}, h("button", { type: "button", class: "text-button", on: { click: () => open(side) } }, side.title || side.uri), h("blockquote", { class: "quote" }, side.quote)));
  return note("warn", h("p", { class: "strong" }, t("playground.conflict")), h("ul", { class: "plain stack tight" }, sides));
}
