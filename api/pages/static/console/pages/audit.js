// @ts-check
/** The record of who did what, the newest first, and whether it holds. */

import { h } from "../../shared/dom.js";
import { button } from "../../shared/form.js";
import { date, has, load, number, t } from "../../shared/i18n.js";
import { empty, note } from "../../shared/states.js";
import { badge, filtered, head, sheet } from "../parts.js";

/**
 * @typedef {{seq: number, at: string, subject: string, action: string, target: string, status: number, hash: string}} Entry
 * @typedef {{entries: number, head: string, broken_at: number | null}} Verification
 */

const PAGE = 200;

/** @param {import("./index.js").Context} context */
export async function page({ api, signal }) {
  await load("parts", "audit");
  /** @type {Verification} */
  const verified = await api.json("/v1/audit/verification", { signal });
  const top = head(t("nav.audit"), t("audit.about"));
  /** @type {Entry[]} */
  const entries = [];
  let first = await last(verified.entries);
  if (entries.length === 0) return h("div", { class: "stack" }, top, h("div", { class: "card" }, empty({ icon: "shield", title: t("audit.empty"), text: t("audit.empty.text") })));

  /** Read the page of entries that ends with a number, and what came after it. @param {number} until */
  async function last(until) {
    const after = Math.max(0, until - PAGE);
    const limit = entries.length ? until - after : 1000;
    const found = (await api.json("/v1/audit", { query: { after, limit }, signal })).items;
    entries.push(...found.reverse());
    return after;
  }
  const { box, place, draw } = filtered(t("audit.search"), (text) => {
    const found = entries.filter((each) => `${each.subject} ${each.action} ${t(`audit.did.${each.action}`)} ${each.target}`.toLowerCase().includes(text));
    return found.length ? sheet(t("nav.audit"), columns(), found) : empty({ icon: "search", title: t("parts.nothing") });
  });
  const more = button(t("audit.earlier"), earlier, { kind: "plain", hidden: first === 0 });
  async function earlier() {
    first = await last(first);
    more.hidden = first === 0;
    draw();
  }
  return h("div", { class: "stack" }, top, verdict(verified), box, place, more);
}

/** @param {Verification} verified */
function verdict({ entries, head: hash, broken_at: broken }) {
  if (broken !== null) return note("bad", h("p", { class: "strong" }, t("audit.broken", { number: broken })), h("p", {}, t("audit.broken.text")));
  return note("good", h("p", { class: "strong" }, t("audit.holds", { count: entries })), hash && h("p", { class: "fine" }, `${t("audit.head")} `, h("code", {}, hash)));
}

/** @param {Entry} each */
function outcome({ status }) {
  if (status < 400) return badge("good", t("audit.done"));
  const code = { status: String(status) };
  return badge("bad", status < 500 ? t("audit.refused", code) : t("audit.failed", code));
}

function columns() {
  return [
    { label: t("audit.at"), cell: (/** @type {Entry} */ each) => date(each.at, { dateStyle: "medium", timeStyle: "medium" }) },
    { label: t("audit.subject"), cell: (/** @type {Entry} */ each) => h("code", {}, each.subject) },
    { label: t("audit.action"), cell: (/** @type {Entry} */ each) => [h("span", {}, has(`audit.did.${each.action}`) ? t(`audit.did.${each.action}`) : each.action), h("p", { class: "fine muted" }, h("code", {}, each.action))] },
    { label: t("audit.target"), cell: (/** @type {Entry} */ each) => each.target && h("code", { class: "fine" }, each.target) },
    { label: t("audit.status"), cell: outcome },
    { label: t("audit.seq"), numeric: true, cell: (/** @type {Entry} */ each) => number(each.seq) },
  ];
}
