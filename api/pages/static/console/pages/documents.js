// @ts-check
/** The documents of a knowledge base: any number of them, by name, kind, language and tag; many changed at a time. */

import { append, fill, h } from "../../shared/dom.js";
import { button, field, input, select } from "../../shared/form.js";
import { ago, date, load, number, t } from "../../shared/i18n.js";
import { icon } from "../../shared/icons.js";
import { empty, failure } from "../../shared/states.js";
import { failed } from "../../shared/toast.js";
import { VirtualTable } from "../../shared/virtual.js";
import { bulkBar } from "../bulk.js";
import { KINDS, kindName } from "../knowledge.js";
import { languageName } from "../languages.js";
import { to } from "../router.js";
import { create } from "./knowledge-bases.js";

/** @typedef {import("./index.js").Context} Context */
/** @typedef {import("../knowledge.js").Doc} Doc */

const ROW = { wide: 56, narrow: 64 };
const TYPING_MS = 250;

/** @param {Context} context */
export async function page(context) {
  await load("documents", "kinds", "bases");
  const { session } = context;
  const manages = session.may("admin") && session.seesAll;
  const upload = manages && h("a", { class: "button primary", href: to("/documents/upload") }, icon("upload", 18), t("documents.upload"));
  const count = h("p", { role: "status" }, " ");
  const head = h("div", { class: "page-head" }, h("div", {}, h("h1", {}, t("nav.documents")), count), upload);
  if (!session.knowledgeBase) {
    const add = manages && button(t("bases.new"), () => create(context), { icon: "plus", kind: "primary" });
    return h("div", { class: "stack" }, h("h1", {}, t("nav.documents")), empty({ icon: "book", title: t("documents.no-base"), text: t("documents.no-base.text"), actions: [add] }));
  }
  return h("div", { class: "stack" }, head, await list(context, count, manages));
}

/**
 * @param {Context} context
 * @param {HTMLElement} count
 * @param {boolean} manages
 */
async function list(context, count, manages) {
  const { session, api, query, signal } = context;
  const wanted = filtersOf(query);
  /** @type {Map<string, Doc>} */
  const chosen = new Map();
  const narrow = matchMedia("(max-width: 900px)").matches;
  /** @type {VirtualTable<Doc>} */
  const table = new VirtualTable({
    label: t("nav.documents"),
    columns: [h("span", { class: "unseen" }, t("documents.selection")), t("documents.name"), t("documents.kind"), t("documents.language"), t("documents.version"), t("documents.updated")],
    layout: "of-documents",
    rowHeight: narrow ? ROW.narrow : ROW.wide,
    fetch: (skip, limit, stopped) => api.json("/v1/documents", { query: { ...parameters(), skip, limit, count: skip === 0 }, signal: stopped }),
    row: (item) => row(item, chosen, manages, changed),
    failed,
  });
  signal.addEventListener("abort", () => table.stop());
  const parameters = () => ({ knowledge_base: session.knowledgeBase, ...wanted });
  const place = h("div", { class: "stack" });
  const bulk = bulkBar(context, { chosen, parameters, total: () => table.total, done: again });

  function changed() {
    bulk.draw();
  }
  async function again() {
    chosen.clear();
    bulk.draw();
    try {
      const total = await table.reload();
      fill(count, t("documents.count", { count: total }));
      const filtered = Object.values(wanted).some(Boolean);
      fill(place, total ? table.root : nothing(filtered, manages));
      if (total) table.redraw();
    } catch (error) {
      if (!signal.aborted) fill(place, failure(error, again));
    }
  }
  const filters = filterForm(wanted, (name, value) => {
    wanted[name] = value;
    history.replaceState(null, "", to("/documents", wanted));
    again();
  });
  await again();
  return h("div", { class: "stack" }, filters, manages && bulk.root, place);
}

/**
 * @param {URLSearchParams} query
 * @returns {Record<string, string>}
 */
function filtersOf(query) {
  return { name: query.get("name") ?? "", kind: query.get("kind") ?? "", language: query.get("language") ?? "", tag: query.get("tag") ?? "" };
}

/**
 * @param {Record<string, string>} wanted
 * @param {(name: string, value: string) => void} changed
 */
function filterForm(wanted, changed) {
  const kinds = /** @type {[string, string][]} */ ([["", t("common.all")], ...KINDS.map((kind) => [kind, kindName(kind)])]);
  const controls = {
    name: field(t("documents.search"), input({ type: "search", value: wanted.name, maxlength: 500 })),
    kind: field(t("documents.kind"), select(kinds, { value: wanted.kind })),
    language: field(t("documents.language"), input({ value: wanted.language, placeholder: "zh-Hant", maxlength: 35 })),
    tag: field(t("documents.tag"), input({ value: wanted.tag, maxlength: 200 })),
  };
  let timer = 0;
  for (const [name, made] of Object.entries(controls)) {
    made.control.addEventListener("input", () => {
      clearTimeout(timer);
      const value = made.control.value.trim();
      if (name === "language" && value && !/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(value)) return;
      timer = setTimeout(() => changed(name, value), TYPING_MS);
    });
  }
  return h("search", { class: "filters", "aria-label": t("common.filter") }, Object.values(controls));
}

/**
 * @param {Doc} item
 * @param {Map<string, Doc>} chosen
 * @param {boolean} manages
 * @param {() => void} changed
 */
function row(item, chosen, manages, changed) {
  const mark = manages && h("input", { type: "checkbox", checked: chosen.has(item.id), "aria-label": t("documents.choose", { name: item.title || item.uri }) });
  if (mark) {
    mark.addEventListener("change", () => {
      if (mark.checked) chosen.set(item.id, item);
      else chosen.delete(item.id);
      changed();
    });
  }
  const link = h("a", { href: to(`/documents/${encodeURIComponent(item.id)}`), title: item.title }, item.title || item.uri);
  const flagged = item.metadata.warnings && h("span", { class: "badge warn", title: item.metadata.warnings }, t("documents.warned"));
  const below = h("span", { class: "muted fine" }, item.uri, item.tags.length > 0 && ` · ${item.tags.join(", ")}`);
  return [
    mark || "",
    h("span", { class: "name" }, h("span", {}, link, " ", flagged), below),
    h("span", { class: "badge" }, kindName(item.kind)),
    languageName(item.language),
    number(item.version),
    h("time", { class: "muted fine", datetime: item.updated_at, title: date(item.updated_at) }, ago(item.updated_at)),
  ];
}

/**
 * @param {boolean} filtered
 * @param {boolean} manages
 */
function nothing(filtered, manages) {
  const card = h("div", { class: "card" });
  if (filtered) append(card, empty({ icon: "search", title: t("documents.none-found"), text: t("documents.none-found.text") }));
  else {
    const upload = manages && h("a", { class: "button primary", href: to("/documents/upload") }, t("documents.upload"));
    append(card, empty({ icon: "document", title: t("documents.none"), text: t("documents.none.text"), actions: [upload] }));
  }
  return card;
}
