// @ts-check
/** Modal dialogs over the native element: focus stays inside, Escape closes, and focus goes back at the end. */

import { append, h, uniqueId } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** @typedef {import("./dom.js").Child} Child */

/**
 * Open a dialog; returns its element, which `close(value)` ends and whose event `close` tells so.
 *
 * @param {string} title
 * @param {Child | Child[]} content
 * @param {{wide?: boolean}} [options]
 */
export function openDialog(title, content, { wide = false } = {}) {
  const heading = uniqueId("dialog");
  const dialog = h("dialog", { "aria-labelledby": heading, class: wide ? "wide" : null });
  const close = { class: "button square", type: "button", "aria-label": t("common.close"), on: { click: () => dialog.close("") } };
  append(
    dialog,
    h("div", { class: "dialog-head" }, h("h2", { id: heading }, title), h("button", close, icon("close"))),
    h("div", { class: "dialog-body" }, content),
  );
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && !inside(dialog, event)) dialog.close("");
  });
  document.body.appendChild(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Ask whether something is to be done; true for yes.
 *
 * @param {{title: string, text: Child | Child[], action: string, danger?: boolean}} asked
 * @returns {Promise<boolean>}
 */
export function confirmed({ title, text, action, danger = false }) {
  return new Promise((resolve) => {
    const no = h("button", { class: "button", type: "button", autofocus: true }, t("common.cancel"));
    const yes = h("button", { class: `button ${danger ? "danger" : "primary"}`, type: "button" }, action);
    const dialog = openDialog(title, [h("div", { class: "stack tight" }, text), h("div", { class: "row end" }, no, yes)]);
    no.addEventListener("click", () => dialog.close(""));
    yes.addEventListener("click", () => dialog.close("yes"));
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"));
  });
}

/**
 * @param {HTMLElement} dialog
 * @param {MouseEvent} event
 */
function inside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
}
