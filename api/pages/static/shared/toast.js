// @ts-check
/** Short messages at the edge of the screen, read out by screen readers. */

import { h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { wordsOf } from "./states.js";

const SHOWN_MS = 6000;

/**
 * Say that something was done.
 *
 * @param {string} text
 */
export function told(text) {
  show(h("div", { class: "toast" }, icon("check"), h("div", {}, text)), SHOWN_MS);
}

/**
 * Say what went wrong and what can be done; it stays until it is closed.
 *
 * @param {unknown} error
 */
export function failed(error) {
  if (error instanceof DOMException && error.name === "AbortError") return;
  const { title, remedy } = wordsOf(error);
  const close = h("button", { class: "button square", type: "button", "aria-label": t("common.close") }, icon("close"));
  const text = h("div", {}, h("p", { class: "strong" }, title), remedy && h("p", {}, remedy));
  const toast = h("div", { class: "toast bad", role: "alert" }, icon("warning"), text, close);
  close.addEventListener("click", () => toast.remove());
  show(toast, 0);
}

/**
 * @param {HTMLElement} toast
 * @param {number} milliseconds 0 for no end
 */
function show(toast, milliseconds) {
  const region = toasts();
  if (region.childElementCount >= 4) region.firstElementChild?.remove();
  region.appendChild(toast);
  region.hidePopover();
  region.showPopover(); // above dialogs that were opened meanwhile
  if (milliseconds) setTimeout(() => toast.remove(), milliseconds);
}

/** Return the region of the messages, which must be there before the first one is read out. */
export function toasts() {
  const there = document.querySelector(".toasts");
  if (there instanceof HTMLElement) return there;
  const made = h("div", { class: "toasts", role: "status", "aria-live": "polite", popover: "manual" });
  document.body.appendChild(made);
  made.showPopover();
  return made;
}
