// @ts-check
/** Keys and roles: make a key, which is shown once, and revoke it. */

import { confirmed } from "../../shared/dialog.js";
import { h } from "../../shared/dom.js";
import { button } from "../../shared/form.js";
import { ago, date, load, t } from "../../shared/i18n.js";
import { empty, note } from "../../shared/states.js";
import { told } from "../../shared/toast.js";
import { makeKey, ROLES } from "../newkey.js";
import { badge, card, head, sheet } from "../parts.js";
import { shownOnce } from "../secret.js";

/** @typedef {{id: string, name: string, roles: string[], access: string[] | null, created_at: string, expires_at: string | null, revoked_at: string | null, last_used_at: string | null, public: {origins: string[], knowledge_base: string, rate_limits: string} | null}} Key */

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await load("parts", "keys");
  const { session, api } = context;
  /** @type {Key[]} */
  const items = (await api.json("/v1/keys")).items.reverse();
  const admin = session.may("admin");
  const add = admin && button(t("keys.new"), () => makeKey(context, ({ text }) => shownOnce({ title: t("keys.made"), about: t("keys.once"), text, done: context.reload })), { icon: "plus", kind: "primary" });
  const open = session.caller?.authentication === "open" && note("warn", h("p", {}, t("keys.open")));
  const list = items.length ? sheet(t("nav.keys"), columns(context, admin), items) : h("div", { class: "card" }, empty({ icon: "key", title: t("keys.empty"), text: t("keys.empty.text") }));
  return h("div", { class: "stack" }, head(t("nav.keys"), t("keys.about"), add), open, list, roles());
}

function roles() {
  const said = ROLES.map((role) => h("div", {}, h("dt", {}, badge("accent", t(`keys.role.${role}`))), h("dd", {}, t(`keys.role.${role}.may`))));
  return card(t("keys.roles"), h("dl", { class: "pairs" }, said));
}

/**
 * @param {import("./index.js").Context} context
 * @param {boolean} admin whether the caller may revoke keys
 */
function columns(context, admin) {
  const shown = [
    { label: t("common.name"), bare: true, cell: (/** @type {Key} */ each) => [h("span", { class: "strong" }, each.name), h("p", { class: "fine muted" }, h("code", {}, each.id))] },
    { label: t("keys.roles"), cell: may },
    { label: t("keys.access"), cell: sees },
    { label: t("keys.state"), cell: state },
    { label: t("keys.used"), cell: (/** @type {Key} */ each) => (each.last_used_at ? ago(each.last_used_at) : t("keys.unused")) },
    { label: t("keys.created"), cell: (/** @type {Key} */ each) => date(each.created_at) },
  ];
  if (!admin) return shown;
  const revoke = (/** @type {Key} */ each) => !each.revoked_at && button(t("keys.revoke"), () => revoked(context, each), { kind: "danger small", "aria-label": `${t("keys.revoke")}: ${each.name}` });
  return [...shown, { label: t("parts.actions"), bare: true, cell: revoke }];
}

/** What a key may do: its roles, or the chat of a page. @param {Key} each */
function may(each) {
  if (each.public) return [badge("accent", t("keys.public")), h("p", { class: "fine muted" }, each.public.origins.join(", "))];
  return h("ul", { class: "chips" }, each.roles.map((role) => h("li", {}, badge("", t(`keys.role.${role}`)))));
}

/** @param {Key} each */
function sees(each) {
  if (each.public) return each.public.knowledge_base;
  return each.access === null ? t("keys.access.all") : each.access.join(", ") || t("keys.access.public");
}

/** @param {Key} each */
function state(each) {
  if (each.revoked_at) return badge("bad", t("keys.state.revoked"));
  if (each.expires_at && Date.parse(each.expires_at) <= Date.now()) return badge("warn", t("keys.state.expired"));
  if (each.expires_at) return badge("good", t("keys.state.until", { day: date(each.expires_at, { dateStyle: "medium" }) }));
  return badge("good", t("keys.state.valid"));
}

/**
 * @param {import("./index.js").Context} context
 * @param {Key} each
 */
async function revoked({ api, reload }, each) {
  const text = [h("p", { class: "strong" }, each.name), h("p", {}, t("keys.revoke.text"))];
  if (!(await confirmed({ title: t("keys.revoke"), text, action: t("keys.revoke"), danger: true }))) return;
  await api.json(`/v1/keys/${encodeURIComponent(each.id)}`, { method: "DELETE" });
  told(t("keys.revoked"));
  reload();
}
