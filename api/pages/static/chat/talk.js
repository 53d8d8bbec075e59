// @ts-check
/** The conversation: questions, answers as they come, options, hand-over; gone on with after a reload. */

import { Problem } from "../shared/api.js";
import { fill, h } from "../shared/dom.js";
import { actor } from "../shared/embedding.js";
import { textarea } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { failure, note } from "../shared/states.js";
import { Answer } from "./answer.js";
import { rating } from "./rating.js";
import { microphone } from "./voice.js";

/** @typedef {import("./knowdesk-chat.js").KnowdeskChat} Chat */

const KEPT = "knowdesk.chat";

export class Talk {
  /** @param {Chat} chat */
  constructor(chat) {
    this.chat = chat;
    this.log = h("div", { class: "log", role: "log", tabindex: "0", "aria-label": t("chat.log") });
    this.state = h("div", { class: "state", "aria-live": "polite" });
    this.box = textarea({ rows: 1, "aria-label": t("chat.say"), placeholder: t("chat.placeholder"), maxlength: 4000 });
    this.errors = h("div", {});
    this.handedOver = false;
    this.node = h("div", { class: "talk" }, this.log, this.state, this.errors, this.asking());
    this.greet();
  }

  /** @returns {string} the id of the conversation of this tab */
  get id() {
    return stored((store) => store.getItem(this.place)) ?? "";
  }

  get place() {
    return `${KEPT} ${this.chat.server} ${this.chat.knowledgeBase}`;
  }

  asking() {
    const send = h("button", { type: "submit", class: "button primary send", "aria-label": t("chat.send") }, icon("send"));
    const form = h("form", { class: "asking", novalidate: true }, this.box, microphone(this.box, this.errors), send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.box.value.trim();
      if (!text) return this.box.focus();
      this.box.value = "";
      this.ask(text);
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return; // an input method ends words by it, too
      event.preventDefault();
      form.requestSubmit();
    });
    return form;
  }

  /** What is there for the whole conversation: a person, a rating, a new one. */
  menu() {
    const person = actor(t("chat.person"), this.errors, () => this.ask(t("chat.person.said")), { icon: "user", kind: "plain small" });
    const rate = actor(t("chat.rate"), this.errors, () => this.rate(), { icon: "check", kind: "plain small" });
    const anew = actor(t("chat.anew"), this.errors, () => this.anew(), { icon: "plus", kind: "plain small" });
    const items = h("div", { class: "items" }, person, rate, anew);
    const made = h("details", { class: "menu" }, h("summary", { "aria-label": t("chat.more"), class: "button square" }, icon("menu")), items);
    items.addEventListener("click", () => (made.open = false));
    return made;
  }

  focus() {
    this.box.focus();
  }

  greet() {
    fill(this.log, h("div", { class: "said assistant" }, h("p", {}, this.chat.getAttribute("greeting") || t("chat.greeting"))));
  }

  anew() {
    stored((store) => store.removeItem(this.place));
    this.handedOver = false;
    this.greet();
    fill(this.errors);
    this.waiting();
    this.focus();
  }

  /** Show the conversation of this tab again. */
  async resume() {
    if (!this.id) return;
    try {
      const { turns } = await this.chat.api.json(`/v1/conversations/${encodeURIComponent(this.id)}`);
      for (const turn of turns) {
        if (turn.role === "customer") this.customer(turn.text);
        else if (turn.role === "agent") this.agent(turn.text);
        else new Answer(this).again(turn, turn === turns[turns.length - 1]);
        this.handedOver ||= turn.action === "handoff";
      }
      this.waiting();
    } catch (error) {
      if (error instanceof Problem && error.status === 404) this.anew();
      else fill(this.errors, failure(error));
    }
  }

  /** @param {string} text */
  customer(text) {
    this.show(h("div", { class: "said customer" }, h("p", { class: "pre" }, h("span", { class: "unseen" }, `${t("chat.you")} `), text)));
  }

  /** @param {string} text @param {string} [name] */
  agent(text, name = "") {
    this.handedOver = true;
    this.show(h("div", { class: "said agent" }, h("p", { class: "who" }, name || t("chat.colleague")), h("p", { class: "pre" }, text)));
    fill(this.state);
  }

  /** @param {HTMLElement} node */
  show(node) {
    this.log.append(node);
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** @param {string} question */
  async ask(question) {
    this.chat.back?.();
    fill(this.errors);
    this.customer(question);
    this.chat.tell("message", { role: "customer", text: question, conversationId: this.id });
    const answer = new Answer(this);
    answer.begin();
    try {
      await this.answered(question, answer);
    } catch (error) {
      answer.node.remove();
      const refused = error instanceof Problem && [401, 403].includes(error.status);
      fill(this.errors, refused ? note("warn", h("p", {}, t("chat.closed"))) : failure(error, () => this.again(question)));
      if (refused) this.chat.tell("error", { error });
    }
  }

  /** Ask once more what stands there already. @param {string} question */
  again(question) {
    this.log.querySelector(".said.customer:last-child")?.remove();
    return this.ask(question);
  }

  /** @param {string} question @param {Answer} answer @returns {Promise<void>} */
  async answered(question, answer) {
    const held = this.id ? { conversation_id: this.id } : {};
    const body = { knowledge_base: this.chat.knowledgeBase, question, stream: true, ...held };
    try {
      for await (const { event, data } of this.chat.api.events("/v1/answer", { method: "POST", body })) {
        if (event === "token") answer.stream(data.text);
        else if (event === "error") throw new Problem(data);
        else if (event === "done") this.done(answer, data);
      }
    } catch (error) {
      if (!(error instanceof Problem && error.status === 404 && this.id)) throw error;
      stored((store) => store.removeItem(this.place)); // the service has forgotten it
      await this.answered(question, answer);
    }
  }

  /** @param {Answer} answer @param {any} data */
  done(answer, data) {
    stored((store) => store.setItem(this.place, data.conversation_id));
    answer.done(data);
    const text = data.answer?.text ?? data.abstained?.message ?? data.clarify?.question ?? data.handoff?.message ?? "";
    this.chat.tell("message", { role: "assistant", text, conversationId: data.conversation_id });
    if (data.handoff?.confirmed && !this.handedOver) this.handOver(data);
  }

  /** @param {any} data */
  handOver({ handoff, conversation_id: conversationId }) {
    this.handedOver = true;
    const { reason, queue, priority, summary, facts } = handoff;
    this.chat.tell("handoff", { conversationId, reason, queue, priority, summary, facts });
    this.waiting();
  }

  /** Say how the queue stands, in the host's words where it has said any. */
  waiting() {
    const words = this.chat.queueText || t("chat.waiting");
    fill(this.state, this.handedOver && note("", h("p", {}, words)));
    this.log.scrollTop = this.log.scrollHeight;
  }

  rate() {
    if (!this.id) return this.focus();
    this.show(rating(this.chat, this.id));
  }
}

/**
 * Use the storage of the tab, unless the page around is kept from having one.
 *
 * @template T
 * @param {(store: Storage) => T} use
 * @returns {T | null}
 */
function stored(use) {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}
