// @ts-check
/** Questions that customers asked, page by page. */

import { append, h } from "../shared/dom.js";
import { button } from "../shared/form.js";
import { date, number, t } from "../shared/i18n.js";
import { failure, skeleton } from "../shared/states.js";
import { languageName } from "./languages.js";
import { badge } from "./parts.js";
import { to } from "./router.js";

/** @typedef {{answer_id: string, conversation_id: string, text: string, language: string, asked_at: string, level: number, csat: number | null, failures: string[]}} Question */

/**
 * Return the questions of a topic, a gap or a mood, the newest first; more on request.
 *
 * @param {{session: import("./session.js").Session, api: import("../shared/api.js").Api}} context
 * @param {Record<string, any>} wanted
 * @param {(found: Question[]) => void} [seen] is told each page
 */
export function questions({ session, api }, wanted, seen = () => {}) {
  const pages = api.pages("/v1/insights/questions", { query: { knowledge_base: session.knowledgeBase, limit: 25, ...wanted } });
  const list = h("ul", { class: "plain-list" });
  const more = button(t("parts.more"), add, { kind: "plain", hidden: true });
  const waiting = skeleton(4);
  const shown = h("div", { class: "stack tight" }, waiting, list, more);

  async function add() {
    try {
      const { value, done } = await pages.next();
      if (!done) {
        append(list, value.map((each) => question(each, session.may("admin", "evaluator"))));
        seen(value);
      }
      more.hidden = done || value.length < 25;
      if (!list.childElementCount) append(list, h("li", { class: "muted" }, t("asked.none")));
    } catch (error) {
      append(shown, failure(error));
    }
    waiting.remove();
  }
  add();
  return shown;
}

/**
 * @param {Question} each
 * @param {boolean} linked whether the caller may look at its conversation
 */
function question(each, linked) {
  const below = h(
    "div",
    { class: "row fine muted" },
    h("span", {}, date(each.asked_at)),
    h("span", {}, languageName(each.language)),
    mood(each.level),
    each.csat !== null && h("span", {}, t("asked.csat", { value: number(each.csat) })),
    each.failures.map((failed) => badge("bad", t(`asked.failure.${failed}`))),
    linked && h("a", { href: to(`/conversations/${encodeURIComponent(each.conversation_id)}`) }, t("asked.conversation")),
  );
  return h("li", { class: "stack tight" }, h("span", { lang: each.language }, each.text), below);
}

/** @param {number} level 1 to 5 */
export function mood(level) {
  return badge(level <= 2 ? "bad" : level >= 4 ? "good" : "", t(`asked.mood.${Math.round(level)}`));
}

/**
 * Say how many of each language there are.
 *
 * @param {Record<string, number>} languages
 */
export function mixed(languages) {
  return Object.entries(languages)
    .sort((one, other) => other[1] - one[1])
    .map(([tag, count]) => `${languageName(tag)} ${number(count)}`)
    .join(" · ");
}
