// @ts-check
/** `<knowdesk-sidebar>`: what an agent needs beside a conversation, embedded by a ticket system; the README says how. */

import { fill, h } from "../shared/dom.js";
import { Embedded } from "../shared/embedding.js";
import { t } from "../shared/i18n.js";
import { failure, note } from "../shared/states.js";
import { tabbed } from "../shared/tabs.js";
import { Composer } from "./composer.js";
import { customerPanel } from "./customer.js";
import { findings } from "./findings.js";
import { formPanel } from "./forms.js";
import { Replies } from "./replies.js";
import { searchPanel } from "./search.js";

/** @typedef {{role: "customer" | "agent" | "assistant", text: string, at?: string, action?: string | null}} Turn */
/** @typedef {{text: string, kind: string, suggestionId?: string}} Insertion */

const ROLES = ["customer", "agent", "assistant"];

export class KnowdeskSidebar extends Embedded {
  static observedAttributes = [...Embedded.observedAttributes, "conversation"];
  static parts = ["sidebar"];
  static styles = ["../sidebar/sidebar.css"];

  /** @type {Turn[]} */
  #turns = [];
  /** Values of variables from the host's records, such as `order_number`. @type {Record<string, string>} */
  facts = {};
  /** What the order says, to compare return slips with. @type {Record<string, any>} */
  order = {};

  /** The conversation, oldest turn first; what is set is shown at once. */
  get turns() {
    return this.#turns;
  }

  set turns(given) {
    this.#turns = given
      .filter((turn) => ROLES.includes(turn.role) && turn.text.trim())
      .map(({ role, text, at, action }) => ({ role, text, ...(at ? { at } : {}), ...(action ? { action } : {}) }));
    if (this.drawn) this.refresh();
  }

  get conversation() {
    return this.getAttribute("conversation") ?? "";
  }

  /**
   * Call a route about the knowledge base.
   *
   * @param {string} path
   * @param {Record<string, any>} body
   * @param {AbortSignal} [signal]
   */
  call(path, body, signal) {
    return this.api.json(path, { method: "POST", body: { knowledge_base: this.knowledgeBase, ...body }, signal });
  }

  async draw() {
    this.composer = new Composer(this);
    this.replies = new Replies(this, this.composer);
    const reply = h("div", { class: "stack" }, this.replies.node, this.composer.node);
    const customer = customerPanel(this);
    const search = searchPanel(this);
    const form = formPanel(this);
    this.customer = customer;
    const tabs = tabbed(t("sidebar.tabs"), [
      { name: "reply", label: t("sidebar.reply"), show: () => reply },
      { name: "search", label: t("sidebar.search"), show: () => search },
      { name: "customer", label: t("sidebar.customer"), show: () => customer.shown() },
      { name: "form", label: t("sidebar.form"), show: () => form },
    ]);
    fill(/** @type {any} */ (this.root), h("section", { class: "sidebar", "aria-label": t("sidebar.title") }, tabs));
    await this.load();
  }

  /** Read the conversation that the attribute names, unless the host has set its turns. */
  async load() {
    try {
      if (this.conversation && this.#turns.length === 0) {
        const stored = await this.api.json(`/v1/conversations/${encodeURIComponent(this.conversation)}`);
        this.#turns = stored.turns.map((/** @type {Turn} */ { role, text, action }) => ({ role, text, action }));
      }
      await this.refresh();
    } catch (error) {
      if (this.replies) fill(this.replies.node, failure(error, () => this.load()));
      this.tell("error", { error });
    }
  }

  /** Look at the conversation anew. */
  async refresh() {
    this.customer?.stale();
    await this.replies?.refresh();
  }

  /**
   * Give the host a text for its reply box.
   *
   * @param {Insertion} insertion
   */
  insert(insertion) {
    this.tell("insert", insertion);
  }

  /**
   * Look over what an agent is about to send, and show what is wrong with it; `block` is not to be sent.
   *
   * @param {string} text
   * @returns {Promise<{verdict: "pass" | "warn" | "block", findings: any[], promises: any[]}>}
   */
  async checkBeforeSending(text) {
    const checked = await this.call("/v1/checks", { text, agent_language: this.lang });
    const place = this.composer?.checks;
    if (place) fill(place, findings(text, checked));
    if (checked.verdict === "pass" && place) fill(place, note("good", h("p", {}, t("sidebar.check.pass"))));
    if (checked.verdict === "block") place?.scrollIntoView({ block: "nearest" });
    this.tell("send-checked", { text, ...checked });
    return checked;
  }

  /**
   * Say what became of a suggestion.
   *
   * @param {string} id
   * @param {"accepted" | "edited" | "rejected"} verdict
   * @param {string} [sent]
   */
  async judge(id, verdict, sent = "") {
    const body = { verdict, ...(verdict === "edited" ? { sent_text: sent } : {}) };
    await this.api.json(`/v1/suggestions/${encodeURIComponent(id)}/feedback`, { method: "POST", body });
    this.tell("feedback", { id, verdict });
  }
}

if (!customElements.get("knowdesk-sidebar")) customElements.define("knowdesk-sidebar", KnowdeskSidebar);
