// @ts-check
/** The agent's own draft: written by the service in a tone, changed by hand, looked over before it is used. */

import { fill, h } from "../shared/dom.js";
import { actor, sources } from "../shared/embedding.js";
import { field, select, textarea } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { note } from "../shared/states.js";
import { findings } from "./findings.js";

/** @typedef {import("./knowdesk-sidebar.js").KnowdeskSidebar} Sidebar */

const TONES = ["friendly", "formal", "concise"];
const REWRITES = ["shorter", "friendlier", "more_formal"];

export class Composer {
  /** @param {Sidebar} desk */
  constructor(desk) {
    this.desk = desk;
    this.box = textarea({ rows: 2, placeholder: t("sidebar.composer") });
    this.notes = h("div", { class: "stack tight", "aria-live": "polite" });
    this.checks = h("div", { class: "stack tight", "aria-live": "assertive" });
    /** @type {any} the suggestion that is edited */
    this.item = null;
    this.node = this.made();
    this.box.addEventListener("input", () => this.changed());
  }

  made() {
    const tones = /** @type {[string, string][]} */ (TONES.map((tone) => [tone, t(`sidebar.tone.${tone}`)]));
    this.tone = select(tones, { "aria-label": t("sidebar.tone"), class: "input compact" });
    const draft = actor(t("sidebar.draft"), this.notes, () => this.draft(), { icon: "edit", kind: "small" });
    this.tone.addEventListener("change", () => this.box.value.trim() && draft.click());
    const rewrites = REWRITES.map((name) =>
      actor(t(`sidebar.rewrite.${name}`), this.notes, () => this.rewrite(name), { kind: "plain small" }),
    );
    const check = actor(t("sidebar.check"), this.notes, () => this.check(), { icon: "shield", kind: "small" });
    const insert = actor(t("sidebar.insert"), this.notes, () => this.insert(), { kind: "primary small" });
    return h(
      "section",
      { class: "card composer idle", "aria-label": t("sidebar.composer") },
      h("div", { class: "row" }, draft, this.tone),
      field(t("sidebar.composer"), this.box, { hidden: true }),
      h("div", { class: "row apart use" }, h("div", { class: "row" }, rewrites), h("div", { class: "row" }, check, insert)),
      this.checks,
      this.notes,
    );
  }

  /** Forget what was found in an earlier text, and offer only what can be done with this one. */
  changed() {
    fill(this.checks);
    this.node.classList.toggle("idle", !this.box.value.trim());
  }

  /**
   * Take a text to change.
   *
   * @param {string} text
   * @param {any} [item] the suggestion that it comes from
   */
  take(text, item = null) {
    this.item = item;
    this.box.value = text;
    this.changed();
    fill(this.notes);
    this.box.focus();
    this.box.scrollIntoView({ block: "nearest" });
  }

  async draft() {
    const { turns, facts, lang } = this.desk;
    this.show(await this.desk.call("/v1/drafts", { turns, facts, tone: this.tone?.value, agent_language: lang }));
  }

  /** @param {string} rewrite */
  async rewrite(rewrite) {
    const draft = this.box.value.trim();
    if (!draft) return this.box.focus();
    const { turns, facts, lang } = this.desk;
    this.show(await this.desk.call("/v1/drafts", { turns, facts, draft, rewrite, agent_language: lang }), this.item);
  }

  /** @param {any} made @param {any} [item] */
  show(made, item = null) {
    this.item = item;
    this.box.value = made.text;
    this.box.lang = made.language;
    this.changed();
    fill(this.checks, made.check.findings.length > 0 && findings(made.text, made.check));
    const missing = made.missing.map((/** @type {any} */ gap) => gap.question || gap.name);
    fill(
      this.notes,
      missing.length > 0 && note("", h("p", { class: "strong" }, t("sidebar.missing")), h("ul", {}, missing.map((/** @type {string} */ each) => h("li", {}, each)))),
      made.warnings.map((/** @type {any} */ each) => note("warn", h("p", {}, each.message))),
      sources(made.citations),
    );
  }

  async check() {
    const text = this.box.value.trim();
    if (!text) return this.box.focus();
    await this.desk.checkBeforeSending(text);
  }

  /** Hand the text to the host, unless it must not be sent; and tell what became of the suggestion behind it. */
  async insert() {
    const text = this.box.value.trim();
    if (!text) return this.box.focus();
    const { verdict } = await this.desk.checkBeforeSending(text);
    if (verdict === "block") return;
    const { item } = this;
    this.desk.insert({ text, kind: item?.kind ?? "draft", suggestionId: item?.id });
    if (item) await this.desk.judge(item.id, text === item.text.trim() ? "accepted" : "edited", text);
    this.item = null;
    fill(this.notes, h("p", { class: "badge good", role: "status" }, t("sidebar.inserted")));
  }
}
