// @ts-check
/** What is done to many documents at a time. */

import { confirmed, openDialog } from "../shared/dialog.js";
import { append, fill, h } from "../shared/dom.js";
import { progressBar } from "../shared/drop.js";
import { button, field, form, input, select } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { failed, told } from "../shared/toast.js";
import { KINDS, kindName } from "./knowledge.js";

/** @typedef {import("./knowledge.js").Doc} Doc */
/**
 * @typedef {{chosen: Map<string, Doc>, parameters: () => Record<string, string>, total: () => number,
 *   done: () => Promise<void>}} Choice
 */

const MOST = 10_000;

/**
 * Return the bar that tells how many documents are chosen and what can be done to them; `draw` shows it anew.
 *
 * @param {import("./pages/index.js").Context} context
 * @param {Choice} choice
 */
export function bulkBar(context, choice) {
  const { api, signal } = context;
  const said = h("span", { class: "strong", role: "status" });
  const root = h("div", { class: "bulk", role: "group", "aria-label": t("documents.bulk") });

  async function all() {
    for await (const items of api.pages("/v1/documents", { query: { ...choice.parameters(), limit: 200 }, signal })) {
      for (const item of items) choice.chosen.set(item.id, item);
      draw();
      if (choice.chosen.size >= MOST) break;
    }
    markRows();
  }
  function markRows() {
    for (const box of document.querySelectorAll(".of-documents input[type=checkbox]")) {
      if (box instanceof HTMLInputElement) box.checked = choice.chosen.size > 0;
    }
  }
  function none() {
    choice.chosen.clear();
    draw();
    markRows();
  }
  const remove = async () => {
    const count = choice.chosen.size;
    const sure = await confirmed({ title: t("documents.delete", { count }), text: t("documents.delete.text"), action: t("common.delete"), danger: true });
    if (sure) await run(choice, t("documents.deleting"), (id) => api.json(`/v1/documents/${encodeURIComponent(id)}`, { method: "DELETE" }));
  };
  const describe = () => describeMany(choice, (id, body) => api.json(`/v1/documents/${encodeURIComponent(id)}`, { method: "PATCH", body }));
  const actions = [
    button(t("documents.describe"), describe, { icon: "edit", kind: "small" }),
    button(t("common.delete"), remove, { icon: "trash", kind: "small danger" }),
    button(t("documents.choose-none"), none, { kind: "small plain" }),
  ];
  const more = button("", all, { kind: "small plain" });
  append(root, said, more, actions);

  function draw() {
    const [count, total] = [choice.chosen.size, choice.total()];
    fill(said, t("documents.chosen", { count }));
    fill(more, t("documents.choose-all", { count: Math.min(total, MOST) }));
    more.hidden = count >= Math.min(total, MOST);
    root.hidden = count === 0;
  }
  draw();
  return { root, draw };
}

/**
 * Do something to every chosen document, one after the other; those that fail are told and do not stop the others.
 *
 * @param {Choice} choice
 * @param {string} title
 * @param {(id: string) => Promise<unknown>} action
 */
async function run(choice, title, action) {
  const stop = new AbortController();
  const bar = progressBar(title);
  const dialog = openDialog(title, [bar, h("div", { class: "row end" }, h("button", { type: "button", class: "button", on: { click: () => dialog.close() } }, t("common.cancel")))]);
  dialog.addEventListener("close", () => stop.abort());
  const ids = [...choice.chosen.keys()];
  let [done, wrong] = [0, 0];
  for (const id of ids) {
    if (stop.signal.aborted) break;
    try {
      await action(id);
      done += 1;
    } catch (error) {
      wrong += 1;
      if (wrong === 1) failed(error);
    }
    bar.set((done + wrong) / ids.length, wrong ? "bad" : "");
  }
  dialog.close();
  if (done) told(t("documents.changed", { count: done }));
  await choice.done();
}

/**
 * Say something of all chosen documents: what is left empty stays as it is.
 *
 * @param {Choice} choice
 * @param {(id: string, body: Record<string, any>) => Promise<unknown>} patch
 */
function describeMany(choice, patch) {
  const kinds = /** @type {[string, string][]} */ ([["", t("documents.as-it-is")], ...KINDS.map((kind) => [kind, kindName(kind)])]);
  const kind = field(t("documents.kind"), select(kinds));
  const tag = field(t("documents.add-tag"), input({ maxlength: 200 }));
  const from = field(t("documents.from"), input({ type: "date" }));
  const until = field(t("documents.until"), input({ type: "date" }));
  async function submitted() {
    const said = { kind: kind.control.value, effective_from: from.control.value, effective_until: until.control.value };
    const body = Object.fromEntries(Object.entries(said).filter(([, value]) => value));
    const added = tag.control.value.trim();
    dialog.close();
    await run(choice, t("documents.describing"), (id) => {
      const tags = choice.chosen.get(id)?.tags ?? [];
      return patch(id, added ? { ...body, tags: [...new Set([...tags, added])] } : body);
    });
  }
  const save = h("button", { class: "button primary", type: "submit" }, t("common.save"));
  const title = t("documents.describe-many", { count: choice.chosen.size });
  const dialog = openDialog(title, form({}, submitted, kind, tag, from, until, h("div", { class: "row end" }, save)));
}
