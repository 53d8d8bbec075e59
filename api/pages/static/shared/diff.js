// @ts-check
/** Two versions of a section side by side, from the lines of a unified diff. */

import { h } from "./dom.js";

/** @typedef {{kind: "same" | "old" | "new" | "changed" | "gap", left: string | null, right: string | null}} Pair */

/**
 * Return rows of lines that belong together; removed lines stand beside the added ones that took their place.
 *
 * @param {string[]} lines each begins with a space, `-`, `+` or `@`
 * @returns {Pair[]}
 */
export function pairs(lines) {
  /** @type {Pair[]} */
  const found = [];
  /** @type {string[]} */
  let removed = [];
  /** @type {string[]} */
  let added = [];
  const flush = () => {
    for (let at = 0; at < Math.max(removed.length, added.length); at += 1) {
      const [left, right] = [removed[at] ?? null, added[at] ?? null];
      found.push({ kind: left === null ? "new" : right === null ? "old" : "changed", left, right });
    }
    [removed, added] = [[], []];
  };
  for (const line of lines) {
    const [sign, words] = [line[0], line.slice(1)];
    if (sign === "-") removed.push(words);
    else if (sign === "+") added.push(words);
    else {
      flush();
      if (sign === "@") found.push({ kind: "gap", left: "⋯", right: "⋯" });
      else found.push({ kind: "same", left: words, right: words });
    }
  }
  flush();
  return found;
}

/**
 * Return the table of a diff; words that differ in a changed line are marked.
 *
 * @param {string[]} lines
 * @param {{label: string, older: string, newer: string}} words
 */
export function sideBySide(lines, { label, older, newer }) {
  const head = h("tr", {}, h("th", { scope: "col" }, older), h("th", { scope: "col" }, newer));
  const rows = pairs(lines).map(({ kind, left, right }) => {
    const [before, after] = kind === "changed" ? inner(left ?? "", right ?? "") : [[left], [right]];
    return h("tr", { class: `diff-${kind}` }, h("td", {}, before.length && left !== null && h("del", {}, before)), h("td", {}, right !== null && h("ins", {}, after)));
  });
  return h("div", { class: "table-scroll" }, h("table", { class: "diff", "aria-label": label }, h("thead", {}, head), h("tbody", {}, rows)));
}

/**
 * Mark what differs between two lines: all but their common beginning and end.
 *
 * @param {string} left
 * @param {string} right
 */
function inner(left, right) {
  const [a, b] = [[...left], [...right]];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return [a, b].map((line) => {
    const middle = line.slice(start, line.length - end).join("");
    return [line.slice(0, start).join(""), middle && h("mark", {}, middle), line.slice(line.length - end).join("")];
  });
}
