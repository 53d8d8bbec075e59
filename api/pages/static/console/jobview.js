// @ts-check
/** What jobs tell of themselves: state, progress, what failed and what to do about it. */

import { h } from "../shared/dom.js";
import { progressBar } from "../shared/drop.js";
import { isActive } from "../shared/following.js";
import { number, percent, t } from "../shared/i18n.js";
import { note } from "../shared/states.js";

/** @typedef {import("../shared/following.js").Job} Job */

const KINDS = { done: "good", done_with_failures: "warn", failed: "bad", stalled: "warn", running: "accent", queued: "", cancelled: "" };

/** @param {Job} job */
export function stateBadge(job) {
  return h("span", { class: `badge ${KINDS[job.state]}` }, t(`jobs.state.${job.state}`));
}

/**
 * Return what a job works on, in a few words.
 *
 * @param {Job} job
 */
export function jobTitle(job) {
  const [first, ...others] = job.sources;
  if (!first || first.kind === "upload") return t("jobs.of.upload");
  if (first.kind === "reindex") return t("jobs.of.reindex");
  if (first.kind === "reembed") return first.location ? t("jobs.of.reembed", { model: first.location }) : t("jobs.of.reembed.settings");
  return others.length ? `${first.location} +${others.length}` : first.location;
}

/**
 * Return how far a job is; `draw` shows it anew.
 *
 * @param {Job} job
 */
export function progressView(job) {
  const bar = progressBar(t("jobs.progress"));
  const words = h("p", { class: "muted fine" });
  /** @param {Job} now */
  function draw(now) {
    const { files, files_total: all, failed, chunks, phase, uri, note: waits, seconds_left: left } = now.progress;
    bar.set(isActive(now) ? files / Math.max(1, all) : 1, failed || now.error ? "bad" : "");
    const parts = [t("jobs.files", { done: number(files), all: number(all) }), t("jobs.chunks", { count: chunks })];
    if (isActive(now)) {
      if (phase) parts.push(t(`jobs.phase.${phase}`));
      if (left) parts.push(t("jobs.left", { seconds: Math.ceil(left) }));
      if (uri) parts.push(uri);
      if (waits) parts.push(waits);
    }
    words.textContent = parts.join(" · ");
  }
  draw(job);
  return Object.assign(h("div", { class: "stack tight" }, bar, words), { draw });
}

/**
 * Return what became of a job: counts, each file that failed with the remedy, warnings, duplicates.
 *
 * @param {Job} job
 */
export function reportView(job) {
  const shown = h("div", { class: "stack tight" });
  if (job.error) shown.append(note("bad", h("p", { class: "strong" }, job.error), h("p", {}, job.remedy)));
  const { report } = job;
  if (!report) return shown;
  const counts = /** @type {const} */ (["added", "changed", "unchanged", "deleted", "failed"]);
  const told = counts.filter((name) => report.documents[name] > 0);
  shown.append(h("p", {}, told.map((name) => t(`jobs.${name}`, { count: report.documents[name] })).join(" · ") || t("jobs.nothing")));
  if (report.failures.length) {
    const rows = report.failures.map(({ uri, error, remedy }) => [uri, error, remedy]);
    shown.append(table(t("jobs.failures"), [t("jobs.file"), t("jobs.why"), t("jobs.remedy")], rows));
  }
  if (report.warnings.length) {
    const rows = report.warnings.map(({ uri, warnings }) => [uri, warnings]);
    shown.append(table(t("jobs.warnings"), [t("jobs.file"), t("jobs.warning")], rows));
  }
  if (report.duplicates.length) {
    const rows = report.duplicates.map(({ uri, other, similarity }) => [uri, other, percent(similarity)]);
    shown.append(table(t("jobs.duplicates"), [t("jobs.file"), t("jobs.same-as"), t("jobs.alike")], rows));
  }
  return shown;
}

/**
 * @param {string} caption
 * @param {string[]} heads
 * @param {string[][]} rows
 */
function table(caption, heads, rows) {
  const head = h("thead", {}, h("tr", {}, heads.map((name) => h("th", { scope: "col" }, name))));
  const body = h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell)))));
  return h("section", { class: "stack tight" }, h("h3", {}, caption), h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": caption }, h("table", { class: "table" }, head, body)));
}
