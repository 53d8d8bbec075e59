// @ts-check
/** Where work starts: what there is, what to do next, what ran of late. */

import { h } from "../../shared/dom.js";
import { ago, load, number, t } from "../../shared/i18n.js";
import { icon } from "../../shared/icons.js";
import { empty } from "../../shared/states.js";
import { jobTitle, stateBadge } from "../jobview.js";
import { to } from "../router.js";

/** @typedef {import("./index.js").Context} Context */
/** @typedef {import("../../shared/following.js").Job} Job */

/** @param {Context} context */
export async function page(context) {
  await load("overview", "jobs");
  const { session, api, signal } = context;
  const head = h("div", { class: "page-head" }, h("h1", {}, t("nav.overview")));
  if (!session.knowledgeBase) return h("div", { class: "stack" }, head, first());
  const looks = session.may("agent", "admin", "evaluator", "auditor");
  const oversees = session.may("admin", "auditor") && session.seesAll;
  const [held, jobs] = await Promise.all([
    looks ? api.json(`/v1/knowledge-bases/${encodeURIComponent(session.knowledgeBase)}`, { signal }) : null,
    oversees ? api.json("/v1/jobs", { query: { limit: 5 }, signal }) : null,
  ]);
  const tiles = held && [tile(t("overview.documents"), held.documents, "/documents"), tile(t("overview.chunks"), held.chunks, "/documents")];
  return h("div", { class: "stack" }, head, h("div", { class: "grid" }, tiles, actions(session)), jobs?.items.length > 0 && recent(jobs.items));
}

function first() {
  const next = h("a", { class: "button primary", href: to("/knowledge-bases") }, t("nav.knowledge-bases"));
  return h("div", { class: "card" }, empty({ icon: "book", title: t("overview.first"), text: t("overview.first.text"), actions: [next] }));
}

/**
 * @param {string} label
 * @param {number} value
 * @param {string} path
 */
function tile(label, value, path) {
  return h("a", { class: "card tile", href: to(path) }, h("span", { class: "muted" }, label), h("b", {}, number(value)));
}

/** @param {import("../session.js").Session} session */
function actions(session) {
  const asks = session.may("bot", "agent", "admin", "evaluator") && h("a", { class: "button", href: to("/playground") }, icon("flask", 18), t("overview.ask"));
  const adds = session.may("admin") && session.seesAll && h("a", { class: "button", href: to("/documents/upload") }, icon("upload", 18), t("overview.upload"));
  return (asks || adds) && h("div", { class: "card stack tight" }, h("span", { class: "muted" }, t("overview.next")), h("div", { class: "row" }, asks, adds));
}

/** @param {Job[]} jobs */
function recent(jobs) {
  const items = jobs.map((job) =>
    h(
      "li",
      { class: "row apart" },
      h("span", {}, h("a", { href: to(`/jobs/${encodeURIComponent(job.id)}`) }, jobTitle(job)), h("span", { class: "muted fine" }, ` · ${job.knowledge_base} · ${ago(job.created_at)}`)),
      stateBadge(job),
    ),
  );
  return h("section", { class: "card" }, h("h2", {}, t("overview.jobs")), h("ul", { class: "plain stack tight" }, items));
}
