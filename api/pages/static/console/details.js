// @ts-check
/** What is said of a document beside its text, where it comes from, what is like it, and its end. */

import { confirmed } from "../shared/dialog.js";
import { append, h } from "../shared/dom.js";
import { button, field, form, input, select } from "../shared/form.js";
import { date, load, number, percent, t } from "../shared/i18n.js";
import { told } from "../shared/toast.js";
import { KINDS, kindName } from "./knowledge.js";
import { languageName } from "./languages.js";
import { to } from "./router.js";

/** @typedef {import("./pages/document.js").Opened} Opened */

const RELEASED = "released";

/** @param {Opened} opened */
export async function detailsPanel(opened) {
  await load("details");
  const { document, manages } = opened;
  const shown = h("div", { class: "stack" });
  if (manages) append(shown, described(opened));
  append(shown, facts(opened));
  if (document.duplicates.length) append(shown, duplicates(opened));
  if (manages) append(shown, ending(opened));
  return shown;
}

/** @param {Opened} opened */
function described(opened) {
  const { document } = opened;
  const kinds = /** @type {[string, string][]} */ (KINDS.map((kind) => [kind, kindName(kind)]));
  const kind = field(t("documents.kind"), select(kinds, { value: document.kind }));
  const tags = field(t("details.tags"), input({ value: document.tags.join(", ") }), { hint: t("details.tags.hint") });
  const from = field(t("documents.from"), input({ type: "date", value: document.effective_from ?? "" }));
  const until = field(t("documents.until"), input({ type: "date", value: document.effective_until ?? "" }));
  async function submitted() {
    const body = {
      kind: kind.control.value,
      tags: tags.control.value.split(/[,，、]/).map((tag) => tag.trim()).filter(Boolean),
      effective_from: from.control.value || null,
      effective_until: until.control.value || null,
    };
    await change(opened, body);
  }
  const save = h("button", { class: "button primary", type: "submit" }, t("common.save"));
  const fields = h("div", { class: "grid" }, kind, tags, from, until);
  return h("section", { class: "card" }, h("h2", {}, t("details.describe")), form({}, submitted, fields, h("div", { class: "row end" }, save)));
}

/**
 * @param {Opened} opened
 * @param {Record<string, any>} body
 */
async function change({ context, path, etag }, body) {
  await context.api.json(path, { method: "PATCH", body, headers: { "If-Match": etag } });
  told(t("common.saved"));
  context.reload();
}

/** @param {Opened} opened */
function facts(opened) {
  const { document, manages } = opened;
  /** @type {[string, Node | string][]} */
  const rows = [
    [t("details.source"), document.source],
    [t("details.uri"), document.uri],
    [t("documents.language"), languageName(document.language)],
    [t("details.passages"), number(document.chunk_count)],
    [t("documents.updated"), date(document.updated_at)],
  ];
  if (document.container) rows.push([t("details.container"), document.container]);
  for (const [name, value] of Object.entries(document.metadata)) {
    if (name !== "warnings" && name !== "quarantine") rows.push([name, value]);
  }
  rows.push([t("details.id"), h("code", {}, document.id)]);
  const shown = h("section", { class: "card" }, h("h2", {}, t("details.facts")), h("dl", { class: "facts" }, rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])));
  const held = document.metadata.quarantine;
  if (held && held !== RELEASED && manages) append(shown, release(opened));
  return shown;
}

/** @param {Opened} opened */
function release(opened) {
  const free = async () => {
    const sure = await confirmed({ title: t("details.release"), text: h("p", {}, t("details.release.text")), action: t("details.release") });
    if (sure) await change(opened, { metadata: { ...opened.document.metadata, quarantine: RELEASED } });
  };
  return h("p", {}, t("details.held"), " ", button(t("details.release"), free, { kind: "small" }));
}

/** @param {Opened} opened */
function duplicates({ document }) {
  const items = document.duplicates.map(({ id, uri, similarity }) =>
    h("li", {}, h("a", { href: to(`/documents/${encodeURIComponent(id)}`) }, uri), " ", h("span", { class: "badge" }, percent(similarity))),
  );
  return h("section", { class: "card" }, h("h2", {}, t("details.alike")), h("ul", { class: "plain stack tight" }, items));
}

/** @param {Opened} opened */
function ending({ context, path, etag, document }) {
  const remove = async () => {
    const text = h("p", {}, t("details.delete.text"));
    const sure = await confirmed({ title: t("details.delete", { name: document.title || document.uri }), text, action: t("common.delete"), danger: true });
    if (!sure) return;
    await context.api.json(path, { method: "DELETE", headers: { "If-Match": etag } });
    told(t("common.deleted"));
    context.go(to("/documents"));
  };
  const act = button(t("details.delete-it"), remove, { icon: "trash", kind: "danger" });
  return h("section", { class: "card row apart" }, h("p", { class: "muted" }, t("details.delete.text")), act);
}
