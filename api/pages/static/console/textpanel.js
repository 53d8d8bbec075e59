// @ts-check
/** The text of a document, passage by passage: a cited place is marked, and a passage can be corrected. */

import { openDialog } from "../shared/dialog.js";
import { append, h } from "../shared/dom.js";
import { button, field, form, textarea } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { pageView } from "../shared/pageview.js";
import { empty, note } from "../shared/states.js";
import { marked, offsets } from "../shared/text.js";
import { told } from "../shared/toast.js";
import { to } from "./router.js";

/** @typedef {import("./pages/document.js").Opened} Opened */
/** @typedef {{span: {start: number, end: number}, section: string[], page: number | null, quarantined: boolean}} Passage */

/** @param {Opened} opened */
export async function textPanel(opened) {
  const { context, path, document } = opened;
  const { api, query, signal } = context;
  const version = Number(query.get("version")) || document.version;
  const [{ text }, { items }, regions] = await Promise.all([
    api.json(`${path}/text`, { query: { version }, signal }),
    api.json(`${path}/passages`, { query: { version }, signal }),
    api.json(`${path}/regions`, { query: { version }, signal }),
  ]);
  const shown = h("div", { class: "card" });
  if (version !== document.version) append(shown, olderNote(opened, version));
  const cited = query.has("start") ? { start: Number(query.get("start")), end: Number(query.get("end")) } : null;
  const at = offsets(text);
  const spans = cited ? [{ start: at(cited.start), end: at(cited.end) }] : [];
  let before = 0;
  for (const passage of /** @type {Passage[]} */ (items)) {
    const within = { start: Math.max(before, at(passage.span.start)), end: at(passage.span.end) };
    const gap = text.slice(before, within.start).trim();
    if (gap) append(shown, h("p", { class: "pre" }, gap));
    append(shown, section(opened, { passage, text, within, spans, current: version === document.version }));
    before = Math.max(before, within.end);
  }
  const rest = text.slice(before).trim();
  if (rest) append(shown, h("p", { class: "pre" }, rest));
  if (!text.trim()) append(shown, empty({ icon: "document", title: t("document.empty") }));
  if (regions.items.length) append(shown, pages(text, regions.items, cited ?? { start: 0, end: 0 }));
  requestAnimationFrame(() => shown.querySelector("mark")?.scrollIntoView({ block: "center" }));
  return shown;
}

/**
 * @param {Opened} opened
 * @param {number} version
 */
function olderNote({ document }, version) {
  const newest = h("a", { href: to(`/documents/${encodeURIComponent(document.id)}`) }, t("document.newest"));
  return note("warn", h("p", {}, t("document.older", { version }), " ", newest));
}

/**
 * @param {Opened} opened
 * @param {{passage: Passage, text: string, within: {start: number, end: number}, spans: {start: number, end: number}[], current: boolean}} shown
 */
function section(opened, { passage, text, within, spans, current }) {
  const cited = spans.some((span) => span.start < within.end && within.start < span.end);
  const where = [...passage.section, passage.page ? t("citation.page", { page: passage.page }) : ""].filter(Boolean).join(" › ");
  const flag = passage.quarantined && h("span", { class: "badge warn" }, t("document.quarantined"));
  const edit =
    opened.manages && current && button(t("common.edit"), () => correct(opened, text, passage), { icon: "edit", kind: "small plain" });
  const words = h("div", { class: "pre" }, marked(text, within, spans));
  const headed = text.startsWith(`${passage.section.at(-1) ?? ""}\n`, within.start);
  return h("section", { class: `passage ${cited ? "cited" : ""} ${headed ? "headed" : ""}` }, h("p", { class: "muted fine" }, where, " ", flag), words, h("div", {}, edit));
}

/**
 * @param {string} text
 * @param {import("../shared/pageview.js").Region[]} regions
 * @param {{start: number, end: number}} cited
 */
function pages(text, regions, cited) {
  const numbers = [...new Set(regions.map((region) => region.page))];
  const views = numbers.map((page) => h("details", { open: regions.some((r) => r.page === page && r.span.start < cited.end && cited.start < r.span.end) }, h("summary", {}, t("citation.page", { page })), pageView(text, regions, cited, page)));
  return h("section", { class: "stack tight" }, h("h2", {}, t("document.pages")), views);
}

/**
 * Open the form that corrects a passage.
 *
 * @param {Opened} opened
 * @param {string} text
 * @param {Passage} passage
 */
function correct({ context, path, etag }, text, passage) {
  const at = offsets(text);
  const quote = text.slice(at(passage.span.start), at(passage.span.end));
  const words = field(t("document.correct.text"), textarea({ value: quote, rows: 12, autofocus: true }), { hint: t("document.correct.hint") });
  async function submitted() {
    const said = words.control.value.trimEnd();
    words.wrong(said.trim() ? "" : t("document.correct.needed"));
    if (!said.trim()) return words.control.focus();
    if (said !== quote) {
      const body = { span: passage.span, quote, text: said };
      const made = await context.api.json(`${path}/corrections`, { method: "POST", body, headers: { "If-Match": etag } });
      told(t("document.corrected", { version: made.document.version }));
    }
    dialog.close();
    return context.reload();
  }
  const save = h("button", { class: "button primary", type: "submit" }, t("common.save"));
  const dialog = openDialog(t("document.correct"), form({}, submitted, words, h("div", { class: "row end" }, save)), { wide: true });
}
