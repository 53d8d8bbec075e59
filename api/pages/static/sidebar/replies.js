// @ts-check
/** Suggestions: what could be sent or done next, with one click, and what to watch out for. */

import { fill, h } from "../shared/dom.js";
import { actor, sources } from "../shared/embedding.js";
import { date, has, percent, t } from "../shared/i18n.js";
import { empty, failure, note, skeleton } from "../shared/states.js";
import { pieces } from "../shared/text.js";

/** @typedef {import("./knowdesk-sidebar.js").KnowdeskSidebar} Sidebar */
/** @typedef {import("./composer.js").Composer} Composer */

const TONES = /** @type {Record<string, "" | "warn" | "bad">} */ ({ rising_anger: "bad", promise_due: "bad", conflict: "bad" });

export class Replies {
  /** @param {Sidebar} desk @param {Composer} composer */
  constructor(desk, composer) {
    this.desk = desk;
    this.composer = composer;
    this.node = h("div", { class: "stack", "aria-live": "polite" });
    /** @type {AbortController | null} */
    this.asking = null;
  }

  /** Ask for suggestions anew; an earlier question is given up. */
  async refresh() {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    if (!this.desk.turns.some((turn) => turn.role === "customer")) {
      fill(this.node, empty({ icon: "chat", title: t("sidebar.empty"), text: t("sidebar.empty.text") }));
      return;
    }
    fill(this.node, skeleton(5));
    try {
      const found = await this.desk.call("/v1/suggestions", this.asked(), asking.signal);
      if (asking.signal.aborted) return;
      this.show(found);
    } catch (error) {
      if (!asking.signal.aborted) fill(this.node, failure(error, () => this.refresh()));
    }
  }

  asked() {
    const { turns, facts, conversation, lang } = this.desk;
    const group = this.desk.getAttribute("group");
    return {
      turns,
      facts,
      agent_language: lang,
      ...(group ? { group } : {}),
      ...(conversation ? { conversation_id: conversation } : {}),
    };
  }

  /** @param {any} found */
  show(found) {
    const warnings = found.warnings.map(warning);
    const cards = found.items.map((/** @type {any} */ item) => this.card(item));
    const none = cards.length === 0 && empty({ icon: "search", title: t("sidebar.none"), text: t("sidebar.none.text") });
    const heading = h("h2", { class: "unseen" }, t("sidebar.suggestions"));
    fill(this.node, heading, warnings, cards.length > 0 && h("ul", { class: "cards" }, cards), none);
    if (found.warnings.length > 0) this.desk.tell("warning", { warnings: found.warnings });
  }

  /** @param {any} item */
  card(item) {
    const place = h("div", {});
    const text = h("p", { class: "pre", lang: item.language }, withGaps(item));
    const reason = h("p", { class: "muted fine" }, item.reason);
    const head = h("div", { class: "row apart" }, kind(item), sure(item.confidence));
    const made = h("li", { class: "card suggestion" }, head, text, reason, sources(item.evidence), this.actions(item, place), place);
    made.setAttribute("aria-label", item.title || t(`sidebar.kind.${item.kind}`));
    return made;
  }

  /** @param {any} item @param {HTMLElement} place */
  actions(item, place) {
    const dismiss = actor(t("sidebar.reject"), place, () => this.rejected(item, place), { kind: "plain small" });
    const insert = actor(t("sidebar.insert"), place, () => this.inserted(item, place), { kind: "primary small" });
    const edit = actor(t("sidebar.edit"), place, () => this.composer.take(whole(item), item), { kind: "small", icon: "edit" });
    return h("div", { class: "row" }, insert, edit, dismiss);
  }

  /** @param {any} item @param {HTMLElement} place */
  async inserted(item, place) {
    this.desk.insert({ text: whole(item), kind: item.kind, suggestionId: item.id });
    await this.accepted(item, place);
  }

  /** @param {any} item @param {HTMLElement} place */
  async accepted(item, place) {
    await this.desk.judge(item.id, "accepted");
    fill(place, h("p", { class: "badge good", role: "status" }, t("sidebar.accepted")));
  }

  /** @param {any} item @param {HTMLElement} place */
  async rejected(item, place) {
    await this.desk.judge(item.id, "rejected");
    const card = place.closest("li");
    const next = /** @type {HTMLElement | null} */ (card?.nextElementSibling ?? card?.previousElementSibling);
    card?.remove();
    (next?.querySelector("button") ?? this.composer.box).focus();
  }
}

/** @param {any} item */
function kind(item) {
  const title = item.title && h("span", { class: "clip" }, has(`sidebar.step.${item.title}`) ? t(`sidebar.step.${item.title}`) : item.title);
  return h("h3", { class: "row" }, h("span", { class: "badge accent" }, t(`sidebar.kind.${item.kind}`)), title);
}

/** @param {number} confidence */
function sure(confidence) {
  return h("span", { class: "muted fine" }, t("sidebar.sure", { share: percent(confidence) }));
}

/** @param {any} item the text with the options of a question below it */
function whole(item) {
  return [item.text, ...item.options.map((/** @type {string} */ option) => `- ${option}`)].join("\n");
}

/** @param {any} item */
function withGaps(item) {
  const spans = item.gaps.map((/** @type {any} */ gap) => gap.span).sort((/** @type {any} */ a, /** @type {any} */ b) => a.start - b.start);
  const text = pieces(item.text, spans, (part) => h("mark", { title: t("sidebar.gap") }, part));
  const options = item.options.map((/** @type {string} */ option) => h("span", { class: "option" }, `- ${option}`));
  return [...text, ...options];
}

/** @param {any} said */
function warning(said) {
  const due = said.due && h("p", { class: "fine" }, t("sidebar.due", { moment: date(said.due) }));
  return note(TONES[said.kind] ?? "warn", h("p", {}, said.message), due, said.citation && sources([said.citation]));
}
