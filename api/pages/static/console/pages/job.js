// @ts-check
/** One job: live progress, what failed and what to do, cancel, retry. */

import { confirmed } from "../../shared/dialog.js";
import { fill, h } from "../../shared/dom.js";
import { followed, isActive } from "../../shared/following.js";
import { button } from "../../shared/form.js";
import { date, load, t } from "../../shared/i18n.js";
import { told } from "../../shared/toast.js";
import { jobTitle, progressView, reportView, stateBadge } from "../jobview.js";
import { to } from "../router.js";

/** @typedef {import("../../shared/following.js").Job} Job */
/** @typedef {import("./index.js").Context} Context */

/** @param {Context} context */
export async function page(context) {
  await load("jobs");
  const { api, params, signal } = context;
  /** @type {Job} */
  const job = await api.json(`/v1/jobs/${encodeURIComponent(params.id)}`, { signal });
  const badge = h("span", { role: "status" });
  const actions = h("div", { class: "row" });
  const report = h("div");
  const progress = progressView(job);
  /** @param {Job} now */
  function draw(now) {
    fill(badge, stateBadge(now));
    fill(actions, actionsOf(context, now));
    fill(report, reportView(now));
    progress.draw(now);
  }
  draw(job);
  if (isActive(job)) follow(api, job, signal, draw);
  const facts = h("dl", { class: "facts" }, rows(job).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
  const back = h("p", {}, h("a", { href: to("/jobs") }, t("nav.jobs")));
  const head = h("div", { class: "page-head" }, h("div", {}, back, h("h1", {}, jobTitle(job)), badge), actions);
  return h("div", { class: "stack" }, head, h("section", { class: "card stack" }, progress, facts), h("section", { class: "card stack" }, h("h2", {}, t("jobs.report")), report));
}

/**
 * @param {import("../../shared/api.js").Api} api
 * @param {Job} job
 * @param {AbortSignal} signal
 * @param {(job: Job) => void} draw
 */
async function follow(api, job, signal, draw) {
  for await (const now of followed(api, job.id, signal)) draw(now);
}

/** @param {Job} job @returns {[string, Node | string][]} */
function rows(job) {
  /** @type {[string, Node | string][]} */
  const found = [
    [t("common.knowledge-base"), job.knowledge_base],
    [t("jobs.created"), date(job.created_at)],
  ];
  if (job.finished_at) found.push([t("jobs.finished"), date(job.finished_at)]);
  if (job.retry_of) found.push([t("jobs.retry-of"), h("a", { href: to(`/jobs/${encodeURIComponent(job.retry_of)}`) }, job.retry_of)]);
  found.push([t("jobs.id"), h("code", {}, job.id)]);
  return found;
}

/**
 * @param {Context} context
 * @param {Job} job
 */
function actionsOf({ session, api, go, reload }, job) {
  if (!session.may("admin")) return null;
  const path = `/v1/jobs/${encodeURIComponent(job.id)}`;
  async function cancel() {
    if (!(await confirmed({ title: t("jobs.cancel"), text: t("jobs.cancel.text"), action: t("jobs.cancel"), danger: true }))) return;
    await api.json(`${path}/cancel`, { method: "POST" });
    reload();
  }
  async function retry() {
    const again = await api.json(`${path}/retry`, { method: "POST" });
    told(t("jobs.retried"));
    go(to(`/jobs/${encodeURIComponent(again.id)}`));
  }
  if (isActive(job)) return button(t("jobs.cancel"), cancel, { icon: "stop" });
  const can = ["done_with_failures", "failed", "cancelled"].includes(job.state);
  return can && button(t("jobs.retry"), retry, { icon: "retry", kind: "primary" });
}
