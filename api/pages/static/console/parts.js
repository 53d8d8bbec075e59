// @ts-check
/** What several pages are put together from: heads, tables, facts, filters, editors, checks of what was typed. */

import { openDialog } from "../shared/dialog.js";
import { append, fill, h } from "../shared/dom.js";
import { button, field, form, input } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { empty } from "../shared/states.js";
import { to } from "./router.js";

/** @typedef {import("../shared/dom.js").Child} Child */
/** @typedef {ReturnType<typeof field>} Field */

const SHOWN = 100;

/**
 * Return the head of a page.
 *
 * @param {string} title
 * @param {string} [text]
 * @param {...Child} actions
 */
export function head(title, text = "", ...actions) {
  const words = h("div", { class: "grow" }, h("h1", {}, title), text && h("p", {}, text));
  return h("div", { class: "page-head" }, words, h("div", { class: "row" }, actions));
}

/**
 * Return the way back to a list.
 *
 * @param {string} path
 * @param {string} words
 */
export function backTo(path, words) {
  return h("p", { class: "fine" }, h("a", { href: to(path) }, `← ${words}`));
}

/**
 * Return a table whose rows become cards where it is narrow; more than a hundred are shown on request.
 *
 * @template T
 * @param {string} caption for screen readers
 * @param {{label: string, numeric?: boolean, bare?: boolean, cell: (row: T) => Child | Child[]}[]} columns `bare`: without its label on cards
 * @param {T[]} rows
 */
export function sheet(caption, columns, rows) {
  const heads = columns.map(({ label, numeric, bare }) => h("th", { scope: "col", role: "columnheader", class: numeric ? "numeric" : null }, h("span", { class: label === t("parts.actions") ? "unseen" : null }, label)));
  const body = h("tbody", { role: "rowgroup" }); // roles are said, since cards are no table to browsers
  const top = h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads));
  const table = h("table", { class: "table folding", role: "table" }, h("caption", { class: "unseen" }, caption), top, body);
  const shown = h("div", { class: "table-scroll" }, table);
  const more = button(t("parts.more"), add, { kind: "plain" });

  /** @param {T} row */
  function made(row) {
    const cells = columns.map(({ label, numeric, bare, cell }) => h("td", { role: "cell", class: numeric ? "numeric" : null, data: bare ? {} : { label } }, h("div", {}, cell(row))));
    return h("tr", { role: "row" }, cells);
  }
  function add() {
    const there = body.childElementCount;
    append(body, rows.slice(there, there + SHOWN).map(made));
    more.hidden = body.childElementCount >= rows.length;
  }
  add();
  return h("div", { class: "stack tight" }, shown, more);
}

/**
 * Return names with their values.
 *
 * @param {[string, Child | Child[]][]} pairs
 */
export function facts(pairs) {
  return h("dl", { class: "pairs" }, pairs.filter(([, value]) => value !== "" && value !== null).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

/**
 * @param {string} kind "", good, warn, bad or accent
 * @param {string} words
 */
export function badge(kind, words) {
  return h("span", { class: `badge ${kind}` }, words);
}

/**
 * Return a part of a page with a heading.
 *
 * @param {string} title
 * @param {...(Child | Child[])} children
 */
export function card(title, ...children) {
  return h("section", { class: "card stack" }, h("h2", {}, title), ...children);
}

/**
 * Return a number that stands out, with what it counts.
 *
 * @param {string} label
 * @param {string} value
 * @param {Child} [below]
 */
export function tile(label, value, below) {
  return h("div", { class: "card tile" }, h("span", { class: "muted" }, label), h("b", {}, value), below);
}

/**
 * Return what is said where there is no knowledge base yet; null where there is one.
 *
 * @param {import("./session.js").Session} session
 */
export function noBase(session) {
  if (session.knowledgeBase) return null;
  const next = h("a", { class: "button primary", href: to("/knowledge-bases") }, t("nav.knowledge-bases"));
  return h("div", { class: "card" }, empty({ icon: "book", title: t("parts.no-base"), text: t("parts.no-base.text"), actions: [next] }));
}

/**
 * Return a field that calls `changed` as one types, and what shows the result.
 *
 * @param {string} label
 * @param {(text: string) => Child | Child[]} found
 */
export function filtered(label, found) {
  const place = h("div", { class: "stack" });
  const box = input({ type: "search", placeholder: label, "aria-label": label });
  const draw = () => fill(place, found(box.value.trim().toLowerCase()));
  box.addEventListener("input", draw);
  draw();
  return { box: h("div", { class: "grow" }, box), place, draw };
}

/**
 * Show or clear errors at fields and go to the first wrong one; true if all is right.
 *
 * @param {[Field, boolean, string][]} rules field, whether it is right, and what to say if not; the first counts
 */
export function valid(rules) {
  /** @type {Map<Field, string>} */
  const wrong = new Map();
  for (const [shown, right, words] of rules) if (!wrong.get(shown)) wrong.set(shown, right ? "" : words);
  for (const [shown, words] of wrong) shown.wrong(words);
  const first = [...wrong].find(([, words]) => words);
  first?.[0].control.focus();
  return first === undefined;
}

/**
 * Open a dialog with a form; it closes once what was typed is right and saved.
 *
 * @param {{title: string, fields: Child[], check?: () => boolean, save: () => Promise<unknown>, action?: string, wide?: boolean, danger?: boolean}} asked
 */
export function editor({ title, fields, check = () => true, save, action = t("common.save"), wide = false, danger = false }) {
  const cancel = h("button", { class: "button", type: "button" }, t("common.cancel"));
  const row = h("div", { class: "row end" }, cancel, h("button", { class: `button ${danger ? "danger" : "primary"}`, type: "submit" }, action));
  const made = form({}, submitted, fields, row);
  const dialog = openDialog(title, made, { wide });
  cancel.addEventListener("click", () => dialog.close(""));
  async function submitted() {
    if (!check()) return;
    await save();
    dialog.close("saved");
  }
  const first = made.querySelector("input, textarea, select");
  if (first instanceof HTMLElement) first.focus();
  return dialog;
}

/**
 * Offer a text as a file.
 *
 * @param {string} name
 * @param {string} text
 */
export function saveFile(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
