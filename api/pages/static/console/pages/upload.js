// @ts-check
/** Files and folders brought into a knowledge base: sent in batches, each a job that is followed to its end. */

import { append, fill, h } from "../../shared/dom.js";
import { dropArea, progressBar } from "../../shared/drop.js";
import { followed } from "../../shared/following.js";
import { button, field, form, input, select, textarea } from "../../shared/form.js";
import { load, number, size, t } from "../../shared/i18n.js";
import { icon } from "../../shared/icons.js";
import { empty, failure, note } from "../../shared/states.js";
import { tabbed } from "../../shared/tabs.js";
import { reportView } from "../jobview.js";
import { KINDS, kindName } from "../knowledge.js";
import { to } from "../router.js";

/** @typedef {import("./index.js").Context} Context */
/** @typedef {import("../../shared/drop.js").Chosen} Chosen */

const BATCH_FILES = 200;
const BATCH_BYTES = 24_000_000;

/** @param {Context} context */
export async function page(context) {
  await load("upload", "kinds", "jobs", "documents");
  const { session } = context;
  const back = h("a", { href: to("/documents") }, t("nav.documents"));
  const head = h("div", { class: "page-head" }, h("div", {}, h("p", {}, back), h("h1", {}, t("nav.documents-of-upload")), h("p", {}, t("upload.about", { name: session.knowledgeBase }))));
  if (!session.knowledgeBase) {
    return h("div", { class: "stack" }, head, empty({ icon: "book", title: t("documents.no-base"), text: t("documents.no-base.text") }));
  }
  const batches = h("div", { class: "stack", "aria-live": "polite" });
  const notes = notesForm();
  /** @param {Chosen[]} files */
  const taken = (files) => send(context, files, notes.said(), batches);
  const ways = tabbed(t("upload.ways"), [
    { name: "files", label: t("upload.way.files"), show: () => dropArea(taken) },
    { name: "page", label: t("upload.way.page"), show: () => pageForm(taken) },
  ]);
  return h("div", { class: "stack" }, head, h("div", { class: "card stack" }, ways, notes.root), batches);
}

/** What is said of all files that are brought. */
function notesForm() {
  const kinds = /** @type {[string, string][]} */ ([["", t("upload.kind.auto")], ...KINDS.map((kind) => [kind, kindName(kind)])]);
  const kind = field(t("documents.kind"), select(kinds));
  const tags = field(t("upload.tags"), input({ maxlength: 500 }), { hint: t("upload.tags.hint") });
  const from = field(t("documents.from"), input({ type: "date" }));
  const until = field(t("documents.until"), input({ type: "date" }));
  const root = h("details", {}, h("summary", {}, t("upload.notes")), h("div", { class: "grid" }, kind, tags, from, until));
  const said = () => ({
    kind: kind.control.value,
    tags: tags.control.value.split(/[,，、]/).map((tag) => tag.trim()).filter(Boolean),
    effective_from: from.control.value,
    effective_until: until.control.value,
  });
  return { root, said };
}

/** @param {(files: Chosen[]) => void} taken */
function pageForm(taken) {
  const title = field(t("upload.page.title"), input({ maxlength: 200 }));
  const text = field(t("upload.page.text"), textarea({ rows: 10 }), { hint: t("upload.page.hint") });
  function submitted() {
    const name = title.control.value.trim();
    title.wrong(name ? "" : t("upload.page.needs-title"));
    text.wrong(text.control.value.trim() ? "" : t("upload.page.needs-text"));
    if (!name || !text.control.value.trim()) return (name ? text : title).control.focus();
    const path = `${name.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, "-")}.md`;
    taken([{ file: new File([`# ${name}\n\n${text.control.value}\n`], path), path }]);
    title.control.value = text.control.value = "";
    return undefined;
  }
  return form({}, submitted, title, text, h("div", { class: "row end" }, h("button", { type: "submit", class: "button primary" }, icon("plus", 18), t("upload.page.add"))));
}

/**
 * @param {Chosen[]} files
 * @returns {Chosen[][]}
 */
function batched(files) {
  /** @type {Chosen[][]} */
  const found = [];
  let bytes = 0;
  for (const each of files) {
    const last = found[found.length - 1];
    if (last && last.length < BATCH_FILES && bytes + each.file.size <= BATCH_BYTES) last.push(each);
    else {
      found.push([each]);
      bytes = 0;
    }
    bytes += each.file.size;
  }
  return found;
}

/**
 * Send files batch by batch and show of each how far it is.
 *
 * @param {Context} context
 * @param {Chosen[]} files
 * @param {Record<string, any>} notes
 * @param {HTMLElement} place
 */
async function send(context, files, notes, place) {
  const wanted = files.filter(({ path }) => !/(^|\/)(\.|Thumbs\.db$|desktop\.ini$)/.test(path));
  if (wanted.length === 0) {
    place.prepend(note("warn", t("upload.nothing")));
    return;
  }
  for (const batch of batched(wanted)) await one(context, batch, notes, place);
}

/**
 * @param {Context} context
 * @param {Chosen[]} batch
 * @param {Record<string, any>} notes
 * @param {HTMLElement} place
 */
async function one({ session, api, signal }, batch, notes, place) {
  const bytes = batch.reduce((sum, { file }) => sum + file.size, 0);
  const name = batch.length === 1 ? batch[0].path : t("upload.batch", { count: batch.length });
  const bar = progressBar(name);
  const status = h("p", { class: "muted" }, t("upload.sending"));
  const more = h("div", { class: "stack tight" });
  place.prepend(h("section", { class: "card batch" }, h("div", { class: "row apart" }, h("h2", {}, name), h("span", { class: "muted fine" }, size(bytes))), bar, status, more));
  const body = new FormData();
  body.append("knowledge_base", session.knowledgeBase);
  body.append("wait", "false");
  for (const [key, value] of Object.entries(notes)) for (const each of [value].flat()) if (each) body.append(key, each);
  for (const { file, path } of batch) body.append("files", file, path);
  try {
    const job = await api.upload("/v1/documents", body, { progress: (share) => bar.set(share * 0.3), signal });
    const stop = button(t("jobs.cancel"), () => api.json(`/v1/jobs/${job.id}/cancel`, { method: "POST" }), { kind: "small", icon: "stop" });
    append(more, h("div", { class: "row" }, stop));
    for await (const now of followed(api, job.id, signal)) {
      const { files: done, files_total: all, failed: wrong, chunks } = now.progress;
      bar.set(now.finished_at ? 1 : 0.3 + (0.7 * done) / Math.max(1, all), wrong ? "bad" : "");
      fill(status, h("span", { class: "badge" }, t(`jobs.state.${now.state}`)), ` ${number(done)} / ${number(all)} · ${t("jobs.chunks", { count: chunks })}`, now.progress.uri && !now.finished_at && ` · ${now.progress.uri}`);
      if (now.finished_at) fill(more, reportView(now), h("p", {}, h("a", { href: to(`/jobs/${now.id}`) }, t("upload.job")), " · ", h("a", { href: to("/documents") }, t("upload.see"))));
    }
  } catch (error) {
    if (!signal.aborted) fill(more, failure(error));
  }
}
