// @ts-check
/** One proposal: what it says, why, what it would change; edit, approve, reject, publish, roll back. */

import { confirmed } from "../../shared/dialog.js";
import { h } from "../../shared/dom.js";
import { button, field, textarea } from "../../shared/form.js";
import { date, load, number, percent, t } from "../../shared/i18n.js";
import { note } from "../../shared/states.js";
import { told } from "../../shared/toast.js";
import { languageName } from "../languages.js";
import { backTo, badge, card, editor, facts, head, valid } from "../parts.js";
import { kind, state } from "../proposed.js";
import { to } from "../router.js";

/** @typedef {import("../proposed.js").Proposal} Proposal */

const ROOT = "/v1/insights/proposals";
const OPEN = ["proposed", "edited"];

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await load("parts", "proposals");
  const { session, api, params } = context;
  /** @type {Proposal} */
  const found = await api.json(`${ROOT}/${encodeURIComponent(params.id)}`);
  return h(
    "div",
    { class: "stack" },
    backTo("/proposals", t("nav.proposals")),
    head(found.question, "", kind(found), state(found)),
    session.may("admin") && h("div", { class: "row" }, actions(context, found)),
    found.reason && note("bad", h("p", { class: "strong" }, t("proposals.reason")), h("p", {}, found.reason)),
    said(found),
    found.effect && effect(found.effect),
    evidence(found),
  );
}

/** @param {Proposal} found */
function said(found) {
  const told = facts([
    [t("common.language"), languageName(found.language)],
    [t("proposals.confidence"), percent(found.confidence)],
    [t("proposals.count"), number(found.count)],
    [t("proposals.changed"), date(found.changed_at)],
    [t("proposals.access"), found.access.join(", ")],
    [t("proposals.published"), found.publication && published(found.publication)],
  ]);
  const after = h("div", { class: "stack tight" }, h("h3", {}, found.place ? t("proposals.after") : t("proposals.answer")), h("blockquote", { class: "quote good", lang: found.language }, found.answer));
  const before = found.place && h("div", { class: "stack tight" }, h("h3", {}, t("proposals.before")), h("blockquote", { class: "quote bad" }, found.place.quote), link(found.place));
  return card(t(`proposals.what.${found.kind}`), h("div", { class: "sides" }, before, after), told);
}

/** @param {NonNullable<Proposal["place"]>} place */
function link(place) {
  return h("p", { class: "fine" }, h("a", { href: to(`/documents/${encodeURIComponent(place.document_id)}`) }, place.title || t("proposals.document")), ` · ${t("proposals.version", { version: place.version })}`);
}

/** @param {NonNullable<Proposal["publication"]>} publication */
function published(publication) {
  return [h("a", { href: to(`/documents/${encodeURIComponent(publication.document_id)}`) }, t("proposals.version", { version: publication.version })), ` · ${date(publication.at)}`];
}

/** @param {Proposal} found */
function evidence(found) {
  const items = found.evidence.map((each) =>
    h(
      "li",
      { class: "stack tight" },
      h("div", { class: "row" }, badge(each.agrees ? "good" : "warn", t(each.agrees ? "proposals.agrees" : "proposals.differs")), badge("", t(each.document_id ? "proposals.case" : "proposals.corrected"))),
      h("p", { class: "strong", lang: each.language }, each.question),
      h("p", { class: "pre", lang: each.language }, each.answer),
    ),
  );
  return card(t("proposals.evidence", { count: items.length }), h("ul", { class: "plain-list" }, items));
}

/** @param {NonNullable<Proposal["effect"]>} shown */
function effect(shown) {
  const counts = h(
    "div",
    { class: "row" },
    badge("good", t("proposals.better", { count: shown.better })),
    badge("", t("proposals.same", { count: shown.same })),
    badge(shown.worse ? "bad" : "", t("proposals.worse", { count: shown.worse })),
    h("span", { class: "muted fine" }, t("proposals.searchable", { seconds: number(shown.searchable_s, { maximumFractionDigits: 2 }) })),
  );
  const tones = { better: "good", same: "", worse: "bad" };
  const items = shown.questions.map((each) =>
    h(
      "li",
      { class: "stack tight" },
      h("div", { class: "row" }, badge(tones[each.verdict], t(`proposals.verdict.${each.verdict}`)), !each.observation && badge("", t("proposals.golden")), h("span", { class: "strong" }, each.question)),
      h("div", { class: "sides" }, reply(t("proposals.was"), each.before), reply(t("proposals.is"), each.after)),
    ),
  );
  return card(t("proposals.effect"), counts, h("ul", { class: "plain-list" }, items));
}

/**
 * @param {string} title
 * @param {import("../proposed.js").Reply} said
 */
function reply(title, said) {
  return h("div", { class: "stack tight" }, h("p", { class: "muted fine" }, `${title} · ${t(`proposals.outcome.${said.outcome}`)} · ${percent(said.confidence)}`), h("blockquote", { class: `quote ${said.right ? "good" : ""}` }, said.text || t("proposals.silent")));
}

/**
 * @param {import("./index.js").Context} context
 * @param {Proposal} found
 */
function actions(context, found) {
  const open = OPEN.includes(found.state);
  const step = (/** @type {string} */ name, body = {}) => advance(context, found.id, name, body);
  return [
    found.state === "approved" && button(t("proposals.publish"), () => step("publish"), { icon: "send", kind: "primary" }),
    found.state === "rolled_back" && button(t("proposals.publish.again"), () => step("publish"), { icon: "send" }),
    open && (found.kind !== "duplicate" || found.state === "edited") && button(t("proposals.approve"), () => step("approve"), { icon: "check", kind: "primary" }),
    open && button(t("common.edit"), () => edit(context, found), { icon: "edit" }),
    (open || found.state === "approved") && button(t("proposals.reject"), () => reject(context, found), { icon: "close", kind: "danger" }),
    found.state === "published" && button(t("proposals.rollback"), () => rollBack(context, found), { icon: "history", kind: "danger" }),
  ];
}

/**
 * @param {import("./index.js").Context} context
 * @param {string} id
 * @param {string} name
 * @param {object} body
 */
async function advance({ api, reload }, id, name, body) {
  const sent = name === "publish" || name === "reject" ? { body } : {};
  await api.json(`${ROOT}/${encodeURIComponent(id)}/${name}`, { method: "POST", ...sent });
  told(t(`proposals.done.${name}`));
  reload();
}

/**
 * @param {import("./index.js").Context} context
 * @param {Proposal} found
 */
function edit({ api, reload }, found) {
  const question = field(t("proposals.question"), textarea({ value: found.question, maxlength: 1000, rows: 2 }));
  const answer = field(t("proposals.answer"), textarea({ value: found.answer, maxlength: 8000, rows: 8 }));
  editor({
    title: t("proposals.edit"),
    fields: [question, answer],
    check: () =>
      valid([
        [question, question.control.value.trim() !== "", t("parts.needed")],
        [answer, answer.control.value.trim() !== "", t("parts.needed")],
      ]),
    save: async () => {
      const body = { question: question.control.value.trim(), answer: answer.control.value.trim() };
      await api.json(`${ROOT}/${encodeURIComponent(found.id)}`, { method: "PATCH", body });
      told(t("common.saved"));
      reload();
    },
  });
}

/**
 * @param {import("./index.js").Context} context
 * @param {Proposal} found
 */
function reject(context, found) {
  const reason = field(t("proposals.reason"), textarea({ rows: 3, maxlength: 1000 }), { hint: t("proposals.reason.hint") });
  editor({
    title: t("proposals.reject"),
    fields: [reason],
    action: t("proposals.reject"),
    check: () => valid([[reason, reason.control.value.trim() !== "", t("parts.needed")]]),
    save: () => advance(context, found.id, "reject", { reason: reason.control.value.trim() }),
  });
}

/**
 * @param {import("./index.js").Context} context
 * @param {Proposal} found
 */
async function rollBack(context, found) {
  const text = h("p", {}, t("proposals.rollback.text"));
  if (await confirmed({ title: t("proposals.rollback"), text, action: t("proposals.rollback"), danger: true })) await advance(context, found.id, "rollback", {});
}
