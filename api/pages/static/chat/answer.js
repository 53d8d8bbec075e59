// @ts-check
/** One answer: as it is written, then with its sources, options, a question whether it helped, and its voice. */

import { append, fill, h } from "../shared/dom.js";
import { actor, grouped, sources } from "../shared/embedding.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { rating } from "./rating.js";
import { readAloud } from "./voice.js";

/** @typedef {import("./talk.js").Talk} Talk */

export class Answer {
  /** @param {Talk} talk */
  constructor(talk) {
    this.talk = talk;
    this.text = h("p", { class: "pre" });
    this.node = h("div", { class: "said assistant" }, h("span", { class: "unseen" }, t("chat.answer")), this.text);
  }

  begin() {
    this.node.setAttribute("aria-busy", "true");
    fill(this.text, h("span", { class: "dots" }, h("i", {}), h("i", {}), h("i", {}), h("span", { class: "unseen" }, t("chat.thinking"))));
    this.talk.show(this.node);
  }

  /** @param {string} part */
  stream(part) {
    this.text.querySelector(".dots")?.remove();
    append(this.text, part);
    this.talk.log.scrollTop = this.talk.log.scrollHeight;
  }

  /** @param {any} data the whole answer */
  done(data) {
    this.node.removeAttribute("aria-busy");
    const text = data.answer?.text ?? data.abstained?.message ?? "";
    const language = data.answer?.language ?? data.question.language;
    if (language !== "und") this.node.lang = language;
    fill(this.text, data.answer ? cited(text, data.citations, this) : text);
    if (data.answer) this.sources(data.citations);
    if (data.clarify) this.options(data.clarify.question, data.clarify.options);
    if (data.handoff) this.offer(data.handoff, text);
    if (data.answer) this.helped(data, text);
    if (data.follow_ups.length > 0 && !data.handoff) this.chips(t("chat.follow-ups"), data.follow_ups);
    if (!this.node.textContent?.trim() || (!text && !data.clarify && !data.handoff?.message)) this.node.remove();
    this.talk.log.scrollTop = this.talk.log.scrollHeight;
  }

  /**
   * Show an answer that was given before.
   *
   * @param {any} turn
   * @param {boolean} last whether its options can still be chosen
   */
  again(turn, last) {
    const lines = turn.text.split("\n");
    const options = turn.action === "clarify" ? lines.filter((/** @type {string} */ line) => line.startsWith("- ")) : [];
    const text = lines.filter((/** @type {string} */ line) => !options.includes(line)).join("\n");
    fill(this.text, text);
    this.sources(turn.citations);
    const said = options.map((/** @type {string} */ line) => line.slice(2));
    if (last && said.length > 0) this.chips("", said);
    this.talk.show(this.node);
  }

  /** @param {any[]} citations */
  sources(citations) {
    const made = sources(citations, (index) => `[${index + 1}] `);
    if (made.length > 0) append(this.node, h("div", { class: "sources" }, made));
    this.shownSources = made;
  }

  /** @param {number} index */
  open(index) {
    const made = this.shownSources?.[index];
    if (!made) return;
    made.open = true;
    made.querySelector("summary")?.focus();
    made.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} question @param {string[]} options */
  options(question, options) {
    fill(this.text, question);
    this.chips("", options);
  }

  /** @param {string} label @param {string[]} words */
  chips(label, words) {
    const buttons = words.map((each) => h("button", { type: "button", class: "button small chip", on: { click: () => this.chosen(each) } }, each));
    append(this.node, h("div", { class: "chips", role: "group", "aria-label": label || t("chat.options") }, label && h("p", { class: "fine muted" }, label), buttons));
  }

  /** @param {string} words */
  chosen(words) {
    for (const chip of this.node.querySelectorAll(".chips")) chip.remove();
    this.talk.ask(words);
    this.talk.focus();
  }

  /** @param {any} handoff @param {string} text that is said already */
  offer(handoff, text) {
    if (handoff.message && handoff.message !== text) append(this.text, text && "\n\n", handoff.message);
    if (handoff.confirmed || this.talk.handedOver) return;
    const yes = h("button", { type: "button", class: "button small primary", on: { click: () => this.chosen(t("chat.person.said")) } }, icon("user", 18), t("chat.person.yes"));
    append(this.node, h("div", { class: "chips" }, yes));
  }

  /** @param {any} data @param {string} text */
  helped(data, text) {
    const place = h("div", { class: "row" });
    const say = (/** @type {string} */ verdict) => async () => {
      const body = { conversation_id: data.conversation_id, answer_id: data.answer_id, verdict };
      await this.talk.chat.api.json("/v1/feedback", { method: "POST", body });
      this.talk.chat.tell("feedback", { answerId: data.answer_id, verdict });
      fill(row, h("span", { class: "fine muted", role: "status" }, t("chat.thanks")));
      if (verdict === "solved") append(this.node, rating(this.talk.chat, data.conversation_id));
    };
    const yes = actor(t("chat.helped.yes"), place, say("solved"), { kind: "plain small" });
    const no = actor(t("chat.helped.no"), place, say("rejected"), { kind: "plain small" });
    const row = h("div", { class: "row helped" }, h("span", { class: "fine muted" }, t("chat.helped")), yes, no, readAloud(text, data.answer.language));
    append(this.node, row, place);
  }
}

/**
 * Return the text with a number behind each stretch that a source supports.
 *
 * @param {string} text
 * @param {any[]} citations
 * @param {Answer} answer
 */
function cited(text, citations, answer) {
  const points = Array.from(text);
  const known = grouped(citations);
  const ends = new Map(citations.map((each) => [each.answer_span.end, known.findIndex(([one]) => one.document_id === each.document_id)]));
  const made = [];
  let at = 0;
  for (const [end, index] of [...ends].sort(([one], [other]) => one - other)) {
    const number = `[${index + 1}]`;
    const label = t("chat.source", { number: index + 1 });
    made.push(points.slice(at, end).join(""), h("button", { type: "button", class: "marker", "aria-label": label, on: { click: () => answer.open(index) } }, number));
    at = end;
  }
  return [...made, points.slice(at).join("")];
}
