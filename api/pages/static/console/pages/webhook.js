// @ts-check
/** One webhook: what it is told of, what became of its messages, a test, a new secret, off and on. */

import { confirmed } from "../../shared/dialog.js";
import { fill, h } from "../../shared/dom.js";
import { button } from "../../shared/form.js";
import { ago, date, load, number, t } from "../../shared/i18n.js";
import { empty, note } from "../../shared/states.js";
import { told } from "../../shared/toast.js";
import { backTo, badge, card, facts, head, sheet } from "../parts.js";
import { to } from "../router.js";
import { chips, editWebhook, ROOT, showSecret, stateBadge } from "./webhooks.js";

/**
 * @typedef {import("./webhooks.js").Webhook} Webhook
 * @typedef {import("./index.js").Context} Context
 * @typedef {{id: string, event: string, state: "pending" | "delivered" | "failed", attempts: number, status: number | null, error: "" | "status" | "timeout" | "unreachable" | "forbidden", created_at: string, next_at: string | null}} Delivery
 */

const KINDS = { pending: "accent", delivered: "good", failed: "bad" };
const AGAIN_MS = 2000;
const SOON_MS = 60_000;

/** @param {Context} context */
export async function page(context) {
  await load("parts", "webhooks");
  const { session, api, params, signal } = context;
  const path = `${ROOT}/${encodeURIComponent(params.id)}`;
  /** @type {Webhook} */
  const webhook = await api.json(path, { signal });
  const place = h("div", { "aria-live": "polite" });
  const follow = follower(context, path, webhook.enabled, place);
  await follow();
  const actions = session.may("admin") ? buttons(context, path, webhook, follow) : [];
  const said = facts([
    [t("webhooks.state"), stateBadge(webhook)],
    [t("webhooks.events"), chips(webhook.events)],
    [t("webhooks.failures"), number(webhook.failures)],
    [t("webhooks.created"), date(webhook.created_at)],
    [t("webhooks.id"), h("code", {}, webhook.id)],
  ]);
  return h(
    "div",
    { class: "stack" },
    backTo("/webhooks", t("nav.webhooks")),
    head(webhook.url, webhook.description, ...actions),
    !webhook.enabled && off(webhook),
    h("section", { class: "card" }, said),
    card(t("webhooks.deliveries"), h("p", { class: "muted fine" }, t("webhooks.deliveries.about")), place),
  );
}

/** @param {Webhook} webhook */
function off({ disabled_because: because, failures }) {
  const why = t(`webhooks.off.${because}`, { count: failures });
  return note("warn", h("p", { class: "strong" }, why), h("p", {}, t("webhooks.off.text")));
}

/**
 * @param {Context} context
 * @param {string} path
 * @param {Webhook} webhook
 * @param {() => Promise<void>} follow shows the deliveries anew
 */
function buttons(context, path, webhook, follow) {
  const { api, reload, go } = context;
  const change = async (/** @type {boolean} */ enabled) => {
    await api.json(path, { method: "PATCH", body: { enabled } });
    told(t(enabled ? "webhooks.switched.on" : "webhooks.switched.off"));
    reload();
  };
  const test = async () => {
    await api.json(`${path}/test`, { method: "POST" });
    told(t("webhooks.tested"));
    await follow();
  };
  const renew = async () => {
    const text = h("p", {}, t("webhooks.renew.text"));
    if (!(await confirmed({ title: t("webhooks.renew"), text, action: t("webhooks.renew"), danger: true }))) return;
    showSecret((await api.json(`${path}/secret`, { method: "POST" })).secret, () => {});
  };
  const remove = async () => {
    const text = [h("p", { class: "strong" }, webhook.url), h("p", {}, t("webhooks.delete.text"))];
    if (!(await confirmed({ title: t("webhooks.delete"), text, action: t("common.delete"), danger: true }))) return;
    await api.json(path, { method: "DELETE" });
    told(t("common.deleted"));
    go(to("/webhooks"));
  };
  return [
    webhook.enabled && button(t("webhooks.test"), test, { icon: "send", kind: "primary" }),
    !webhook.enabled && button(t("webhooks.switch.on"), () => change(true), { icon: "check", kind: "primary" }),
    button(t("common.edit"), () => editWebhook(context, webhook), { icon: "edit" }),
    button(t("webhooks.renew"), renew, { icon: "key" }),
    webhook.enabled && button(t("webhooks.switch.off"), () => change(false), { icon: "stop" }),
    button(t("common.delete"), remove, { icon: "trash", kind: "danger" }),
  ];
}

/**
 * Return what shows the newest messages, and again as long as one is about to be tried.
 *
 * @param {Context} context
 * @param {string} path
 * @param {boolean} enabled
 * @param {HTMLElement} place
 */
function follower({ api, signal }, path, enabled, place) {
  let [shown, timer] = ["", 0];
  return async function follow() {
    clearTimeout(timer);
    /** @type {Delivery[]} */
    const items = (await api.json(`${path}/deliveries`, { signal })).items;
    if (shown !== (shown = JSON.stringify(items))) fill(place, items.length ? sheet(t("webhooks.deliveries"), columns(), items) : none());
    if (!enabled || signal.aborted || !items.some(isSoon)) return;
    timer = setTimeout(() => follow().catch(() => {}), AGAIN_MS);
  };
}

/** @param {Delivery} each */
function isSoon(each) {
  return each.state === "pending" && Date.parse(each.next_at ?? each.created_at) < Date.now() + SOON_MS;
}

function none() {
  return empty({ icon: "send", title: t("webhooks.deliveries.empty"), text: t("webhooks.deliveries.empty.text") });
}

function columns() {
  return [
    { label: t("webhooks.event"), bare: true, cell: (/** @type {Delivery} */ each) => [h("span", { class: "strong" }, t(`webhooks.event.${each.event}`)), h("p", { class: "fine muted" }, h("code", {}, each.id))] },
    { label: t("webhooks.state"), cell: (/** @type {Delivery} */ each) => badge(KINDS[each.state], t(`webhooks.state.${each.state}`)) },
    { label: t("webhooks.answer"), cell: answer },
    { label: t("webhooks.attempts"), numeric: true, cell: (/** @type {Delivery} */ each) => number(each.attempts) },
    { label: t("webhooks.at"), cell: (/** @type {Delivery} */ each) => date(each.created_at) },
    { label: t("webhooks.next"), cell: (/** @type {Delivery} */ each) => each.state === "pending" && each.next_at && ago(each.next_at) },
  ];
}

/** @param {Delivery} each */
function answer({ status, error }) {
  if (status !== null) return h("code", {}, `HTTP ${status}`);
  return error && t(`webhooks.error.${error}`);
}
