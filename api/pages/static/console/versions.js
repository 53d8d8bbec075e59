// @ts-check
/** The versions of a document: when each was in force, two of them side by side, and the way back. */

import { confirmed } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { sideBySide } from "../shared/diff.js";
import { button, field, select } from "../shared/form.js";
import { date, load, number, t } from "../shared/i18n.js";
import { failure, note, skeleton } from "../shared/states.js";
import { told } from "../shared/toast.js";
import { validity } from "./knowledge.js";
import { sheet } from "./parts.js";
import { to } from "./router.js";

/** @typedef {import("./pages/document.js").Opened} Opened */
/** @typedef {import("./knowledge.js").Doc & {in_force: {first: string | null, last: string | null} | null}} Version */

/** @param {Opened} opened */
export async function versionsPanel(opened) {
  await load("parts", "versions");
  const { context, path, document } = opened;
  /** @type {Version[]} */
  const versions = (await context.api.json(`${path}/versions`, { signal: context.signal })).items;
  const comparison = h("div", { class: "stack", "aria-live": "polite" });
  const parts = [history(opened, versions)];
  if (versions.length > 1) parts.push(chooser(opened, versions, comparison), comparison);
  else parts.push(note("", t("versions.one")));
  if (document.edited.length) parts.push(h("p", { class: "muted fine" }, t("versions.edited", { fields: document.edited.join(", ") })));
  return h("div", { class: "stack" }, parts);
}

/**
 * @param {Opened} opened
 * @param {Version[]} versions
 */
function history(opened, versions) {
  const { document, manages } = opened;
  const shown = (/** @type {Version} */ { version }) => [number(version), " ", version === document.version_in_force && h("span", { class: "badge good" }, t("versions.today"))];
  const held = (/** @type {Version} */ { in_force: force }) => (force ? validity(force.first, force.last, date) : t("versions.replaced"));
  const actions = (/** @type {Version} */ { id, version }) => {
    const view = h("a", { class: "button small", href: to(`/documents/${encodeURIComponent(id)}`, { version }) }, t("versions.view"));
    const back = version !== document.version && manages && button(t("versions.roll-back"), () => rollBack(opened, version), { icon: "history", kind: "small" });
    return h("div", { class: "row" }, view, back);
  };
  const columns = [
    { label: t("versions.version"), cell: shown },
    { label: t("versions.made"), cell: (/** @type {Version} */ each) => date(each.updated_at) },
    { label: t("versions.in-force"), cell: held },
    { label: t("versions.passages"), numeric: true, cell: (/** @type {Version} */ each) => number(each.chunk_count) },
    { label: t("parts.actions"), bare: true, cell: actions },
  ];
  return sheet(t("document.versions"), columns, versions);
}

/**
 * @param {Opened} opened
 * @param {number} version
 */
async function rollBack({ context, path, etag }, version) {
  const sure = await confirmed({ title: t("versions.roll-back.title", { version }), text: h("p", {}, t("versions.roll-back.text")), action: t("versions.roll-back") });
  if (!sure) return;
  const made = await context.api.json(`${path}/rollback`, { method: "POST", body: { version }, headers: { "If-Match": etag } });
  told(t("versions.rolled-back", { version: made.document.version }));
  context.reload();
}

/**
 * @param {Opened} opened
 * @param {Version[]} versions
 * @param {HTMLElement} place
 */
function chooser({ context, path }, versions, place) {
  const options = /** @type {[string, string][]} */ (versions.map(({ version }) => [String(version), t("citation.version", { version })]));
  const older = field(t("versions.older"), select(options, { value: options[1][0] }));
  const newer = field(t("versions.newer"), select(options, { value: options[0][0] }));
  async function compare() {
    fill(place, skeleton(4));
    try {
      const query = { from: older.control.value, to: newer.control.value };
      fill(place, compared(await context.api.json(`${path}/versions/compare`, { query, signal: context.signal })));
    } catch (error) {
      fill(place, failure(error));
    }
  }
  for (const each of [older, newer]) each.control.addEventListener("change", compare);
  compare();
  return h("div", { class: "card stack tight" }, h("h2", {}, t("versions.compare")), h("div", { class: "row" }, older, newer));
}

/** @param {{older: number, newer: number, unchanged: number, sections: {section: string[], change: string, diff: string[]}[]}} found */
function compared(found) {
  const words = { older: t("citation.version", { version: found.older }), newer: t("citation.version", { version: found.newer }) };
  const sections = found.sections.map(({ section, change, diff }) => {
    const title = section.join(" › ") || t("versions.beginning");
    const head = h("h3", {}, title, " ", h("span", { class: "badge" }, t(`versions.${change}`)));
    return h("section", { class: "stack tight" }, head, sideBySide(diff, { label: title, ...words }));
  });
  const same = h("p", { class: "muted" }, t("versions.unchanged", { count: found.unchanged }));
  return h("div", { class: "stack" }, sections.length ? sections : note("good", t("versions.same")), same);
}
