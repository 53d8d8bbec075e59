// @ts-check
/** Whether the service is ready, part by part, and what it is set to; never a secret. */

import { h } from "../../shared/dom.js";
import { button, checkbox } from "../../shared/form.js";
import { load, t } from "../../shared/i18n.js";
import { empty, note } from "../../shared/states.js";
import { badge, card, filtered, head, sheet } from "../parts.js";

/**
 * @typedef {{name: string, ok: boolean, detail: string}} Check
 * @typedef {{name: string, value: string | null, secret: boolean, changed: boolean, description: string}} Setting
 */

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await load("parts", "health");
  const { session, api, reload, signal } = context;
  const checks = await readiness(context);
  const own = session.caller?.tenant === "default";
  const settings = own ? await api.json("/v1/settings", { signal }) : null;
  const again = button(t("health.again"), reload, { icon: "retry" });
  const version = settings && badge("", t("health.version", { version: settings.version }));
  return h("div", { class: "stack" }, head(t("nav.health"), t("health.about"), version, again), ready(checks), settings && list(settings.items));
}

/**
 * Return what readiness says, also where it says no.
 *
 * @param {import("./index.js").Context} context
 * @returns {Promise<Check[]>}
 */
async function readiness({ api, signal }) {
  const response = await fetch(api.address("/health/ready"), { headers: api.credentials(), cache: "no-store", signal });
  return (await response.json()).checks;
}

/** @param {Check[]} checks */
function ready(checks) {
  const wrong = checks.filter((each) => !each.ok);
  const verdict = wrong.length ? note("bad", h("p", { class: "strong" }, t("health.wrong", { count: wrong.length }))) : note("good", h("p", { class: "strong" }, t("health.ready")));
  const columns = [
    { label: t("health.part"), bare: true, cell: (/** @type {Check} */ each) => h("span", { class: "strong" }, part(each.name)) },
    { label: t("health.state"), cell: (/** @type {Check} */ each) => badge(each.ok ? "good" : "bad", each.ok ? t("health.ok") : t("health.failed")) },
    { label: t("health.detail"), cell: (/** @type {Check} */ each) => each.detail },
  ];
  return card(t("health.parts"), verdict, sheet(t("health.parts"), columns, [...wrong, ...checks.filter((each) => each.ok)]));
}

/** @param {string} name */
function part(name) {
  if (name.startsWith("index:")) return t("health.part.index", { name: name.slice(6) });
  return { database: t("health.part.database"), llm: t("health.part.llm"), embedder: t("health.part.embedder"), indexes: t("health.part.indexes") }[name] ?? name;
}

/** @param {Setting[]} settings */
function list(settings) {
  const only = checkbox(t("health.changed"), { checked: settings.some((each) => each.changed) });
  const { box, place, draw } = filtered(t("health.search"), (text) => {
    const found = settings.filter((each) => (!only.control.checked || each.changed) && `${each.name} ${each.description}`.toLowerCase().includes(text));
    return found.length ? sheet(t("health.settings"), columns(), found) : empty({ icon: "search", title: t("parts.nothing") });
  });
  only.control.addEventListener("change", draw);
  return card(t("health.settings"), h("div", { class: "row" }, box, only), place, h("p", { class: "muted fine" }, t("health.how")));
}

function columns() {
  return [
    { label: t("health.setting"), bare: true, cell: (/** @type {Setting} */ each) => [h("code", { class: "strong" }, each.name), h("p", { class: "muted fine", lang: "en" }, each.description)] },
    { label: t("health.value"), cell: value },
    { label: t("health.state"), cell: (/** @type {Setting} */ each) => (each.changed ? badge("accent", t("health.set")) : badge("", t("health.default"))) },
  ];
}

/** @param {Setting} each */
function value(each) {
  if (each.secret) return h("span", { class: "muted" }, each.value === null ? t("health.secret") : t("health.unset"));
  return each.value ? h("code", {}, each.value) : h("span", { class: "muted" }, "–");
}
