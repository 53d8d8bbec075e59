// @ts-check
/** `<knowdesk-chat>`: customers ask, search the FAQ and reach a person, on any page; the README says how. */

import { fill, h } from "../shared/dom.js";
import { Embedded } from "../shared/embedding.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { Faq } from "./faq.js";
import { Talk } from "./talk.js";

export class KnowdeskChat extends Embedded {
  static observedAttributes = [...Embedded.observedAttributes, "mode", "queue-text"];
  static parts = ["chat"];
  static styles = ["../chat/chat.css", "../chat/messages.css"];

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (name !== "queue-text") super.attributeChangedCallback(name, before, now);
    else if (this.drawn) this.talk?.waiting();
  }

  get floating() {
    return this.getAttribute("mode") !== "inline";
  }

  /** What the host says of the queue, such as "You are third in line"; shown once a person is asked for. */
  get queueText() {
    return this.getAttribute("queue-text") ?? "";
  }

  set queueText(text) {
    this.setAttribute("queue-text", text);
  }

  /** Id of the conversation; whoever holds it can read it. */
  get conversation() {
    return this.talk?.id ?? "";
  }

  async draw() {
    this.talk = new Talk(this);
    this.faq = new Faq(this);
    this.window = this.framed();
    const shown = this.floating && !this.isOpen;
    this.window.hidden = shown;
    this.launcher = h("button", { type: "button", class: "launcher", "aria-controls": "window", on: { click: () => (this.isOpen ? this.close() : this.open()) } });
    const parts = this.floating ? [this.window, this.launcher] : [this.window];
    fill(/** @type {any} */ (this.root), h("div", { class: this.floating ? "floating" : "inline" }, parts));
    this.label();
    await this.talk.resume();
  }

  isOpen = false;

  open() {
    this.isOpen = true;
    this.label();
    this.talk?.focus();
    this.tell("opened", {});
  }

  close() {
    if (!this.floating) return;
    this.isOpen = false;
    this.label();
    this.launcher?.focus();
    this.tell("closed", {});
  }

  /**
   * Show what somebody of the desk has written, once a person is in charge.
   *
   * @param {string} text
   * @param {string} [name] of the person
   */
  say(text, name = "") {
    this.talk?.agent(text, name);
  }

  label() {
    if (!this.launcher || !this.window) return;
    this.window.hidden = this.floating && !this.isOpen;
    const words = t(this.isOpen ? "chat.close" : "chat.open");
    this.launcher.setAttribute("aria-expanded", String(this.isOpen));
    this.launcher.setAttribute("aria-label", words);
    fill(this.launcher, icon(this.isOpen ? "close" : "chat", 26));
  }

  framed() {
    const body = h("div", { class: "body" }, this.talk?.node);
    const faq = h("button", { type: "button", class: "button small", "aria-pressed": "false" }, icon("faq", 18), t("chat.faq"));
    faq.addEventListener("click", () => {
      const asked = faq.getAttribute("aria-pressed") !== "true";
      faq.setAttribute("aria-pressed", String(asked));
      fill(body, asked ? this.faq?.shown() : this.talk?.node);
      if (asked) this.faq?.box.focus();
      else this.talk?.focus();
    });
    this.back = () => faq.getAttribute("aria-pressed") === "true" && faq.click();
    const close = h("button", { type: "button", class: "button square", "aria-label": t("chat.close"), on: { click: () => this.close() } }, icon("close"));
    const title = h("h2", { id: "title" }, this.getAttribute("heading") || t("chat.title"));
    const head = h("div", { class: "head" }, title, faq, this.talk?.menu(), this.floating && close);
    const made = h("section", { class: "window", id: "window", "aria-labelledby": "title" }, head, body);
    made.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    return made;
  }
}

if (!customElements.get("knowdesk-chat")) customElements.define("knowdesk-chat", KnowdeskChat);
