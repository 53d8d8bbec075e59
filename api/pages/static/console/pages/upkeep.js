// @ts-check
/** What of the knowledge contradicts itself, and what is out of date. */

import { fill, h } from "../../shared/dom.js";
import { date, load, number, percent, t } from "../../shared/i18n.js";
import { empty, failure, skeleton } from "../../shared/states.js";
import { tabbed } from "../../shared/tabs.js";
import { languageName } from "../languages.js";
import { badge, head, noBase, sheet } from "../parts.js";
import { to } from "../router.js";

/**
 * @typedef {{document_id: string, version: number, title: string, uri: string, kind: string, quote: string, effective_from: string | null, effective_until: string | null}} Side
 * @typedef {{kind: string, one: Side, other: Side, values: [string[], string[]], confidence: number}} Contradiction
 * @typedef {{reason: string, document_id: string, title: string, uri: string, language: string, day: string | null, detail: string}} Stale
 */

const TONES = { expired: "bad", expiring: "warn", broken_link: "warn", unreached: "" };

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await load("parts", "upkeep");
  const { session, query } = context;
  const missing = noBase(session);
  if (missing) return h("div", { class: "stack" }, head(t("nav.upkeep")), missing);
  const tabs = [
    { name: "stale", label: t("upkeep.stale"), show: () => shown(stale(context)) },
    { name: "contradictions", label: t("upkeep.contradictions"), show: () => shown(contradictions(context)) },
  ];
  const changed = (/** @type {string} */ name) => history.replaceState(null, "", to("/upkeep", { tab: name }));
  const chosen = query.get("tab") ?? "stale";
  return h("div", { class: "stack" }, head(t("nav.upkeep"), t("upkeep.about")), tabbed(t("nav.upkeep"), tabs, { chosen, changed }));
}

/** Return a place that shows what it is promised once that is there. @param {Promise<Node>} content */
function shown(content) {
  const place = h("div", { class: "stack" }, skeleton());
  content.then(
    (found) => fill(place, found),
    (error) => fill(place, failure(error)),
  );
  return place;
}

/** @param {import("./index.js").Context} context */
async function contradictions({ session, api, signal }) {
  /** @type {Contradiction[]} */
  const items = (await api.json("/v1/insights/contradictions", { query: { knowledge_base: session.knowledgeBase }, signal })).items;
  if (items.length === 0) return empty({ icon: "check", title: t("upkeep.agreed"), text: t("upkeep.agreed.text") });
  return h("div", { class: "stack" }, h("p", { class: "muted" }, t("upkeep.count", { count: items.length })), items.map(contradiction));
}

/** @param {Contradiction} each */
function contradiction({ kind, one, other, values, confidence }) {
  const differing = values[0].length > 0 && h("p", { class: "muted fine" }, `${values[0].join(", ")} ≠ ${values[1].join(", ")}`);
  return h(
    "section",
    { class: "card stack" },
    h("div", { class: "row" }, badge("warn", t(`upkeep.kind.${kind}`)), badge("", t("upkeep.sure", { share: percent(confidence) })), differing),
    h("div", { class: "sides" }, side(one), side(other)),
  );
}

/** @param {Side} said */
function side(said) {
  const from = said.effective_from && t("upkeep.since", { day: date(said.effective_from) });
  const until = said.effective_until && t("upkeep.until", { day: date(said.effective_until) });
  return h(
    "div",
    { class: "stack tight" },
    h("h2", {}, h("a", { href: to(`/documents/${encodeURIComponent(said.document_id)}`) }, said.title || said.uri)),
    h("p", { class: "muted fine" }, [said.uri, from, until].filter(Boolean).join(" · ")),
    h("blockquote", { class: "quote" }, said.quote),
  );
}

/** @param {import("./index.js").Context} context */
async function stale({ session, api, signal }) {
  /** @type {Stale[]} */
  const items = (await api.json("/v1/insights/staleness", { query: { knowledge_base: session.knowledgeBase }, signal })).items;
  if (items.length === 0) return empty({ icon: "check", title: t("upkeep.fresh") });
  const counts = Object.keys(TONES).map((reason) => ({ reason, count: items.filter((each) => each.reason === reason).length }));
  const columns = [
    { label: t("upkeep.document"), bare: true, cell: (/** @type {Stale} */ each) => [h("a", { class: "strong", href: to(`/documents/${encodeURIComponent(each.document_id)}`) }, each.title || each.uri), h("p", { class: "muted fine" }, each.uri)] },
    { label: t("upkeep.reason"), cell: (/** @type {Stale} */ each) => badge(TONES[/** @type {keyof typeof TONES} */ (each.reason)], t(`upkeep.reason.${each.reason}`)) },
    { label: t("upkeep.day"), cell: (/** @type {Stale} */ each) => each.day && date(each.day) },
    { label: t("upkeep.detail"), cell: (/** @type {Stale} */ each) => each.detail && h("code", {}, each.detail) },
    { label: t("common.language"), cell: (/** @type {Stale} */ each) => languageName(each.language) },
  ];
  const summary = h("div", { class: "row" }, counts.filter(({ count }) => count).map(({ reason, count }) => badge(TONES[/** @type {keyof typeof TONES} */ (reason)], `${t(`upkeep.reason.${reason}`)} ${number(count)}`)));
  return h("div", { class: "stack" }, summary, sheet(t("upkeep.stale"), columns, items));
}
