// @ts-check
/** A conversation as it was said, turn by turn. */

import { h } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { badge } from "./parts.js";
import { to } from "./router.js";

/**
 * @typedef {{document_id: string, version: number, uri: string, quote: string}} Cited
 * @typedef {{role: "customer" | "assistant" | "agent", text: string, action: string | null, citations?: Cited[]}} Turn
 */

/**
 * Return the turns; what an answer cites leads to its document.
 *
 * @param {Turn[]} turns
 */
export function talk(turns) {
  return h("ol", { class: "talk" }, turns.map(turn));
}

/** @param {Turn} each */
function turn({ role, text, action, citations = [] }) {
  const who = h("p", { class: "fine row" }, h("span", { class: "strong" }, t(`conversation.role.${role}`)), action && badge(action === "clarify" ? "" : "warn", t(`conversation.action.${action}`)));
  return h("li", { class: `turn ${role}` }, who, h("p", { class: "pre" }, text), sources(citations));
}

/** @param {Cited[]} cited */
export function sources(cited) {
  const first = new Map(cited.map((each) => [`${each.document_id} ${each.version}`, each]));
  if (first.size === 0) return null;
  const links = [...first.values()].map(({ document_id: id, version, uri }) => h("li", {}, h("a", { href: to(`/documents/${encodeURIComponent(id)}`, { version }) }, uri)));
  return h("ul", { class: "chips fine" }, links);
}
