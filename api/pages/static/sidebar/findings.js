// @ts-check
/** What is wrong with a reply: where it stands, how bad it is, what to write instead. */

import { h } from "../shared/dom.js";
import { sources } from "../shared/embedding.js";
import { t } from "../shared/i18n.js";
import { note } from "../shared/states.js";
import { pieces } from "../shared/text.js";

/**
 * Return the verdict with every finding and its remedy.
 *
 * @param {string} text that was checked
 * @param {{verdict: string, findings: any[], promises: any[]}} checked
 */
export function findings(text, checked) {
  if (checked.findings.length === 0) return h("div", {});
  const bad = checked.verdict === "block";
  const title = h("h3", {}, t(bad ? "sidebar.check.block" : "sidebar.check.warn"));
  const made = note(bad ? "bad" : "warn", title, marks(text, checked.findings), h("ul", { class: "findings" }, list(text, checked)));
  made.classList.add("checked");
  return made;
}

/** @param {string} text @param {any[]} found */
function marks(text, found) {
  const spans = found.map((each) => each.span);
  return h("p", { class: "pre quoted" }, pieces(text, spans, (part) => h("mark", {}, part)));
}

/** @param {string} text @param {{findings: any[], promises: any[]}} checked */
function list(text, { findings: found, promises }) {
  const points = Array.from(text);
  return found.map((finding) => {
    const words = points.slice(finding.span.start, finding.span.end).join("");
    const promise = finding.rule === "promise" && promises.find((each) => each.span.start === finding.span.start);
    const severity = h("span", { class: `badge ${finding.severity === "block" ? "bad" : "warn"}` }, t(`sidebar.rule.${finding.rule}`));
    const cited = promise && promise.citation && sources([promise.citation]);
    return h("li", {}, h("p", { class: "row" }, severity, h("q", {}, words)), h("p", {}, finding.remedy), cited);
  });
}
