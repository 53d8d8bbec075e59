// @ts-check
/** The jobs: what runs, what waits, what is done. */

import { fill, h } from "../../shared/dom.js";
import { followed, isActive } from "../../shared/following.js";
import { button, field, select } from "../../shared/form.js";
import { ago, date, load, t } from "../../shared/i18n.js";
import { empty } from "../../shared/states.js";
import { jobTitle, progressView, stateBadge } from "../jobview.js";
import { to } from "../router.js";

/** @typedef {import("../../shared/following.js").Job} Job */

const STATES = /** @type {const} */ (["queued", "running", "stalled", "done", "done_with_failures", "failed", "cancelled"]);

/** @param {import("./index.js").Context} context */
export async function page({ api, query, signal, go }) {
  await load("jobs");
  const state = query.get("state") ?? "";
  const choices = /** @type {[string, string][]} */ ([["", t("common.all")], ...STATES.map((each) => [each, t(`jobs.state.${each}`)])]);
  const chosen = field(t("jobs.state"), select(choices, { value: state }));
  chosen.control.addEventListener("change", () => go(to("/jobs", { state: chosen.control.value })));
  const head = h("div", { class: "page-head" }, h("div", {}, h("h1", {}, t("nav.jobs")), h("p", {}, t("jobs.about"))), chosen);
  const list = h("ul", { class: "plain stack" });
  const more = h("div", { class: "row" });

  /** @param {string | null} cursor */
  async function add(cursor) {
    const found = await api.json("/v1/jobs", { query: { state, cursor, limit: 30 }, signal });
    for (const job of found.items) list.append(card(api, job, signal));
    fill(more, found.next_cursor && button(t("common.more"), () => add(found.next_cursor)));
  }
  await add(null);
  const none = h("div", { class: "card" }, empty({ icon: "jobs", title: t("jobs.none"), text: t("jobs.none.text") }));
  return h("div", { class: "stack" }, head, list.childElementCount ? list : none, more);
}

/**
 * @param {import("../../shared/api.js").Api} api
 * @param {Job} job
 * @param {AbortSignal} signal
 */
function card(api, job, signal) {
  const link = h("a", { href: to(`/jobs/${encodeURIComponent(job.id)}`) }, jobTitle(job));
  const badge = h("span", {}, stateBadge(job));
  const progress = progressView(job);
  const when = h("time", { class: "muted fine", datetime: job.created_at, title: date(job.created_at) }, ago(job.created_at));
  const made = h("li", { class: "card stack tight" }, h("div", { class: "row apart" }, h("h2", {}, link), badge), h("p", { class: "fine muted" }, job.knowledge_base, " · ", when), progress);
  if (isActive(job)) watch(api, job, signal, (now) => {
    fill(badge, stateBadge(now));
    progress.draw(now);
  });
  return made;
}

/**
 * @param {import("../../shared/api.js").Api} api
 * @param {Job} job
 * @param {AbortSignal} signal
 * @param {(job: Job) => void} changed
 */
async function watch(api, job, signal, changed) {
  for await (const now of followed(api, job.id, signal)) changed(now);
}
