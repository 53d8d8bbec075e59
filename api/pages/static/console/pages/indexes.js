// @ts-check
/** The indexes of a knowledge base: which embedding model is in use, another one, and the way back. */

import { confirmed } from "../../shared/dialog.js";
import { h } from "../../shared/dom.js";
import { button, checkbox, field, input } from "../../shared/form.js";
import { load, number, t } from "../../shared/i18n.js";
import { empty } from "../../shared/states.js";
import { told } from "../../shared/toast.js";
import { languageName } from "../languages.js";
import { backTo, badge, editor, head, sheet, valid } from "../parts.js";
import { to } from "../router.js";

/**
 * @typedef {import("./index.js").Context} Context
 * @typedef {{language: string, questions: number, before: number, after: number}} Found
 * @typedef {{id: string, in_use: boolean, source: string, model: string, revision: string, dimension: number,
 *   trial: {passed: boolean, own_questions: boolean, found: Found[]} | null}} Index
 */

const BUNDLED = "bundled";

/** @param {Context} context */
export async function page(context) {
  await load("parts", "indexes");
  const { session, api, params, signal } = context;
  const root = `/v1/knowledge-bases/${encodeURIComponent(params.base)}/indexes`;
  /** @type {Index[]} */
  const items = (await api.json(root, { signal })).items;
  const manages = session.may("admin");
  const add = manages && items.length > 0 && button(t("indexes.build"), () => build(context, root), { icon: "plus", kind: "primary" });
  const none = empty({ icon: "search", title: t("indexes.empty"), text: t("indexes.empty.text") });
  const list = items.length ? sheet(t("indexes.title"), columns(context, root, manages), items) : h("div", { class: "card" }, none);
  return h("div", { class: "stack" }, backTo("/knowledge-bases", t("nav.knowledge-bases")), head(t("indexes.title"), t("indexes.about", { name: params.base }), add), list);
}

/**
 * @param {Context} context
 * @param {string} root
 * @param {boolean} manages
 */
function columns(context, root, manages) {
  const shown = [
    { label: t("indexes.model"), bare: true, cell: (/** @type {Index} */ each) => [h("span", { class: "strong" }, each.model), h("p", { class: "fine muted" }, each.source || t("indexes.settings"))] },
    { label: t("indexes.state"), cell: (/** @type {Index} */ each) => each.in_use ? badge("good", t("indexes.in-use")) : badge("", t("indexes.kept")) },
    { label: t("indexes.dimension"), numeric: true, cell: (/** @type {Index} */ each) => number(each.dimension) },
    { label: t("indexes.trial"), cell: trial },
  ];
  if (!manages) return shown;
  return [...shown, { label: t("parts.actions"), cell: (/** @type {Index} */ each) => each.in_use ? null : actions(context, root, each) }];
}

/**
 * Return what was found with an index and with the one that was in use, by language.
 *
 * @param {Index} each
 */
function trial({ trial: done }) {
  if (!done) return t("indexes.untried");
  const rows = done.found.map(({ language, questions, before, after }) =>
    h("li", {}, t("indexes.found", { language: language ? languageName(language) : t("indexes.all"), before: rank(before), after: rank(after), count: questions })));
  const passed = done.passed ? badge("good", t("indexes.passed")) : badge("bad", t("indexes.worse"));
  return [passed, done.own_questions && h("p", { class: "fine muted" }, t("indexes.own")), h("ul", { class: "plain fine" }, rows)];
}

/** @param {number} value */
function rank(value) {
  return number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
}

/**
 * @param {Context} context
 * @param {string} root
 * @param {Index} each
 */
function actions({ api, go, reload }, root, each) {
  const path = `${root}/${encodeURIComponent(each.id)}`;
  const use = async () => {
    const text = h("p", {}, t("indexes.use.text", { model: each.model }));
    if (!(await confirmed({ title: t("indexes.use"), text, action: t("indexes.use") }))) return;
    go(to(`/jobs/${(await api.json(`${path}/use`, { method: "POST" })).id}`));
  };
  const drop = async () => {
    const text = h("p", {}, t("indexes.drop.text", { model: each.model }));
    if (!(await confirmed({ title: t("indexes.drop"), text, action: t("common.delete"), danger: true }))) return;
    await api.json(path, { method: "DELETE" });
    told(t("common.deleted"));
    reload();
  };
  return h("div", { class: "row" }, button(t("indexes.use"), use, { kind: "small" }), button(t("common.delete"), drop, { icon: "trash", kind: "small plain" }));
}

/**
 * Ask for a model; its index is built and compared by a job.
 *
 * @param {Context} context
 * @param {string} root
 */
function build({ api, go }, root) {
  const model = field(t("indexes.model"), input({ maxlength: 500, value: BUNDLED, required: true }), { hint: t("indexes.model.hint") });
  const again = checkbox(t("indexes.again"));
  editor({
    title: t("indexes.build"),
    fields: [model, again, h("p", { class: "muted" }, t("indexes.build.text"))],
    action: t("indexes.build.go"),
    check: () => valid([[model, model.control.value.trim() !== "", t("parts.needed")]]),
    save: async () => {
      const body = { model: model.control.value.trim(), again: again.control.checked };
      const job = await api.json(root, { method: "POST", body });
      go(to(`/jobs/${job.id}`));
    },
  });
}
