// @ts-check
/** The sidebar in a frame: the page around sets it up, and hears its events, by messages. */

import { h } from "../shared/dom.js";
import { KnowdeskSidebar } from "./knowdesk-sidebar.js";

/**
 * The policy of this page lets only pages frame it that the service knows: the parent is one of them. Its messages are
 * `{type: "knowdesk-set", attributes, turns, facts, order}` and `{type: "knowdesk-check", text}`; events go back as
 * `{type, detail}`, first of all `knowdesk-ready`.
 */
const ATTRIBUTES = ["key", "knowledge-base", "conversation", "language", "theme", "group"];
const EVENTS = ["insert", "send-checked", "feedback", "warning", "form-checked"];

const sidebar = /** @type {KnowdeskSidebar} */ (document.createElement("knowdesk-sidebar"));
const main = h("main", {});
document.body.append(main);
if (parent === window) main.append(sidebar);

/** @param {any} message */
function tell(message) {
  if (parent !== window) parent.postMessage(message, "*");
}

/** @param {any} said */
function set(said) {
  for (const [name, value] of Object.entries(said.attributes ?? {})) {
    if (ATTRIBUTES.includes(name)) sidebar.setAttribute(name, String(value));
  }
  document.documentElement.lang = sidebar.getAttribute("language") ?? document.documentElement.lang;
  if (said.facts) sidebar.facts = said.facts;
  if (said.order) sidebar.order = said.order;
  if (Array.isArray(said.turns)) sidebar.turns = said.turns;
  if (!sidebar.isConnected) main.append(sidebar);
}

addEventListener("message", (event) => {
  if (event.source !== parent || parent === window) return;
  if (event.data?.type === "knowdesk-set") set(event.data);
  if (event.data?.type === "knowdesk-check") sidebar.checkBeforeSending(String(event.data.text));
});
for (const name of EVENTS) {
  sidebar.addEventListener(`knowdesk-${name}`, (event) => {
    tell({ type: `knowdesk-${name}`, detail: /** @type {CustomEvent} */ (event).detail });
  });
}
tell({ type: "knowdesk-ready" });
