// @ts-check
/** Fields with their labels, hints and errors, and buttons that are busy while they work. */

import { append, fill, h, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { reported } from "./states.js";
import { failed } from "./toast.js";

/** @typedef {import("./dom.js").Child} Child */
/** @typedef {import("./dom.js").Properties} Properties */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/**
 * Return a control with its label; `wrong` on the result shows or clears an error at it.
 *
 * @param {string} label
 * @param {Control} control
 * @param {{hint?: string, hidden?: boolean}} [options] whether only screen readers get the label
 */
export function field(label, control, { hint = "", hidden = false } = {}) {
  control.id ||= uniqueId("field");
  const ids = [hint && `${control.id}-hint`, `${control.id}-wrong`].filter(Boolean).join(" ");
  const error = h("span", { class: "wrong", id: `${control.id}-wrong`, hidden: true });
  control.setAttribute("aria-describedby", ids);
  const shown = h(
    "div",
    { class: "field" },
    h("label", { for: control.id, class: hidden ? "unseen" : null }, label),
    control,
    hint && h("span", { class: "hint", id: `${control.id}-hint` }, hint),
    error,
  );
  /** @param {string} text empty for none */
  function wrong(text) {
    fill(error, text);
    error.hidden = !text;
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  return Object.assign(shown, { control, wrong });
}

/** @param {Properties} [properties] */
export function input(properties = {}) {
  return h("input", { class: "input", type: "text", autocomplete: "off", ...properties });
}

/** @param {Properties} [properties] */
export function textarea(properties = {}) {
  return h("textarea", { class: "input", ...properties });
}

/**
 * Return a choice between values, each with its words.
 *
 * @param {[string, string][]} options
 * @param {Properties} [properties]
 */
export function select(options, properties = {}) {
  const { value = null, ...others } = properties;
  const made = h("select", { class: "input", ...others });
  append(made, options.map(([name, words]) => h("option", { value: name }, words)));
  if (value !== null) made.value = value;
  return made;
}

/**
 * Return a checkbox in its label, whose `control` it is.
 *
 * @param {string} label
 * @param {Properties} [properties]
 */
export function checkbox(label, properties = {}) {
  const control = h("input", { type: "checkbox", ...properties });
  const made = h("label", { class: "check" }, control, h("span", {}, label));
  return /** @type {HTMLLabelElement & {control: HTMLInputElement}} */ (made);
}

/**
 * Return a button; while what it does is under way it cannot be pressed again, and errors are told.
 *
 * @param {Child | Child[]} content
 * @param {(event: Event) => unknown} action
 * @param {Properties & {icon?: string, kind?: string}} [properties] `kind`: primary, danger, plain, small, square
 */
export function button(content, action, { icon: name = "", kind = "", ...others } = {}) {
  const made = h("button", { type: "button", class: `button ${kind}`, ...others }, name && icon(name, 18), content);
  made.addEventListener("click", (event) => busy(made, () => action(event)));
  return made;
}

/**
 * Return a form whose submission runs `action`; its submit buttons are busy meanwhile.
 *
 * @param {Properties} properties
 * @param {() => unknown} action
 * @param {...(Child | Child[])} children
 */
export function form(properties, action, ...children) {
  const made = h("form", { novalidate: true, class: "stack", ...properties }, ...children);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    const pressed = made.querySelector("button[type=submit], button:not([type])");
    busy(/** @type {HTMLButtonElement | null} */ (pressed), action);
  });
  return made;
}

/**
 * @param {HTMLButtonElement | null} pressed
 * @param {() => unknown} action
 */
async function busy(pressed, action) {
  if (pressed?.getAttribute("aria-disabled") === "true") return;
  pressed?.setAttribute("aria-disabled", "true");
  try {
    await action();
  } catch (error) {
    reported(error);
    failed(error);
  } finally {
    pressed?.removeAttribute("aria-disabled");
  }
}
