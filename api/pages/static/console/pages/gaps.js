// @ts-check
/** What the knowledge lacks: groups of questions that failed, what cost most first. */

import { h } from "../../shared/dom.js";
import { date, load, number, percent, t } from "../../shared/i18n.js";
import { empty } from "../../shared/states.js";
import { badge, head, noBase, sheet } from "../parts.js";
import { period, periodChoice } from "../periods.js";
import { to } from "../router.js";
import { runs } from "./topics.js";

/**
 * @typedef {{id: string, name: string, terms: string[], questions: number, conversations: number, failures: Record<string, number>, cost: number, failing: number, cause: string, document: {document_id: string, title: string, uri: string} | null, confidence: number, languages: Record<string, number>, samples: string[], first_seen: string, last_seen: string}} Gap
 */

const CAUSES = { missing: "bad", not_found: "warn", outdated: "warn", contradicted: "bad" };

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await load("parts", "gaps", "asked");
  const { session, query } = context;
  const missing = noBase(session);
  if (missing) return h("div", { class: "stack" }, head(t("nav.gaps")), missing);
  const items = await gapsOf(context);
  const top = head(t("nav.gaps"), t("gaps.about"), periodChoice(context, "/gaps"), runs(context));
  if (items.length === 0) {
    return h("div", { class: "stack" }, top, h("div", { class: "card" }, empty({ icon: "check", title: t("gaps.empty"), text: t("gaps.empty.text") })));
  }
  const columns = [
    {
      label: t("gaps.gap"),
      bare: true,
      cell: (/** @type {Gap} */ each) => [h("a", { class: "strong", href: to(`/gaps/${encodeURIComponent(each.id)}`, Object.fromEntries(query)) }, each.name), h("p", { class: "muted" }, each.samples[0])],
    },
    { label: t("gaps.cause"), cell: (/** @type {Gap} */ each) => cause(each) },
    { label: t("gaps.questions"), numeric: true, cell: (/** @type {Gap} */ each) => number(each.questions) },
    { label: t("gaps.failing"), numeric: true, cell: (/** @type {Gap} */ each) => percent(each.failing) },
    { label: t("gaps.failures"), cell: (/** @type {Gap} */ each) => failures(each) },
    { label: t("gaps.cost"), numeric: true, cell: (/** @type {Gap} */ each) => h("span", { class: "strong" }, number(each.cost)) },
    { label: t("gaps.last"), cell: (/** @type {Gap} */ each) => date(each.last_seen, { dateStyle: "medium" }) },
  ];
  return h("div", { class: "stack" }, top, sheet(t("nav.gaps"), columns, items), h("p", { class: "muted fine" }, t("gaps.cost.hint")));
}

/**
 * @param {import("./index.js").Context} context
 * @returns {Promise<Gap[]>}
 */
export async function gapsOf({ session, api, query, signal }) {
  const { since, until } = period(query);
  return (await api.json("/v1/insights/gaps", { query: { knowledge_base: session.knowledgeBase, since, until, limit: 200 }, signal })).items;
}

/** @param {Gap} gap */
export function cause(gap) {
  return badge(CAUSES[/** @type {keyof typeof CAUSES} */ (gap.cause)], t(`gaps.cause.${gap.cause}`));
}

/** @param {Gap} gap */
export function failures(gap) {
  return h("ul", { class: "chips" }, Object.entries(gap.failures).map(([name, count]) => h("li", {}, badge("", `${t(`asked.failure.${name}`)} ${number(count)}`))));
}
