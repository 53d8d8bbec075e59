// @ts-check
/** One document: its text at a citation's exact place, its passages to correct, its versions, what is said of it. */

import { h } from "../../shared/dom.js";
import { date, load, t } from "../../shared/i18n.js";
import { note } from "../../shared/states.js";
import { tabbed } from "../../shared/tabs.js";
import { detailsPanel } from "../details.js";
import { kindName, validity } from "../knowledge.js";
import { languageName } from "../languages.js";
import { to } from "../router.js";
import { textPanel } from "../textpanel.js";
import { versionsPanel } from "../versions.js";

/** @typedef {import("./index.js").Context} Context */
/** @typedef {import("../knowledge.js").Doc & {version_in_force: number | null, duplicates: {id: string, uri: string, similarity: number}[]}} Detail */

/**
 * What the panels of a document share: `etag` tells what was read, so that nobody's change is written over.
 *
 * @typedef {{context: Context, path: string, document: Detail, etag: string, manages: boolean}} Opened
 */

/** @param {Context} context */
export async function page(context) {
  await load("document", "documents", "kinds", "citation");
  const { session, api, params, query, signal } = context;
  const path = `/v1/documents/${encodeURIComponent(params.id)}`;
  const response = await api.fetch(path, { signal });
  /** @type {Detail} */
  const document = await response.json();
  const manages = session.may("admin") && session.seesAll;
  const opened = { context, path, document, etag: response.headers.get("etag") ?? "", manages };
  const tabs = [
    { name: "text", label: t("document.text"), show: () => textPanel(opened) },
    { name: "versions", label: t("document.versions"), show: () => versionsPanel(opened) },
    { name: "details", label: t("document.details"), show: () => detailsPanel(opened) },
  ];
  const chosen = query.get("tab") ?? "text";
  /** @param {string} name */
  const changed = (name) => {
    const url = new URL(location.href);
    if (name === "text") url.searchParams.delete("tab");
    else url.searchParams.set("tab", name);
    history.replaceState(null, "", url);
  };
  return h("div", { class: "stack" }, header(document), warning(document), tabbed(t("document.parts"), tabs, { chosen, changed }));
}

/** @param {Detail} document */
function header(document) {
  const back = h("p", {}, h("a", { href: to("/documents") }, t("nav.documents")));
  const facts = [
    h("span", { class: "badge" }, kindName(document.kind)),
    h("span", { class: "badge" }, languageName(document.language)),
    h("span", { class: "badge accent" }, t("citation.version", { version: document.version })),
    ...document.tags.map((tag) => h("span", { class: "badge" }, tag)),
    h("span", { class: "muted fine" }, validity(document.effective_from, document.effective_until, date)),
  ];
  const where = h("p", { class: "muted fine" }, document.uri);
  return h("div", { class: "page-head" }, h("div", { class: "stack tight" }, back, h("h1", {}, document.title || document.uri), where, h("div", { class: "row" }, facts)));
}

/** @param {Detail} document */
function warning(document) {
  const said = document.metadata.warnings;
  return said ? note("warn", h("p", {}, said)) : null;
}
