// @ts-check
/** Searching the knowledge, opening a passage at its place, taking it over into the reply. */

import { fill, h } from "../shared/dom.js";
import { actor, attempted } from "../shared/embedding.js";
import { field, input } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { empty, skeleton } from "../shared/states.js";
import { pieces } from "../shared/text.js";

/** @typedef {import("./knowdesk-sidebar.js").KnowdeskSidebar} Sidebar */

const SHOWN = 8;
const AROUND = 1500; // characters of the document that are shown before and after a passage

/** @param {Sidebar} desk */
export function searchPanel(desk) {
  const box = input({ type: "search", required: true });
  const results = h("div", { class: "stack", "aria-live": "polite" });
  const go = h("button", { class: "button primary", type: "submit" }, t("common.search"));
  const form = h("form", { class: "row end", role: "search", novalidate: true }, h("div", { class: "grow" }, field(t("sidebar.search.label"), box)), go);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (box.value.trim()) attempted(go, results, () => found(desk, box.value.trim(), results));
  });
  return h("div", { class: "stack" }, form, results);
}

/** @param {Sidebar} desk @param {string} query @param {HTMLElement} results */
async function found(desk, query, results) {
  fill(results, skeleton(4));
  const { passages } = await desk.call("/v1/search", { query, limit: SHOWN });
  const list = h("ul", { class: "cards" }, passages.map((/** @type {any} */ each) => passage(desk, each)));
  fill(results, passages.length > 0 ? list : empty({ icon: "search", title: t("sidebar.search.none"), text: t("sidebar.search.none.text") }));
}

/** @param {Sidebar} desk @param {any} each */
function passage(desk, each) {
  const place = h("div", {});
  const spans = each.highlights.map((/** @type {any} */ { start, end }) => ({ start: start - each.span.start, end: end - each.span.start }));
  const text = h("p", { class: "pre clamp", lang: each.language }, pieces(each.text, spans, (part) => h("mark", {}, part)));
  const insert = actor(t("sidebar.insert"), place, () => desk.insert({ text: each.text, kind: "knowledge" }), { kind: "small" });
  const open = actor(t("common.open"), place, () => opened(desk, each, place), { kind: "plain small", icon: "document" });
  const path = each.section.filter((/** @type {string} */ part) => part !== each.title).join(" › ");
  return h("li", { class: "card" }, h("h3", {}, each.title), path && h("p", { class: "muted fine" }, path), text, h("div", { class: "row" }, insert, open), place);
}

/**
 * Show the document around a passage, which is marked.
 *
 * @param {Sidebar} desk
 * @param {any} each
 * @param {HTMLElement} place
 */
async function opened(desk, each, place) {
  const path = `/v1/documents/${encodeURIComponent(each.document_id)}/text`;
  const { text } = await desk.api.json(path, { query: { version: each.version } });
  const points = Array.from(text);
  const first = Math.max(0, each.span.start - AROUND);
  const shown = points.slice(first, each.span.end + AROUND).join("");
  const span = { start: each.span.start - first, end: each.span.end - first };
  const page = h("div", { class: "document pre", tabindex: "0", role: "region", "aria-label": each.title }, pieces(shown, [span], (part) => h("mark", {}, part)));
  const close = h("button", { class: "button plain small", type: "button", on: { click: () => fill(place) } }, t("common.close"));
  fill(place, page, close);
  const mark = page.querySelector("mark");
  if (mark) page.scrollTop = mark.offsetTop - page.offsetTop - 24;
  page.focus({ preventScroll: true });
}
