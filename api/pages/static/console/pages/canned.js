// @ts-check
/** Canned replies: what agents send with a shortcut, how often it was used, and changing it. */

import { confirmed } from "../../shared/dialog.js";
import { h } from "../../shared/dom.js";
import { button, field, input, select, textarea } from "../../shared/form.js";
import { load, number, t } from "../../shared/i18n.js";
import { empty } from "../../shared/states.js";
import { told } from "../../shared/toast.js";
import { languageName, languageOptions } from "../languages.js";
import { badge, editor, filtered, head, noBase, sheet, valid } from "../parts.js";

/** @typedef {{id: string, shortcut: string, language: string, title: string, text: string, category: string, used: number, accepted: number}} Reply */

const ROOT = "/v1/canned-replies";
const SHORTCUT = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;
const VARIABLE = /\{[a-z0-9_]+\}/gi;

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await load("parts", "canned");
  const { session, api } = context;
  const missing = noBase(session);
  if (missing) return h("div", { class: "stack" }, head(t("nav.canned")), missing);
  /** @type {Reply[]} */
  const items = (await api.json(ROOT, { query: { knowledge_base: session.knowledgeBase } })).items;
  const may = session.may("admin");
  const add = may && button(t("canned.new"), () => edit(context, null), { icon: "plus", kind: "primary" });
  const top = head(t("nav.canned"), t("canned.about"), add);
  if (items.length === 0) {
    const words = { icon: "reply", title: t("canned.empty"), text: t("canned.empty.text") };
    return h("div", { class: "stack" }, top, h("div", { class: "card" }, empty(words)));
  }
  return h("div", { class: "stack" }, top, list(context, items, may));
}

/**
 * @param {import("./index.js").Context} context
 * @param {Reply[]} items
 * @param {boolean} may whether the caller may change them
 */
function list(context, items, may) {
  const languages = [...new Set(items.map(({ language }) => language))].sort();
  const spoken = select([["", t("parts.languages")], ...languageOptions(languages)], { "aria-label": t("common.language"), class: "input compact" });
  const { box, place, draw } = filtered(t("canned.search"), (text) => {
    const found = items.filter((each) => (!spoken.value || each.language === spoken.value) && said(each).includes(text));
    return found.length ? sheet(t("nav.canned"), columns(context, may), found) : empty({ icon: "search", title: t("parts.nothing") });
  });
  spoken.addEventListener("change", draw);
  return h("div", { class: "stack" }, h("div", { class: "row" }, box, spoken), place);
}

/** @param {Reply} each */
function said(each) {
  return `${each.shortcut} ${each.title} ${each.text} ${each.category}`.toLowerCase();
}

/**
 * @param {import("./index.js").Context} context
 * @param {boolean} may
 */
function columns(context, may) {
  const shown = [
    { label: t("canned.shortcut"), cell: (/** @type {Reply} */ each) => h("code", {}, `/${each.shortcut}`) },
    {
      label: t("canned.title"),
      bare: true,
      cell: (/** @type {Reply} */ each) => [h("p", { class: "strong", lang: each.language }, each.title), h("p", { class: "muted pre", lang: each.language }, marked(each.text))],
    },
    { label: t("common.language"), cell: (/** @type {Reply} */ each) => languageName(each.language) },
    { label: t("canned.category"), cell: (/** @type {Reply} */ each) => each.category && badge("", each.category) },
    { label: t("canned.used"), numeric: true, cell: (/** @type {Reply} */ each) => `${number(each.used)} / ${number(each.accepted)}` },
  ];
  if (!may) return shown;
  const tools = { label: t("parts.actions"), bare: true, cell: (/** @type {Reply} */ each) => actions(context, each) };
  return [...shown, tools];
}

/** Show variables as what will be filled in. @param {string} text */
function marked(text) {
  const parts = [];
  let last = 0;
  for (const found of text.matchAll(VARIABLE)) {
    parts.push(text.slice(last, found.index), h("code", {}, found[0]));
    last = found.index + found[0].length;
  }
  return [...parts, text.slice(last)];
}

/**
 * @param {import("./index.js").Context} context
 * @param {Reply} each
 */
function actions(context, each) {
  const about = `${each.shortcut} (${each.language})`;
  return h(
    "div",
    { class: "row tools-row" },
    button([], () => edit(context, each), { icon: "edit", kind: "square", "aria-label": `${t("common.edit")}: ${about}` }),
    button([], () => remove(context, each), { icon: "trash", kind: "square", "aria-label": `${t("common.delete")}: ${about}` }),
  );
}

/**
 * @param {import("./index.js").Context} context
 * @param {Reply | null} known
 */
function edit({ session, api, reload }, known) {
  const shortcut = field(t("canned.shortcut"), input({ value: known?.shortcut ?? "", maxlength: 100, spellcheck: "false" }), { hint: t("canned.shortcut.hint") });
  const spoken = field(t("common.language"), select(languageOptions([known?.language ?? ""]), { value: known?.language ?? null }));
  const title = field(t("canned.title"), input({ value: known?.title ?? "", maxlength: 200 }), { hint: t("canned.title.hint") });
  const text = field(t("canned.text"), textarea({ value: known?.text ?? "", maxlength: 4000, rows: 6 }), { hint: t("canned.text.hint") });
  const category = field(t("canned.category"), input({ value: known?.category ?? "", maxlength: 200 }));
  editor({
    title: known ? t("canned.edit") : t("canned.new"),
    fields: [shortcut, spoken, title, text, category],
    check: () =>
      valid([
        [shortcut, SHORTCUT.test(shortcut.control.value.trim()), t("canned.shortcut.hint")],
        [title, title.control.value.trim() !== "", t("parts.needed")],
        [text, text.control.value.trim() !== "", t("parts.needed")],
      ]),
    save: async () => {
      const body = {
        shortcut: shortcut.control.value.trim(),
        language: spoken.control.value,
        title: title.control.value.trim(),
        text: text.control.value.trim(),
        category: category.control.value.trim(),
      };
      if (known) await api.json(`${ROOT}/${encodeURIComponent(known.id)}`, { method: "PUT", body });
      else await api.json(ROOT, { method: "POST", body: { ...body, knowledge_base: session.knowledgeBase } });
      told(t("common.saved"));
      reload();
    },
  });
}

/**
 * @param {import("./index.js").Context} context
 * @param {Reply} each
 */
async function remove({ api, reload }, each) {
  const asked = { title: t("canned.delete"), text: [h("p", { class: "strong" }, `/${each.shortcut}`), h("p", {}, each.title)] };
  if (!(await confirmed({ ...asked, action: t("common.delete"), danger: true }))) return;
  await api.json(`${ROOT}/${encodeURIComponent(each.id)}`, { method: "DELETE" });
  told(t("common.deleted"));
  reload();
}
