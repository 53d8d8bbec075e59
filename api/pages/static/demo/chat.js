// @ts-check
/** A shop's page with the widget: at the corner, or in the page. */

import { fill, h } from "../shared/dom.js";
import { input } from "../shared/form.js";
import { language, t } from "../shared/i18n.js";
import "../chat/knowdesk-chat.js";
import { demo } from "./page.js";

/** @typedef {import("../chat/knowdesk-chat.js").KnowdeskChat} Chat */

const EVENTS = ["opened", "message", "handoff", "feedback", "csat", "closed"];

/** @param {HTMLElement} main @param {import("./page.js").Access} access */
function draw(main, { key, knowledgeBase }) {
  const inline = new URLSearchParams(location.search).get("mode") === "inline";
  const chat = /** @type {Chat} */ (document.createElement("knowdesk-chat"));
  for (const [name, value] of Object.entries({ "knowledge-base": knowledgeBase, language: language(), key, mode: inline ? "inline" : "floating" })) {
    if (value) chat.setAttribute(name, value);
  }
  const follow = () => chat.setAttribute("theme", document.documentElement.dataset.theme ?? "auto");
  new MutationObserver(follow).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  follow();
  const text = h("div", { class: "shop stack" }, h("h2", {}, t("demo.shop")), h("p", {}, t("demo.shop.text")), h("p", {}, modes(inline)), host(chat));
  fill(main, h("div", { class: inline ? "beside-chat" : "" }, text, inline && h("div", { class: "place" }, chat)));
  if (!inline) main.append(chat);
}

/** @param {boolean} inline */
function modes(inline) {
  const url = new URL(location.href);
  if (inline) url.searchParams.delete("mode");
  else url.searchParams.set("mode", "inline");
  return h("a", { href: url.pathname + url.search }, t(inline ? "demo.floating" : "demo.inline"));
}

/** @param {Chat} chat the host's part: queue, colleague, and the events that it hears */
function host(chat) {
  const heard = h("ol", { class: "heard fine", "aria-label": t("demo.events"), tabindex: "0" });
  for (const name of EVENTS) {
    chat.addEventListener(`knowdesk-${name}`, (event) => {
      heard.append(h("li", {}, h("code", {}, `knowdesk-${name}`), " ", JSON.stringify(/** @type {CustomEvent} */ (event).detail)));
      heard.scrollTop = heard.scrollHeight;
    });
  }
  chat.addEventListener("knowdesk-handoff", () => (chat.queueText = t("demo.queue")));
  const box = input({ "aria-label": t("demo.colleague"), placeholder: t("demo.colleague") });
  const form = h("form", { class: "row" }, h("div", { class: "grow" }, box), h("button", { type: "submit", class: "button" }, t("demo.say")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (box.value.trim()) chat.say(box.value.trim(), "Mia");
    box.value = "";
  });
  return h("section", { class: "card stack tight" }, h("h3", {}, t("demo.host")), form, h("h4", { class: "fine muted" }, t("demo.events")), heard);
}

demo("chat", draw);
