// @ts-check
/** One gap: the questions behind it, what the knowledge has, what is proposed, and how to close it. */

import { h } from "../../shared/dom.js";
import { button } from "../../shared/form.js";
import { date, load, number, percent, t } from "../../shared/i18n.js";
import { empty, note } from "../../shared/states.js";
import { told } from "../../shared/toast.js";
import { mixed, questions } from "../asked.js";
import { backTo, card, facts, head } from "../parts.js";
import { period } from "../periods.js";
import { rows } from "../proposed.js";
import { to } from "../router.js";
import { editEntry } from "./faqs.js";
import { cause, failures, gapsOf } from "./gaps.js";

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await load("parts", "gaps", "asked", "proposals", "faqs");
  const { session, params, query } = context;
  const gap = (await gapsOf(context)).find((each) => each.id === params.id);
  const back = backTo("/gaps", t("nav.gaps"));
  if (!gap) return h("div", { class: "stack" }, back, empty({ icon: "search", title: t("gaps.gone"), text: t("gaps.gone.text") }));
  const told = facts([
    [t("gaps.questions"), number(gap.questions)],
    [t("gaps.conversations"), number(gap.conversations)],
    [t("gaps.failing"), percent(gap.failing)],
    [t("gaps.cost"), number(gap.cost)],
    [t("gaps.confidence"), percent(gap.confidence)],
    [t("gaps.languages"), mixed(gap.languages)],
    [t("gaps.first"), date(gap.first_seen)],
    [t("gaps.last"), date(gap.last_seen)],
  ]);
  const place = h("div", { class: "stack tight" });
  const { since, until } = period(query);
  const list = questions(context, { gap_id: gap.id, since, until }, (found) => proposedFor(context, found, place));
  return h(
    "div",
    { class: "stack" },
    back,
    head(gap.name, "", cause(gap), ...(session.may("admin") ? actions(context, gap) : [])),
    why(gap),
    h("section", { class: "card stack" }, told, failures(gap)),
    card(t("gaps.proposed"), place),
    card(t("asked.questions"), list),
  );
}

/** @param {import("./gaps.js").Gap} gap */
function why(gap) {
  const where = gap.document && h("p", {}, h("a", { href: to(`/documents/${encodeURIComponent(gap.document.document_id)}`) }, gap.document.title || gap.document.uri));
  return note(gap.cause === "missing" ? "bad" : "warn", h("p", {}, t(`gaps.why.${gap.cause}`)), where);
}

/**
 * @param {import("./index.js").Context} context
 * @param {import("./gaps.js").Gap} gap
 */
function actions(context, gap) {
  const { session, api, reload } = context;
  async function mine() {
    const found = (await api.json("/v1/insights/proposals", { method: "POST", body: { knowledge_base: session.knowledgeBase } })).items;
    told(t("proposals.found", { count: found.length }));
    reload();
  }
  const draft = { question: gap.samples[0] ?? "", answer: "", tags: [] };
  return [button(t("gaps.mine"), mine, { icon: "search" }), button(t("gaps.write"), () => editEntry(context, draft), { icon: "edit", kind: "primary" })];
}

/**
 * Show what is proposed from the conversations of these questions.
 *
 * @param {import("./index.js").Context} context
 * @param {import("../asked.js").Question[]} found
 * @param {HTMLElement} place
 */
async function proposedFor({ session, api }, found, place) {
  const talks = new Set(found.map((each) => each.conversation_id));
  const texts = new Set(found.map((each) => each.text));
  /** @type {import("../proposed.js").Proposal[]} */
  const all = (await api.json("/v1/insights/proposals", { query: { knowledge_base: session.knowledgeBase, limit: 500 } })).items;
  const fitting = all.filter((each) => each.evidence.some((one) => talks.has(one.conversation_id) || texts.has(one.question)));
  place.replaceChildren(fitting.length ? rows(fitting) : h("p", { class: "muted" }, t("gaps.proposed.none")));
}
