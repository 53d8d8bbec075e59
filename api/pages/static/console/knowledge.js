// @ts-check
/** What several pages about documents share. */

import { t } from "../shared/i18n.js";

export const KINDS = /** @type {const} */ (["page", "manual", "policy", "faq", "transcript", "case"]);

/**
 * @typedef {{id: string, knowledge_base: string, source: string, uri: string, title: string, kind: string,
 *   language: string, version: number, tags: string[], effective_from: string | null, effective_until: string | null,
 *   metadata: Record<string, string>, chunk_count: number, updated_at: string, container: string,
 *   replaces: number | null, edited: string[]}} Doc
 */

/** @param {string} kind */
export function kindName(kind) {
  return t(`kinds.${kind}`);
}

/**
 * Return the days on which something holds, in words.
 *
 * @param {string | null} first
 * @param {string | null} last
 * @param {(day: string) => string} said
 */
export function validity(first, last, said) {
  if (!first && !last) return t("kinds.always");
  return `${first ? said(first) : "…"} – ${last ? said(last) : "…"}`;
}
