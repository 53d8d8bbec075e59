// @ts-check
/** The rules that replies are checked by, and a place to try them on a reply. */

import { fill, h } from "../../shared/dom.js";
import { field, form, textarea } from "../../shared/form.js";
import { has, language, load, t } from "../../shared/i18n.js";
import { note } from "../../shared/states.js";
import { pieces } from "../../shared/text.js";
import { badge, card, head } from "../parts.js";

/**
 * @typedef {{id: string, rule: string, severity: string, words: string[], disguised: boolean, patterns: string[], unless: string[], remedy: Record<string, string>}} Rule
 * @typedef {{name: string, title: string, in_use: boolean, rules: Rule[]}} Pack
 * @typedef {{rule: string, id: string, severity: "warn" | "block", span: {start: number, end: number}, remedy: string, disguised: boolean}} Finding
 */

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await load("parts", "rules");
  const { session, api } = context;
  /** @type {Pack[]} */
  const packs = (await api.json("/v1/rule-packs")).items;
  const tried = session.knowledgeBase && session.may("bot", "agent", "admin", "evaluator") && trial(context);
  return h("div", { class: "stack" }, head(t("nav.rules"), t("rules.about")), tried, packs.map(shown));
}

/** @param {import("./index.js").Context} context */
function trial({ session, api }) {
  const text = field(t("rules.reply"), textarea({ rows: 3, maxlength: 20000 }), { hint: t("rules.reply.hint") });
  const result = h("div", { "aria-live": "polite" });
  async function check() {
    const said = text.control.value;
    text.wrong(said.trim() ? "" : t("parts.needed"));
    if (!said.trim()) return text.control.focus();
    const body = { knowledge_base: session.knowledgeBase, text: said, agent_language: language() };
    const found = await api.json("/v1/checks", { method: "POST", body });
    return fill(result, outcome(said, found));
  }
  const submit = h("div", { class: "row" }, h("button", { class: "button primary", type: "submit" }, t("rules.check")));
  return card(t("rules.try"), form({}, check, text, submit), result);
}

/**
 * @param {string} text
 * @param {{verdict: "pass" | "warn" | "block", findings: Finding[]}} found
 */
function outcome(text, { verdict, findings }) {
  const kind = /** @type {const} */ ({ pass: "good", warn: "warn", block: "bad" })[verdict];
  const list = findings.map((each) =>
    h("li", {}, h("div", { class: "row" }, badge(each.severity === "block" ? "bad" : "warn", t(`rules.rule.${each.rule}`)), h("code", { class: "fine" }, each.id), each.disguised && badge("", t("rules.disguised"))), h("p", {}, each.remedy)),
  );
  return h(
    "div",
    { class: "stack" },
    note(kind, h("p", { class: "strong" }, t(`rules.verdict.${verdict}`))),
    findings.length > 0 && h("p", { class: "quote" }, marks(text, findings)),
    findings.length > 0 && h("ul", { class: "plain-list" }, list),
  );
}

/**
 * @param {string} text
 * @param {Finding[]} findings
 */
function marks(text, findings) {
  const sorted = [...findings].sort((one, other) => one.span.start - other.span.start);
  return pieces(text, sorted.map(({ span }) => span), (part, index) => h("mark", { class: sorted[index].severity }, part));
}

/** @param {Pack} pack */
function shown(pack) {
  const state = pack.in_use ? badge("good", t("rules.used")) : badge("", t("rules.unused"));
  const top = h("div", { class: "row" }, h("code", {}, pack.name), state, h("span", { class: "muted fine" }, t("rules.count", { count: pack.rules.length })));
  const rules = h("ul", { class: "plain-list" }, pack.rules.map(ruled));
  const body = h("details", { open: pack.in_use }, h("summary", {}, t("rules.show")), rules);
  return card(has(`rules.pack.${pack.name}`) ? t(`rules.pack.${pack.name}`) : pack.title, top, body);
}

/** @param {Rule} rule */
function ruled(rule) {
  const spoken = rule.remedy[language()] ? language() : language() === "zh-Hant" && rule.remedy["zh-Hans"] ? "zh-Hans" : "en";
  const kind = badge(rule.severity === "block" ? "bad" : "warn", t(`rules.severity.${rule.severity}`));
  return h(
    "li",
    { class: "stack tight" },
    h("div", { class: "row" }, h("span", { class: "strong" }, rule.id), kind, badge("", t(`rules.rule.${rule.rule}`)), rule.disguised && badge("", t("rules.disguised"))),
    h("p", { lang: spoken }, rule.remedy[spoken]),
    rule.words.length > 0 && folded(t("rules.words", { count: rule.words.length }), rule.words),
    rule.patterns.length > 0 && folded(t("rules.patterns", { count: rule.patterns.length }), rule.patterns),
    rule.unless.length > 0 && folded(t("rules.unless", { count: rule.unless.length }), rule.unless),
  );
}

/**
 * @param {string} title
 * @param {string[]} texts
 */
function folded(title, texts) {
  const made = h("details", { class: "fine" }, h("summary", {}, title));
  made.addEventListener("toggle", () => {
    if (made.childElementCount === 1) made.append(h("ul", { class: "chips" }, texts.map((each) => h("li", {}, h("code", {}, each)))));
  });
  return made;
}
