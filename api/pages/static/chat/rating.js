// @ts-check
/** How content the customer is, from 1 to 5, with a few words. */

import { fill, h, uniqueId } from "../shared/dom.js";
import { attempted } from "../shared/embedding.js";
import { field, textarea } from "../shared/form.js";
import { t } from "../shared/i18n.js";

/** @typedef {import("./knowdesk-chat.js").KnowdeskChat} Chat */

const LEVELS = [1, 2, 3, 4, 5];

/** @param {Chat} chat @param {string} conversation */
export function rating(chat, conversation) {
  const name = uniqueId("csat");
  const choices = LEVELS.map((level) => {
    const star = h("input", { type: "radio", name, value: level, class: "unseen" });
    return h("label", { class: "star", title: t(`chat.csat.${level}`) }, star, h("span", { "aria-hidden": "true" }, "★"), h("span", { class: "unseen" }, t(`chat.csat.${level}`)));
  });
  const words = textarea({ rows: 2, maxlength: 2000 });
  const errors = h("div", {});
  const send = h("button", { type: "submit", class: "button small primary" }, t("chat.csat.send"));
  const stars = h("fieldset", { class: "stars" }, h("legend", {}, t("chat.csat")), choices);
  const made = h("form", { class: "rating stack tight", novalidate: true }, stars, field(t("chat.csat.words"), words), h("div", { class: "row end" }, send), errors);
  made.addEventListener("change", () => {
    const chosen = Number(new FormData(made).get(name));
    choices.forEach((choice, index) => choice.classList.toggle("lit", index < chosen));
  });
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    const csat = Number(new FormData(made).get(name));
    if (!csat) return stars.querySelector("input")?.focus();
    attempted(send, errors, async () => {
      const body = { conversation_id: conversation, csat, comment: words.value.trim() };
      await chat.api.json("/v1/feedback", { method: "POST", body });
      chat.tell("csat", { conversationId: conversation, csat });
      fill(made, h("p", { role: "status" }, t("chat.thanks")));
    });
  });
  return made;
}
