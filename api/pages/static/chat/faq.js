// @ts-check
/** Frequent questions by category, with a search. */

import { fill, h } from "../shared/dom.js";
import { field, input } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { empty, failure, skeleton } from "../shared/states.js";

/** @typedef {import("./knowdesk-chat.js").KnowdeskChat} Chat */

const WAIT_MS = 250; // after a letter was typed, before it is searched for
const MOST = 100;

export class Faq {
  /** @param {Chat} chat */
  constructor(chat) {
    this.chat = chat;
    this.box = input({ type: "search", placeholder: t("chat.faq.search") });
    this.list = h("div", { class: "stack", "aria-live": "polite" });
    this.node = h("div", { class: "faq stack" }, field(t("chat.faq.search"), this.box, { hidden: true }), this.list);
    this.loaded = false;
    /** @type {AbortController | null} */
    this.asking = null;
    let timer = 0;
    this.box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.load(), WAIT_MS);
    });
  }

  shown() {
    if (!this.loaded) this.load();
    return this.node;
  }

  async load() {
    this.loaded = true;
    this.asking?.abort();
    const { signal } = (this.asking = new AbortController());
    if (!this.list.firstChild) fill(this.list, skeleton(4));
    try {
      const items = (await this.found(this.chat.lang, signal)) || (await this.found("", signal)) || [];
      const groups = Map.groupBy(items, (/** @type {any} */ item) => item.category);
      const none = empty({ icon: "faq", title: t("chat.faq.none"), text: t("chat.faq.none.text") });
      fill(this.list, items.length === 0 ? none : [...groups].map(([name, entries]) => group(this.chat, name, entries)));
    } catch (error) {
      if (!signal.aborted) fill(this.list, failure(error, () => this.load()));
    }
  }

  /** @param {string} language @param {AbortSignal} signal the entries; null without any */
  async found(language, signal) {
    const query = { knowledge_base: this.chat.knowledgeBase, language, query: this.box.value.trim(), limit: MOST };
    const { items } = await this.chat.api.json("/v1/faqs", { query, signal });
    return items.length > 0 ? items : null;
  }
}

/** @param {Chat} chat @param {string} name @param {any[]} entries */
function group(chat, name, entries) {
  return h("section", { class: "stack tight" }, h("h3", {}, name || t("chat.faq.general")), entries.map((each) => entry(chat, each)));
}

/** @param {Chat} chat @param {any} each */
function entry(chat, each) {
  const made = h("details", { class: "card entry", lang: each.language }, h("summary", {}, each.question), h("p", { class: "pre" }, each.answer));
  made.addEventListener("toggle", () => {
    const address = each.picture && URL.parse(each.picture, chat.server);
    if (!made.open || !address || !/^https?:$/.test(address.protocol) || made.querySelector("img")) return;
    made.append(h("img", { src: address.href, alt: t("chat.faq.picture", { question: each.question }), referrerpolicy: "no-referrer" }));
  });
  return made;
}
