// @ts-check
/** What is proposed for the knowledge, in short. */

import { h } from "../shared/dom.js";
import { date, number, percent, t } from "../shared/i18n.js";
import { badge, sheet } from "./parts.js";
import { to } from "./router.js";

/**
 * @typedef {{id: string, question: string, answer: string, language: string, document_id: string, conversation_id: string, agrees: boolean}} Evidence
 * @typedef {{outcome: string, text: string, confidence: number, right: boolean}} Reply
 * @typedef {{question: string, observation: string, verdict: "better" | "same" | "worse", before: Reply, after: Reply}} Rehearsed
 * @typedef {{searchable_s: number, better: number, same: number, worse: number, questions: Rehearsed[]}} Effect
 * @typedef {{id: string, kind: string, state: string, language: string, question: string, answer: string, confidence: number, count: number, evidence: Evidence[], access: string[], place: {document_id: string, version: number, title: string, quote: string} | null, reason: string, publication: {document_id: string, version: number, previous: number, at: string} | null, effect: Effect | null, created_at: string, changed_at: string}} Proposal
 */

const KINDS = { new: "accent", better_wording: "", duplicate: "", contradiction: "warn" };
const STATES = { proposed: "accent", edited: "accent", approved: "warn", published: "good", rejected: "bad", rolled_back: "" };

/** @param {Proposal} proposal */
export function kind(proposal) {
  return badge(KINDS[/** @type {keyof typeof KINDS} */ (proposal.kind)], t(`proposals.kind.${proposal.kind}`));
}

/** @param {Proposal} proposal */
export function state(proposal) {
  return badge(STATES[/** @type {keyof typeof STATES} */ (proposal.state)], t(`proposals.state.${proposal.state}`));
}

/** @param {Proposal[]} proposals */
export function rows(proposals) {
  const columns = [
    {
      label: t("proposals.question"),
      bare: true,
      cell: (/** @type {Proposal} */ each) => [
        h("a", { class: "strong", href: to(`/proposals/${encodeURIComponent(each.id)}`), lang: each.language }, each.question),
        h("p", { class: "muted", lang: each.language }, cut(each.answer)),
      ],
    },
    { label: t("proposals.kind"), cell: kind },
    { label: t("proposals.state"), cell: state },
    { label: t("proposals.count"), numeric: true, cell: (/** @type {Proposal} */ each) => number(each.count) },
    { label: t("proposals.confidence"), numeric: true, cell: (/** @type {Proposal} */ each) => percent(each.confidence) },
    { label: t("proposals.changed"), cell: (/** @type {Proposal} */ each) => date(each.changed_at) },
  ];
  return sheet(t("nav.proposals"), columns, proposals);
}

/** @param {string} text */
function cut(text) {
  const chars = [...text];
  return chars.length > 160 ? `${chars.slice(0, 160).join("")}…` : text;
}
