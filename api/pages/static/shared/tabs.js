// @ts-check
/** Tabs after the ARIA pattern: arrows move, each panel is made when it is first shown. */

import { append, fill, h, uniqueId } from "./dom.js";
import { failure, reported } from "./states.js";

/** @typedef {{name: string, label: string, show: () => Node | Promise<Node>}} Tab */

/**
 * Return tabs with their panel; `changed` is told the name of the one that is shown.
 *
 * @param {string} label
 * @param {Tab[]} tabs
 * @param {{chosen?: string, changed?: (name: string) => void}} [options]
 */
export function tabbed(label, tabs, { chosen = tabs[0].name, changed = () => {} } = {}) {
  const id = uniqueId("tabs");
  const list = h("div", { class: "tabs", role: "tablist", "aria-label": label });
  const panel = h("div", { role: "tabpanel", id: `${id}-panel`, tabindex: "0" });
  const buttons = tabs.map((tab) =>
    h("button", { type: "button", role: "tab", id: `${id}-${tab.name}`, "aria-controls": panel.id }, tab.label),
  );

  /** @param {number} index */
  async function select(index) {
    const tab = tabs[index];
    buttons.forEach((button, at) => {
      button.setAttribute("aria-selected", String(at === index));
      button.tabIndex = at === index ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", buttons[index].id);
    changed(tab.name);
    const content = await shown(tab, () => select(index));
    if (content && buttons[index].getAttribute("aria-selected") === "true") fill(panel, content);
  }

  buttons.forEach((button, index) => button.addEventListener("click", () => select(index)));
  list.addEventListener("keydown", (event) => {
    const at = buttons.findIndex((button) => button === /** @type {Document} */ (list.getRootNode()).activeElement);
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 };
    if (at < 0 || !(event.key in steps)) return;
    event.preventDefault();
    const next = (steps[/** @type {keyof typeof steps} */ (event.key)] + buttons.length) % buttons.length;
    buttons[next].focus();
    select(next);
  });
  append(list, buttons);
  select(Math.max(0, tabs.findIndex((tab) => tab.name === chosen)));
  return h("div", { class: "stack" }, list, panel);
}

/**
 * Return the content of a tab, or why it could not be had; null if the page was left meanwhile.
 *
 * @param {Tab} tab
 * @param {() => void} again
 */
async function shown(tab, again) {
  try {
    return await tab.show();
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    reported(error);
    return failure(error, again);
  }
}
