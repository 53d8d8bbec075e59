// @ts-check
/** Intents: what customers may want, by which messages it is known, and who works on it. */

import { confirmed } from "../../shared/dialog.js";
import { h } from "../../shared/dom.js";
import { button, checkbox, field, input, select, textarea } from "../../shared/form.js";
import { load, number, t } from "../../shared/i18n.js";
import { empty } from "../../shared/states.js";
import { told } from "../../shared/toast.js";
import { badge, editor, filtered, head, noBase, sheet, valid } from "../parts.js";

/** @typedef {{id: string, examples: string[], description: string, category: string, queue: string, priority: string, required: string[]}} Intent */

const FACTS = ["order_number", "tracking_number", "sku", "code", "product", "date", "amount", "name", "email", "phone", "address"];
const PRIORITIES = ["normal", "high", "urgent"];
const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;
const FEW = 5;

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await load("parts", "intents");
  const { session, api } = context;
  const missing = noBase(session);
  if (missing) return h("div", { class: "stack" }, head(t("nav.intents")), missing);
  /** @type {Intent[]} */
  const items = (await api.json(root(session))).items;
  const may = session.may("admin");
  const add = may && button(t("intents.new"), () => edit(context, null), { icon: "plus", kind: "primary" });
  const top = head(t("nav.intents"), t("intents.about"), add);
  if (items.length === 0) {
    const words = { icon: "intent", title: t("intents.empty"), text: t("intents.empty.text") };
    return h("div", { class: "stack" }, top, h("div", { class: "card" }, empty(words)));
  }
  const { box, place } = filtered(t("intents.search"), (text) => {
    const found = items.filter((each) => `${each.id} ${each.description} ${each.category} ${each.queue} ${each.examples.join(" ")}`.toLowerCase().includes(text));
    return found.length ? sheet(t("nav.intents"), columns(context, may), found) : empty({ icon: "search", title: t("parts.nothing") });
  });
  return h("div", { class: "stack" }, top, box, place);
}

/** @param {import("../session.js").Session} session */
function root(session) {
  return `/v1/knowledge-bases/${encodeURIComponent(session.knowledgeBase)}/intents`;
}

/**
 * @param {import("./index.js").Context} context
 * @param {boolean} may
 */
function columns(context, may) {
  const shown = [
    { label: t("intents.id"), bare: true, cell: (/** @type {Intent} */ each) => [h("p", { class: "strong" }, each.id), h("p", { class: "muted" }, each.description)] },
    { label: t("intents.category"), cell: (/** @type {Intent} */ each) => each.category && badge("", each.category) },
    { label: t("intents.queue"), cell: (/** @type {Intent} */ each) => each.queue },
    { label: t("intents.priority"), cell: (/** @type {Intent} */ each) => badge({ high: "warn", urgent: "bad" }[each.priority] ?? "", t(`intents.priority.${each.priority}`)) },
    { label: t("intents.required"), cell: (/** @type {Intent} */ each) => each.required.map((fact) => t(`intents.fact.${fact}`)).join(", ") },
    { label: t("intents.examples"), numeric: true, cell: (/** @type {Intent} */ each) => (each.examples.length < FEW ? badge("warn", number(each.examples.length)) : number(each.examples.length)) },
  ];
  if (!may) return shown;
  return [...shown, { label: t("parts.actions"), bare: true, cell: (/** @type {Intent} */ each) => actions(context, each) }];
}

/**
 * @param {import("./index.js").Context} context
 * @param {Intent} each
 */
function actions(context, each) {
  return h(
    "div",
    { class: "row tools-row" },
    button([], () => edit(context, each), { icon: "edit", kind: "square", "aria-label": `${t("common.edit")}: ${each.id}` }),
    button([], () => remove(context, each), { icon: "trash", kind: "square", "aria-label": `${t("common.delete")}: ${each.id}` }),
  );
}

/**
 * @param {import("./index.js").Context} context
 * @param {Intent | null} known
 */
function edit({ session, api, reload }, known) {
  const id = field(t("intents.id"), input({ value: known?.id ?? "", maxlength: 100, readonly: known !== null, spellcheck: "false" }), { hint: t("intents.id.hint") });
  const description = field(t("common.description"), input({ value: known?.description ?? "", maxlength: 200 }));
  const category = field(t("intents.category"), input({ value: known?.category ?? "", maxlength: 200 }));
  const queue = field(t("intents.queue"), input({ value: known?.queue ?? "", maxlength: 200 }), { hint: t("intents.queue.hint") });
  const priority = field(t("intents.priority"), select(PRIORITIES.map((each) => [each, t(`intents.priority.${each}`)]), { value: known?.priority ?? "normal" }));
  const boxes = FACTS.map((fact) => checkbox(t(`intents.fact.${fact}`), { value: fact, checked: known?.required.includes(fact) ?? false }));
  const required = h("fieldset", {}, h("legend", {}, t("intents.required")), h("div", { class: "checks" }, boxes));
  const examples = field(t("intents.examples"), textarea({ value: known?.examples.join("\n") ?? "", rows: 8 }), { hint: t("intents.examples.hint") });
  editor({
    title: known ? t("intents.edit") : t("intents.new"),
    fields: [id, description, h("div", { class: "sides" }, category, queue), priority, required, examples],
    check: () =>
      valid([
        [id, ID.test(id.control.value.trim()), t("intents.id.hint")],
        [examples, lines(examples.control.value).length > 0, t("intents.examples.needed")],
        [examples, lines(examples.control.value).every((each) => each.length <= 1000), t("intents.examples.long")],
      ]),
    save: async () => {
      const body = {
        examples: lines(examples.control.value),
        description: description.control.value.trim(),
        category: category.control.value.trim(),
        queue: queue.control.value.trim(),
        priority: priority.control.value,
        required: boxes.filter(({ control }) => control.checked).map(({ control }) => control.value),
      };
      await api.json(`${root(session)}/${encodeURIComponent(id.control.value.trim())}`, { method: "PUT", body });
      told(t("common.saved"));
      reload();
    },
  });
}

/** @param {string} text */
function lines(text) {
  return [...new Set(text.split("\n").map((each) => each.trim()).filter(Boolean))];
}

/**
 * @param {import("./index.js").Context} context
 * @param {Intent} each
 */
async function remove({ session, api, reload }, each) {
  if (!(await confirmed({ title: t("intents.delete"), text: h("p", {}, each.id), action: t("common.delete"), danger: true }))) return;
  await api.json(`${root(session)}/${encodeURIComponent(each.id)}`, { method: "DELETE" });
  told(t("common.deleted"));
  reload();
}
