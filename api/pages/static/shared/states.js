// @ts-check
/** What stands where content will be: while it loads, where there is none, and where it failed. */

import { Problem } from "./api.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** @typedef {import("./dom.js").Child} Child */

/**
 * Return bars in the place of content that loads.
 *
 * @param {number} [lines]
 */
export function skeleton(lines = 6) {
  const bars = Array.from({ length: lines }, () => h("span"));
  return h("div", { class: "skeleton", role: "status" }, h("b", { class: "unseen" }, t("common.loading")), bars);
}

/**
 * Return what is said where there is nothing yet, with what to do next.
 *
 * @param {{icon: string, title: string, text?: string, actions?: Child[], heading?: "h1" | "h2"}} said
 */
export function empty({ icon: name, title, text = "", actions = [], heading = "h2" }) {
  const next = actions.length > 0 && h("div", { class: "row" }, actions);
  return h("div", { class: "empty" }, icon(name), h(heading, {}, title), text && h("p", {}, text), next);
}

/**
 * Return a note of one of the kinds "", "good", "warn" and "bad".
 *
 * @param {"" | "good" | "warn" | "bad"} kind
 * @param {...Child} children
 */
export function note(kind, ...children) {
  const shown = { "": "info", good: "check", warn: "warning", bad: "warning" }[kind];
  return h("div", { class: `note ${kind}` }, icon(shown), h("div", {}, children));
}

/**
 * Return what is said in the place of content that could not be had.
 *
 * @param {unknown} error
 * @param {() => void} [again] is called when the reader wants to try again
 */
export function failure(error, again) {
  const { title, remedy } = wordsOf(error);
  const retry = again && h("button", { class: "button small", type: "button", on: { click: again } }, t("common.retry"));
  const shown = note("bad", h("p", { class: "strong" }, title), remedy && h("p", {}, remedy), retry);
  shown.setAttribute("role", "alert");
  return shown;
}

/**
 * Write an error of the pages' own into the console; what the server or the network said is no such thing.
 *
 * @param {unknown} error
 */
export function reported(error) {
  if (!(error instanceof Problem) && !(error instanceof DOMException && error.name === "AbortError")) console.error(error);
}

/**
 * Return what an error says, and the remedy: words of the pages for the common ones, else those of the server.
 *
 * @param {unknown} error
 * @returns {{title: string, remedy: string}}
 */
export function wordsOf(error) {
  if (!(error instanceof Problem)) return { title: t("problems.broken"), remedy: String(error) };
  const name = error.type.replace("/problems/", "");
  const known = { unreachable: 1, unauthorized: 1, forbidden: 1, "rate-limited": 1, overloaded: 1, "precondition-failed": 1 };
  if (name in known) return { title: t(`problems.${name}`), remedy: t(`problems.${name}.remedy`) };
  const fields = error.errors.map(({ field, message }) => `${field}: ${message}`).join("; ");
  return { title: error.message || error.title || t("problems.broken"), remedy: fields || error.remedy };
}
