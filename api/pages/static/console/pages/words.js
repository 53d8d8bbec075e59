// @ts-check
/** Words that the owner does not want in replies: add, change, remove, export, import. */

import { confirmed } from "../../shared/dialog.js";
import { h } from "../../shared/dom.js";
import { button, checkbox, field, input, select } from "../../shared/form.js";
import { load, t } from "../../shared/i18n.js";
import { empty } from "../../shared/states.js";
import { failed, told } from "../../shared/toast.js";
import { badge, editor, filtered, head, noBase, saveFile, sheet, valid } from "../parts.js";

/** @typedef {{word: string, severity: "warn" | "block", remedy: string, disguised: boolean}} Word */

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await load("parts", "words");
  const { session, api } = context;
  const missing = noBase(session);
  if (missing) return h("div", { class: "stack" }, head(t("nav.words")), missing);
  /** @type {Word[]} */
  const items = (await api.json(root(session))).items;
  const may = session.may("admin");
  const top = head(t("nav.words"), t("words.about"), ...tools(context, items, may));
  if (items.length === 0) {
    const words = { icon: "words", title: t("words.empty"), text: t("words.empty.text") };
    return h("div", { class: "stack" }, top, h("div", { class: "card" }, empty(words)));
  }
  const { box, place } = filtered(t("words.search"), (text) => {
    const found = items.filter((each) => `${each.word} ${each.remedy}`.toLowerCase().includes(text));
    return found.length ? sheet(t("nav.words"), columns(context, may), found) : empty({ icon: "search", title: t("parts.nothing") });
  });
  return h("div", { class: "stack" }, top, box, place);
}

/** @param {import("../session.js").Session} session */
function root(session) {
  return `/v1/knowledge-bases/${encodeURIComponent(session.knowledgeBase)}/words`;
}

/**
 * @param {import("./index.js").Context} context
 * @param {Word[]} items
 * @param {boolean} may
 */
function tools(context, items, may) {
  const out = items.length > 0 && button(t("words.export"), () => saveFile("words.json", JSON.stringify({ items }, null, 1)), { icon: "download" });
  if (!may) return [out];
  const chosen = input({ type: "file", accept: ".json,application/json", hidden: true, "aria-label": t("words.import") });
  chosen.addEventListener("change", () => imported(context, chosen).catch(failed));
  const into = button(t("words.import"), () => chosen.click(), { icon: "upload" });
  return [out, chosen, into, button(t("words.new"), () => edit(context, null), { icon: "plus", kind: "primary" })];
}

/**
 * @param {import("./index.js").Context} context
 * @param {HTMLInputElement} chosen
 */
async function imported({ session, api, reload }, chosen) {
  const file = chosen.files?.[0];
  chosen.value = "";
  if (!file) return;
  /** @type {{items: Word[]}} */
  let said;
  try {
    said = JSON.parse(await file.text());
    if (!Array.isArray(said.items)) throw new SyntaxError();
  } catch {
    failed(new Error(t("words.unreadable")));
    return;
  }
  const text = h("p", {}, t("words.replace", { count: said.items.length }));
  if (!(await confirmed({ title: t("words.import"), text, action: t("words.import"), danger: true }))) return;
  await api.json(root(session), { method: "PUT", body: { items: said.items } });
  told(t("common.saved"));
  reload();
}

/**
 * @param {import("./index.js").Context} context
 * @param {boolean} may
 */
function columns(context, may) {
  const shown = [
    { label: t("words.word"), bare: true, cell: (/** @type {Word} */ each) => h("span", { class: "strong" }, each.word) },
    { label: t("words.severity"), cell: (/** @type {Word} */ each) => badge(each.severity === "block" ? "bad" : "warn", t(`words.severity.${each.severity}`)) },
    { label: t("words.remedy"), cell: (/** @type {Word} */ each) => each.remedy },
    { label: t("words.disguised"), cell: (/** @type {Word} */ each) => (each.disguised ? t("common.yes") : t("common.no")) },
  ];
  if (!may) return shown;
  return [...shown, { label: t("parts.actions"), bare: true, cell: (/** @type {Word} */ each) => actions(context, each) }];
}

/**
 * @param {import("./index.js").Context} context
 * @param {Word} each
 */
function actions(context, each) {
  return h(
    "div",
    { class: "row tools-row" },
    button([], () => edit(context, each), { icon: "edit", kind: "square", "aria-label": `${t("common.edit")}: ${each.word}` }),
    button([], () => remove(context, each), { icon: "trash", kind: "square", "aria-label": `${t("common.delete")}: ${each.word}` }),
  );
}

/**
 * @param {import("./index.js").Context} context
 * @param {Word | null} known
 */
function edit({ session, api, reload }, known) {
  const word = field(t("words.word"), input({ value: known?.word ?? "", maxlength: 100, readonly: known !== null }), { hint: t("words.word.hint") });
  const severity = field(t("words.severity"), select([["block", t("words.severity.block")], ["warn", t("words.severity.warn")]], { value: known?.severity ?? "block" }));
  const remedy = field(t("words.remedy"), input({ value: known?.remedy ?? "", maxlength: 500 }), { hint: t("words.remedy.hint") });
  const disguised = checkbox(t("words.disguised.find"), { checked: known?.disguised ?? true });
  editor({
    title: known ? t("words.edit") : t("words.new"),
    fields: [word, severity, remedy, disguised],
    check: () => valid([[word, /[\p{L}\p{N}]/u.test(word.control.value), t("words.word.needed")]]),
    save: async () => {
      const said = { word: word.control.value.trim(), severity: severity.control.value, remedy: remedy.control.value.trim(), disguised: disguised.control.checked };
      await api.json(root(session), { method: "POST", body: { items: [said] } });
      told(t("common.saved"));
      reload();
    },
  });
}

/**
 * @param {import("./index.js").Context} context
 * @param {Word} each
 */
async function remove({ session, api, reload }, each) {
  if (!(await confirmed({ title: t("words.delete"), text: h("p", {}, each.word), action: t("common.delete"), danger: true }))) return;
  await api.json(root(session), { method: "DELETE", query: { word: each.word } });
  told(t("common.deleted"));
  reload();
}
