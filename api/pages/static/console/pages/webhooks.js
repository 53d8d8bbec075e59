// @ts-check
/** Webhooks: the addresses that are told of events, and adding one, whose secret is shown once. */

import { h } from "../../shared/dom.js";
import { button, checkbox, field, input } from "../../shared/form.js";
import { date, load, number, t } from "../../shared/i18n.js";
import { empty } from "../../shared/states.js";
import { told } from "../../shared/toast.js";
import { badge, editor, head, sheet, valid } from "../parts.js";
import { to } from "../router.js";
import { shownOnce } from "../secret.js";

/**
 * @typedef {{id: string, url: string, events: string[], description: string, enabled: boolean, disabled_because: "" | "switched_off" | "undelivered", failures: number, created_at: string}} Webhook
 * @typedef {import("./index.js").Context} Context
 */

export const ROOT = "/v1/webhooks";
const EVENTS = ["conversation.handed_over", "gap.found", "job.done", "job.failed"];

/** @param {Context} context */
export async function page(context) {
  await load("parts", "webhooks");
  const { session, api, signal } = context;
  /** @type {Webhook[]} */
  const items = (await api.json(ROOT, { signal })).items.reverse();
  const add = session.may("admin") && button(t("webhooks.new"), () => editWebhook(context), { icon: "plus", kind: "primary" });
  const none = empty({ icon: "bell", title: t("webhooks.empty"), text: t("webhooks.empty.text") });
  const list = items.length ? sheet(t("nav.webhooks"), columns(), items) : h("div", { class: "card" }, none);
  return h("div", { class: "stack" }, head(t("nav.webhooks"), t("webhooks.about"), add), list);
}

function columns() {
  return [
    { label: t("webhooks.url"), bare: true, cell: (/** @type {Webhook} */ each) => [h("a", { class: "strong", href: to(`/webhooks/${encodeURIComponent(each.id)}`) }, each.url), each.description && h("p", { class: "muted" }, each.description)] },
    { label: t("webhooks.events"), cell: (/** @type {Webhook} */ each) => chips(each.events) },
    { label: t("webhooks.state"), cell: stateBadge },
    { label: t("webhooks.failures"), numeric: true, cell: (/** @type {Webhook} */ each) => number(each.failures) },
    { label: t("webhooks.created"), cell: (/** @type {Webhook} */ each) => date(each.created_at, { dateStyle: "medium" }) },
  ];
}

/** @param {string[]} events */
export function chips(events) {
  return h("ul", { class: "chips" }, events.map((event) => h("li", {}, badge("", t(`webhooks.event.${event}`)))));
}

/** @param {Webhook} each */
export function stateBadge(each) {
  if (!each.enabled) return badge(each.disabled_because === "switched_off" ? "" : "bad", t("webhooks.off"));
  return each.failures ? badge("warn", t("webhooks.failing")) : badge("good", t("webhooks.on"));
}

/**
 * Ask what a webhook is to be and make it, or change one that there is.
 *
 * @param {Context} context
 * @param {Webhook} [old]
 */
export function editWebhook({ api, reload, go }, old) {
  const url = field(t("webhooks.url"), input({ type: "url", maxlength: 2000, value: old?.url ?? "", placeholder: t("webhooks.url.example") }), { hint: t("webhooks.url.hint") });
  const boxes = EVENTS.map((event) => checkbox(t(`webhooks.event.${event}`), { value: event, checked: old?.events.includes(event) ?? false }));
  const wrong = h("p", { class: "wrong", role: "alert", hidden: true }, t("webhooks.events.needed"));
  const events = h("fieldset", { class: "field" }, h("legend", {}, t("webhooks.events")), h("div", { class: "checks" }, boxes), wrong);
  const description = field(t("common.description"), input({ maxlength: 500, value: old?.description ?? "" }), { hint: t("webhooks.description.hint") });
  const chosen = () => boxes.filter(({ control }) => control.checked).map(({ control }) => control.value);
  editor({
    title: t(old ? "webhooks.edit" : "webhooks.new"),
    fields: [url, events, description],
    action: t(old ? "common.save" : "common.add"),
    check: () => {
      wrong.hidden = chosen().length > 0;
      return valid([[url, /^https?:\/\/\S+$/.test(url.control.value.trim()), t("webhooks.url.needed")]]) && wrong.hidden;
    },
    save: async () => {
      const body = { url: url.control.value.trim(), events: chosen(), description: description.control.value.trim() };
      if (old) {
        await api.json(`${ROOT}/${encodeURIComponent(old.id)}`, { method: "PATCH", body });
        told(t("common.saved"));
        return reload();
      }
      const made = await api.json(ROOT, { method: "POST", body });
      return showSecret(made.secret, () => go(to(`/webhooks/${encodeURIComponent(made.id)}`)));
    },
  });
}

/**
 * @param {string} text
 * @param {() => void} done
 */
export function showSecret(text, done) {
  shownOnce({ title: t("webhooks.secret"), about: t("webhooks.secret.once"), text, done });
}
