// @ts-check
/** The knowledge bases: what each holds, a new one, and its end. */

import { openDialog } from "../../shared/dialog.js";
import { append, fill, h } from "../../shared/dom.js";
import { button, field, form, input, textarea } from "../../shared/form.js";
import { load, number, t } from "../../shared/i18n.js";
import { empty } from "../../shared/states.js";
import { told } from "../../shared/toast.js";
import { to } from "../router.js";

/** @typedef {import("./index.js").Context} Context */
/** @typedef {{name: string, description: string}} KnowledgeBase */

/** @param {Context} context */
export async function page(context) {
  await load("bases");
  const { session } = context;
  const manages = session.may("admin") && session.seesAll;
  const add = () => manages && button(t("bases.new"), () => create(context), { icon: "plus", kind: "primary" });
  const head = h("div", { class: "page-head" }, h("div", {}, h("h1", {}, t("nav.knowledge-bases")), h("p", {}, t("bases.about"))), add());
  if (session.knowledgeBases.length === 0) {
    const text = manages ? t("bases.none.text") : t("bases.none.ask");
    const none = empty({ icon: "book", title: t("bases.none"), text, actions: [add()] });
    return h("div", { class: "stack" }, head, h("div", { class: "card" }, none));
  }
  const cards = h("ul", { class: "grid plain" }, session.knowledgeBases.map((each) => card(context, each, manages)));
  return h("div", { class: "stack" }, head, cards);
}

/**
 * @param {Context} context
 * @param {KnowledgeBase} base
 * @param {boolean} manages
 */
function card(context, base, manages) {
  const { session, api, go, signal } = context;
  const counts = h("p", { class: "muted" }, " ");
  if (session.may("agent", "admin", "evaluator", "auditor")) {
    api.json(`/v1/knowledge-bases/${encodeURIComponent(base.name)}`, { signal }).then(
      ({ documents, chunks }) => fill(counts, `${t("bases.documents", { count: documents })} · ${t("bases.chunks", { count: chunks })}`),
      () => fill(counts, number(0)),
    );
  }
  const chosen = base.name === session.knowledgeBase;
  const open = () => {
    session.knowledgeBase = base.name;
    go(to(session.may("admin", "agent", "evaluator", "auditor") ? "/documents" : "/playground"));
  };
  const actions = h("div", { class: "row" }, button(t("common.open"), open, { kind: "small" }));
  if (session.may("admin", "auditor") && session.seesAll) append(actions, h("a", { class: "button small plain", href: to(`/knowledge-bases/${encodeURIComponent(base.name)}/indexes`) }, t("nav.knowledge-bases-of-indexes")));
  if (manages) append(actions, button(t("common.delete"), () => remove(context, base), { icon: "trash", kind: "small plain" }));
  const title = h("div", { class: "row apart" }, h("h2", {}, base.name), chosen && h("span", { class: "badge accent" }, t("bases.chosen")));
  return h("li", { class: "card stack tight" }, title, base.description && h("p", {}, base.description), counts, actions);
}

/** @param {Context} context */
export function create({ session, api, go, reload }) {
  const name = field(t("common.name"), input({ maxlength: 100, required: true, autofocus: true }), { hint: t("bases.name.hint") });
  const description = field(t("common.description"), textarea({ maxlength: 2000, rows: 3 }));
  async function submitted() {
    const said = name.control.value.trim();
    name.wrong(said ? "" : t("bases.name.needed"));
    if (!said) return name.control.focus();
    await api.json("/v1/knowledge-bases", { method: "POST", body: { name: said, description: description.control.value.trim() } });
    dialog.close();
    await session.refresh();
    session.knowledgeBase = said;
    told(t("bases.created", { name: said }));
    return location.pathname.endsWith("/knowledge-bases") ? reload() : go(to("/documents/upload"));
  }
  const save = h("button", { class: "button primary", type: "submit" }, t("common.create"));
  const dialog = openDialog(t("bases.new"), form({}, submitted, name, description, h("div", { class: "row end" }, save)));
}

/**
 * Delete a knowledge base once its name was typed: nothing brings it back.
 *
 * @param {Context} context
 * @param {KnowledgeBase} base
 */
function remove({ session, api, reload }, base) {
  const typed = field(t("bases.delete.type", { name: base.name }), input({ autofocus: true }));
  async function submitted() {
    const same = typed.control.value === base.name;
    typed.wrong(same ? "" : t("bases.delete.other"));
    if (!same) return typed.control.focus();
    await api.json(`/v1/knowledge-bases/${encodeURIComponent(base.name)}`, { method: "DELETE" });
    dialog.close();
    await session.refresh();
    told(t("common.deleted"));
    return reload();
  }
  const sure = h("button", { class: "button danger", type: "submit" }, t("common.delete"));
  const text = h("p", {}, t("bases.delete.text"));
  const dialog = openDialog(t("bases.delete", { name: base.name }), form({}, submitted, text, typed, h("div", { class: "row end" }, sure)));
}
