// @ts-check
/** FAQs: entries that were written here, and documents of this kind that were ingested. */

import { confirmed, openDialog } from "../../shared/dialog.js";
import { h } from "../../shared/dom.js";
import { button, field, input, select, textarea } from "../../shared/form.js";
import { load, t } from "../../shared/i18n.js";
import { empty } from "../../shared/states.js";
import { told } from "../../shared/toast.js";
import { languageName } from "../languages.js";
import { badge, editor, filtered, head, noBase, sheet, valid } from "../parts.js";
import { to } from "../router.js";

/**
 * @typedef {{id: string, question: string, answer: string, category: string, document_id: string, version: number, uri: string, language: string}} Entry
 * @typedef {{question: string, answer: string, tags: string[], document_id?: string}} Draft
 */

const OWN = "faqs/"; // where entries that were written here stand
const MOST = 2000;
const SAID = /[\p{L}\p{N}]/u;

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await load("parts", "faqs");
  const { session } = context;
  const missing = noBase(session);
  if (missing) return h("div", { class: "stack" }, head(t("nav.faqs")), missing);
  const items = await entries(context);
  const may = session.may("admin");
  const add = may && button(t("faqs.new"), () => editEntry(context, { question: "", answer: "", tags: [] }), { icon: "plus", kind: "primary" });
  const top = head(t("nav.faqs"), t("faqs.about"), add);
  if (items.length === 0) {
    return h("div", { class: "stack" }, top, h("div", { class: "card" }, empty({ icon: "faq", title: t("faqs.empty"), text: t("faqs.empty.text") })));
  }
  const spoken = choice(t("parts.languages"), t("common.language"), items.map(({ language }) => [language, languageName(language)]));
  const about = choice(t("faqs.categories"), t("faqs.category"), items.filter(({ category }) => category).map(({ category }) => [category, category]));
  const { box, place, draw } = filtered(t("faqs.search"), (text) => {
    const found = items.filter(
      (each) =>
        (!spoken.value || each.language === spoken.value) &&
        (!about.value || each.category === about.value) &&
        `${each.question} ${each.answer}`.toLowerCase().includes(text),
    );
    return found.length ? sheet(t("nav.faqs"), columns(context, may), found) : empty({ icon: "search", title: t("parts.nothing") });
  });
  for (const each of [spoken, about]) each.addEventListener("change", draw);
  return h("div", { class: "stack" }, top, h("div", { class: "row" }, box, about, spoken), place);
}

/**
 * @param {string} all what stands for no choice
 * @param {string} label
 * @param {[string, string][]} options
 */
function choice(all, label, options) {
  const known = [...new Map(options)].sort((one, other) => one[1].localeCompare(other[1]));
  return select([["", all], ...known], { "aria-label": label, class: "input compact" });
}

/**
 * @param {import("./index.js").Context} context
 * @returns {Promise<Entry[]>}
 */
async function entries({ session, api, signal }) {
  const found = [];
  for await (const items of api.pages("/v1/faqs", { query: { knowledge_base: session.knowledgeBase, limit: 200 }, signal })) {
    found.push(...items);
    if (found.length >= MOST) break;
  }
  return found;
}

/** @param {Entry} each */
function isOwn(each) {
  return each.uri.startsWith(OWN);
}

/**
 * @param {import("./index.js").Context} context
 * @param {boolean} may
 */
function columns(context, may) {
  return [
    {
      label: t("faqs.question"),
      bare: true,
      cell: (/** @type {Entry} */ each) => [h("button", { class: "text-button", type: "button", lang: each.language, on: { click: () => read(each) } }, each.question), h("p", { class: "muted", lang: each.language }, cut(each.answer))],
    },
    { label: t("faqs.category"), cell: (/** @type {Entry} */ each) => each.category && badge("", each.category) },
    { label: t("common.language"), cell: (/** @type {Entry} */ each) => languageName(each.language) },
    { label: t("faqs.source"), cell: source },
    { label: t("parts.actions"), bare: true, cell: (/** @type {Entry} */ each) => may && isOwn(each) && actions(context, each) },
  ];
}

/** @param {Entry} each */
function source(each) {
  const words = isOwn(each) ? t("faqs.own", { version: each.version }) : each.uri;
  return h("a", { class: "fine", href: to(`/documents/${encodeURIComponent(each.document_id)}`) }, words);
}

/** @param {string} text */
function cut(text) {
  const chars = [...text];
  return chars.length > 140 ? `${chars.slice(0, 140).join("")}…` : text;
}

/**
 * @param {import("./index.js").Context} context
 * @param {Entry} each
 */
function actions(context, each) {
  async function edit() {
    const { tags } = await context.api.json(`/v1/documents/${encodeURIComponent(each.document_id)}`);
    await editEntry(context, { question: each.question, answer: each.answer, tags, document_id: each.document_id });
  }
  return h(
    "div",
    { class: "row tools-row" },
    button([], edit, { icon: "edit", kind: "square", "aria-label": `${t("common.edit")}: ${each.question}` }),
    button([], () => remove(context, each), { icon: "trash", kind: "square", "aria-label": `${t("common.delete")}: ${each.question}` }),
  );
}

/** @param {Entry} each */
function read(each) {
  openDialog(each.question, [h("p", { class: "pre", lang: each.language }, each.answer), source(each)], { wide: true });
}

/**
 * Open the editor of an entry, a new one unless it has a document.
 *
 * @param {import("./index.js").Context} context
 * @param {Draft} draft
 */
export async function editEntry({ session, api, reload }, draft) {
  await load("parts", "faqs");
  const question = field(t("faqs.question"), textarea({ value: draft.question, rows: 2, maxlength: 1000 }), { hint: t("faqs.question.hint") });
  const answer = field(t("faqs.answer"), textarea({ value: draft.answer, rows: 8, maxlength: 8000 }));
  const tags = field(t("faqs.tags"), input({ value: draft.tags.join(", ") }), { hint: t("faqs.tags.hint") });
  editor({
    title: draft.document_id ? t("faqs.edit") : t("faqs.new"),
    fields: [question, answer, tags],
    wide: true,
    check: () =>
      valid([
        [question, SAID.test(question.control.value), t("parts.needed")],
        [answer, SAID.test(answer.control.value), t("parts.needed")],
      ]),
    save: async () => {
      const body = {
        question: question.control.value.trim(),
        answer: answer.control.value.trim(),
        tags: tags.control.value.split(/[,，、]/).map((each) => each.trim()).filter(Boolean),
      };
      const id = draft.document_id;
      if (id) await api.json(`/v1/faqs/${encodeURIComponent(id)}`, { method: "PUT", body });
      else await api.json("/v1/faqs", { method: "POST", body: { ...body, knowledge_base: session.knowledgeBase } });
      told(t("common.saved"));
      reload();
    },
  });
}

/**
 * @param {import("./index.js").Context} context
 * @param {Entry} each
 */
async function remove({ api, reload }, each) {
  if (!(await confirmed({ title: t("faqs.delete"), text: h("p", {}, each.question), action: t("common.delete"), danger: true }))) return;
  await api.json(`/v1/documents/${encodeURIComponent(each.document_id)}`, { method: "DELETE" });
  told(t("common.deleted"));
  reload();
}
