// @ts-check
/** Customer data: all that is kept of one customer, as a file, and erased with a certificate. */

import { Problem } from "../../shared/api.js";
import { fill, h } from "../../shared/dom.js";
import { button, field, form, input } from "../../shared/form.js";
import { date, load, number, t } from "../../shared/i18n.js";
import { empty, failure, note, skeleton } from "../../shared/states.js";
import { badge, card, editor, facts, head, saveFile, sheet, tile, valid } from "../parts.js";
import { talk } from "../talkview.js";

/**
 * @typedef {{id: string, began_at: string, last_at: string, turns: import("../talkview.js").Turn[], answers: {answer_id: string}[], feedback: {id: string, verdict: string | null, edited_text: string, csat: number | null, comment: string, created_at: string}[], suggestions: {id: string, text: string, verdict: string, sent: string}[]}} Talk
 * @typedef {{customer_id: string, conversations: Talk[], events: {kind: string, at: string, subject: string, details: Record<string, string | number>}[], messages: {id: string, rule: string, at: string, language: string, text: string}[]}} Customer
 * @typedef {{customer_sha256: string, erased_at: string, erased: Record<string, number>}} Certificate
 * @typedef {import("./index.js").Context} Context
 */

const COUNTED = ["conversations", "turns", "exchanges", "feedback", "suggestions", "events", "messages"];

/** @param {Context} context */
export async function page(context) {
  await load("parts", "customers", "conversation", "feedback");
  const id = field(t("customers.id"), input({ maxlength: 200, spellcheck: "false" }));
  const place = h("div", { class: "stack", "aria-live": "polite" });
  const look = h("button", { type: "submit", class: "button primary" }, t("customers.look"));
  async function submitted() {
    const wanted = id.control.value.trim();
    if (!valid([[id, wanted !== "", t("parts.needed")]])) return;
    fill(place, skeleton(4));
    await shown(context, wanted, place);
  }
  const asked = form({ class: "card stack tight" }, submitted, h("div", { class: "ask" }, id, look), h("p", { class: "muted fine" }, t("customers.id.hint")));
  return h("div", { class: "stack" }, head(t("nav.customers"), t("customers.about")), asked, place);
}

/**
 * @param {Context} context
 * @param {string} wanted
 * @param {HTMLElement} place
 */
async function shown(context, wanted, place) {
  try {
    /** @type {Customer} */
    const found = await context.api.json(address(wanted), { signal: context.signal });
    fill(place, kept(context, found, (made) => fill(place, certificate(made))));
  } catch (error) {
    const isNothing = error instanceof Problem && error.status === 404;
    fill(place, isNothing ? h("div", { class: "card" }, empty({ icon: "user", title: t("customers.nothing"), text: t("customers.nothing.text") })) : failure(error));
  }
}

/** @param {string} id */
function address(id) {
  return `/v1/customers/${encodeURIComponent(id)}`;
}

/**
 * @param {Context} context
 * @param {Customer} found
 * @param {(made: Certificate) => void} erased
 */
function kept(context, found, erased) {
  const counts = counted(found);
  const save = button(t("customers.export"), () => saveFile("customer.json", `${JSON.stringify(found, null, 2)}\n`), { icon: "download" });
  const erase = context.session.may("admin") && button(t("customers.erase"), () => eraseForm(context, found, counts, erased), { icon: "trash", kind: "danger" });
  const title = h("div", { class: "row apart" }, h("h2", {}, t("customers.kept"), " ", h("code", {}, found.customer_id)), h("div", { class: "row" }, save, erase));
  const tiles = COUNTED.filter((name) => counts[name]).map((name) => tile(t(`customers.of.${name}`), number(counts[name])));
  return [
    title,
    h("div", { class: "grid narrow" }, tiles),
    found.conversations.length > 0 && card(t("customers.of.conversations"), h("ul", { class: "plain-list" }, found.conversations.map(conversation))),
    found.events.length > 0 && card(t("customers.of.events"), sheet(t("customers.of.events"), eventColumns(), found.events)),
    found.messages.length > 0 && card(t("customers.of.messages"), sheet(t("customers.of.messages"), messageColumns(), found.messages)),
  ];
}

/**
 * @param {Customer} found
 * @returns {Record<string, number>}
 */
function counted({ conversations, events, messages }) {
  const sum = (/** @type {"turns" | "answers" | "feedback" | "suggestions"} */ name) => conversations.reduce((all, each) => all + each[name].length, 0);
  const within = { turns: sum("turns"), exchanges: sum("answers"), feedback: sum("feedback"), suggestions: sum("suggestions") };
  return { conversations: conversations.length, ...within, events: events.length, messages: messages.length };
}

/** @param {Talk} each */
function conversation({ id, began_at: began, turns, feedback, suggestions }) {
  const first = turns.find(({ role }) => role === "customer")?.text ?? id;
  const given = feedback.map((one) => h("li", {}, [one.verdict && t(`feedback.verdict.${one.verdict}`), one.csat && t("feedback.csat", { value: number(one.csat) }), one.comment, one.edited_text].filter(Boolean).join(" · ")));
  const offered = suggestions.map((one) => h("li", {}, one.text, one.sent && h("blockquote", { class: "quote good" }, one.sent)));
  return h(
    "li",
    {},
    h("details", {}, h("summary", {}, first), h("div", { class: "stack" }, talk(turns), part(t("customers.of.feedback"), given), part(t("customers.of.suggestions"), offered))),
    h("p", { class: "fine muted row" }, h("time", { datetime: began }, date(began)), badge("", t("customers.turns", { count: turns.length })), h("code", {}, id)),
  );
}

/**
 * @param {string} title
 * @param {HTMLElement[]} items
 */
function part(title, items) {
  return items.length > 0 && h("div", { class: "stack tight" }, h("h3", {}, title), h("ul", { class: "plain-list" }, items));
}

function eventColumns() {
  return [
    { label: t("customers.at"), cell: (/** @type {Customer["events"][0]} */ each) => date(each.at) },
    { label: t("customers.event"), bare: true, cell: (/** @type {Customer["events"][0]} */ each) => h("span", { class: "strong" }, each.kind) },
    { label: t("customers.subject"), cell: (/** @type {Customer["events"][0]} */ each) => each.subject && h("code", {}, each.subject) },
    { label: t("customers.details"), cell: (/** @type {Customer["events"][0]} */ each) => Object.entries(each.details).map(([name, value]) => `${name}: ${value}`).join(" · ") },
  ];
}

function messageColumns() {
  return [
    { label: t("customers.at"), cell: (/** @type {Customer["messages"][0]} */ each) => date(each.at) },
    { label: t("customers.message"), bare: true, cell: (/** @type {Customer["messages"][0]} */ each) => h("p", { class: "pre", lang: each.language }, each.text) },
    { label: t("customers.rule"), cell: (/** @type {Customer["messages"][0]} */ each) => h("code", {}, each.rule) },
  ];
}

/**
 * Name what goes, have the id typed, erase, and hand the certificate over.
 *
 * @param {Context} context
 * @param {Customer} found
 * @param {Record<string, number>} counts
 * @param {(made: Certificate) => void} erased
 */
function eraseForm({ api }, found, counts, erased) {
  const typed = field(t("customers.erase.type"), input({ spellcheck: "false" }), { hint: found.customer_id });
  const goes = h("ul", {}, COUNTED.filter((name) => counts[name]).map((name) => h("li", {}, `${t(`customers.of.${name}`)}: ${number(counts[name])}`)));
  editor({
    title: t("customers.erase.title"),
    fields: [h("div", { class: "stack tight" }, h("p", {}, t("customers.erase.text")), goes), note("warn", h("p", {}, t("customers.erase.final"))), typed],
    action: t("customers.erase"),
    danger: true,
    check: () => valid([[typed, typed.control.value.trim() === found.customer_id, t("customers.erase.differs")]]),
    save: async () => erased(await api.json(address(found.customer_id), { method: "DELETE" })),
  });
}

/** @param {Certificate} made */
function certificate(made) {
  const save = button(t("customers.certificate.save"), () => saveFile("certificate-of-erasure.json", `${JSON.stringify(made, null, 2)}\n`), { icon: "download", kind: "primary" });
  const counts = COUNTED.filter((name) => made.erased[name]).map((name) => /** @type {[string, string]} */ ([t(`customers.of.${name}`), number(made.erased[name])]));
  const said = facts([[t("customers.erased-at"), date(made.erased_at, { dateStyle: "medium", timeStyle: "medium" })], ...counts]);
  const hash = h("p", { class: "fine" }, h("span", { class: "muted" }, t("customers.hash")), " ", h("code", {}, made.customer_sha256));
  return card(t("customers.certificate"), note("good", h("p", { class: "strong" }, t("customers.erased"))), said, hash, h("p", { class: "muted fine" }, t("customers.backups")), h("div", { class: "row end" }, save));
}
