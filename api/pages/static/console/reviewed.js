// @ts-check
/** Feedback with the question and the answer that it is about. */

import { h } from "../shared/dom.js";
import { date, number, t } from "../shared/i18n.js";
import { languageName } from "./languages.js";
import { badge } from "./parts.js";
import { to } from "./router.js";
import { sources } from "./talkview.js";

/**
 * @typedef {"accepted" | "edited" | "rejected" | "solved"} Verdict
 * @typedef {{question: string, standalone: string, language: string, answer: string, citations: import("./talkview.js").Cited[], abstained: string | null, clarified: boolean, handoff: string | null, created_at: string}} About
 * @typedef {{id: string, conversation_id: string, answer_id: string, knowledge_base: string, verdict: Verdict | null, edited_text: string, csat: number | null, comment: string, created_at: string, about: About}} Review
 */

const KINDS = { accepted: "good", edited: "warn", rejected: "bad", solved: "good" };
export const VERDICTS = /** @type {Verdict[]} */ (Object.keys(KINDS));

/**
 * Return one piece of feedback.
 *
 * @param {Review} each
 * @param {{linked?: boolean}} [options] whether it leads to its conversation
 */
export function review(each, { linked = false } = {}) {
  const { about } = each;
  const marks = h(
    "div",
    { class: "row fine muted" },
    each.verdict && badge(KINDS[each.verdict], t(`feedback.verdict.${each.verdict}`)),
    each.csat !== null && rating(each.csat),
    h("time", { datetime: each.created_at }, date(each.created_at)),
    h("span", {}, languageName(about.language)),
    linked && h("a", { href: to(`/conversations/${encodeURIComponent(each.conversation_id)}`) }, t("feedback.conversation")),
  );
  const said = [
    h("p", { class: "strong", lang: about.language }, about.question),
    h("p", { class: "pre muted", lang: about.language }, about.answer || silence(about)),
    sources(about.citations),
    each.edited_text && part("good", t("feedback.sent"), each.edited_text),
    each.comment && part("", t("feedback.comment"), each.comment),
  ];
  return h("li", { class: "stack tight" }, marks, said);
}

/** @param {number} value */
export function rating(value) {
  return badge(value <= 2 ? "bad" : value >= 4 ? "good" : "", t("feedback.csat", { value: number(value) }));
}

/** Say what was done where nothing was answered. @param {About} about */
function silence({ abstained, clarified, handoff }) {
  if (clarified) return t("feedback.clarified");
  if (abstained) return t(`playground.abstained.${abstained}`);
  return t(handoff ? "playground.handoff" : "feedback.silent");
}

/**
 * @param {string} kind
 * @param {string} title
 * @param {string} text
 */
function part(kind, title, text) {
  return h("div", {}, h("p", { class: "fine muted" }, title), h("blockquote", { class: `quote ${kind}` }, text));
}
