// @ts-check
/** A ticket system that is none, with the sidebar beside it. */

import { fill, h } from "../shared/dom.js";
import { textarea } from "../shared/form.js";
import { language, t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import "../sidebar/knowdesk-sidebar.js";
import { TICKETS } from "./conversations.js";
import { demo } from "./page.js";

/** @typedef {import("./conversations.js").Ticket} Ticket */

/** @param {HTMLElement} main @param {import("./page.js").Access} access */
function draw(main, { key, knowledgeBase }) {
  const tickets = Object.values(TICKETS).flat();
  const own = TICKETS[language()][0];
  const sidebar = /** @type {import("../sidebar/knowdesk-sidebar.js").KnowdeskSidebar} */ (document.createElement("knowdesk-sidebar"));
  sidebar.setAttribute("knowledge-base", knowledgeBase);
  sidebar.setAttribute("language", language());
  if (key) sidebar.setAttribute("key", key);
  themed(sidebar);
  const ticket = h("section", { class: "ticket", "aria-label": t("demo.ticket") });
  const list = h("nav", { class: "tickets", "aria-label": t("demo.tickets") });
  const buttons = tickets.map((each) => h("button", { type: "button", on: { click: () => choose(each) } }, h("b", {}, each.name), h("span", { class: "muted fine" }, `${each.id} · ${each.subject}`)));
  fill(list, h("ul", {}, buttons.map((each) => h("li", {}, each))));

  /** @param {Ticket} chosen */
  function choose(chosen) {
    buttons.forEach((each, index) => each.setAttribute("aria-current", String(tickets[index] === chosen)));
    shown(ticket, structuredClone(chosen), sidebar);
  }
  choose(own);
  fill(main, h("div", { class: "desk" }, list, ticket, h("aside", { class: "beside", "aria-label": "Knowdesk" }, sidebar)));
}

/**
 * @param {HTMLElement} place
 * @param {Ticket} ticket
 * @param {import("../sidebar/knowdesk-sidebar.js").KnowdeskSidebar} sidebar
 */
function shown(place, ticket, sidebar) {
  const log = h("ol", { class: "turns" });
  const box = textarea({ rows: 4, "aria-label": t("demo.reply"), placeholder: t("demo.reply") });
  const status = h("p", { class: "fine muted", role: "status" });
  const send = h("button", { type: "submit", class: "button primary" }, icon("send", 18), t("demo.send"));
  const risky = h("button", { type: "button", class: "button small plain", on: { click: () => (box.value = ticket.risky) } }, t("demo.risky"));
  const form = h("form", { class: "card stack tight", novalidate: true }, box, h("div", { class: "row apart" }, risky, send), status);

  function turns() {
    fill(log, ticket.turns.map((turn) => h("li", { class: turn.role }, h("span", { class: "fine muted" }, turn.role === "customer" ? ticket.name : t(`demo.${turn.role}`)), h("p", { class: "pre" }, turn.text))));
    sidebar.facts = ticket.facts;
    sidebar.turns = ticket.turns;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return box.focus();
    const { verdict } = await sidebar.checkBeforeSending(text);
    status.textContent = verdict === "block" ? t("demo.blocked") : t("demo.sent");
    if (verdict === "block") return;
    ticket.turns.push({ role: "agent", text });
    box.value = "";
    turns();
  });
  listening?.abort();
  listening = new AbortController();
  sidebar.addEventListener("knowdesk-insert", (event) => {
    const { text } = /** @type {CustomEvent} */ (event).detail;
    box.value = box.value.trim() ? `${box.value.trim()}\n\n${text}` : text;
    box.focus();
  }, { signal: listening.signal });
  fill(place, h("header", {}, h("h2", {}, ticket.subject), h("p", { class: "muted" }, `${ticket.id} · ${ticket.name}`)), log, form);
  turns();
}

/** @type {AbortController | null} */
let listening = null;

/** @param {Element} element that follows the theme of the page */
function themed(element) {
  const follow = () => element.setAttribute("theme", document.documentElement.dataset.theme ?? "auto");
  new MutationObserver(follow).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  follow();
}

demo("sidebar", draw);
