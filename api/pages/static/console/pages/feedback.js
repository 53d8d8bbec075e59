// @ts-check
/** Feedback: what became of answers, and how content customers were, by verdict and period. */

import { append, fill, h } from "../../shared/dom.js";
import { button, select } from "../../shared/form.js";
import { load, t } from "../../shared/i18n.js";
import { empty } from "../../shared/states.js";
import { head, noBase } from "../parts.js";
import { period, periodChoice } from "../periods.js";
import { review, VERDICTS } from "../reviewed.js";
import { to } from "../router.js";

const PAGE = 25;

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await load("parts", "feedback", "asked", "playground");
  const { session, api, query, signal } = context;
  const missing = noBase(session);
  if (missing) return h("div", { class: "stack" }, head(t("nav.feedback")), missing);
  const { since, until } = period(query);
  const wanted = { knowledge_base: session.knowledgeBase, verdict: query.get("verdict") ?? "", since, until };
  const pages = api.pages("/v1/feedback", { query: { ...wanted, limit: PAGE }, signal });
  const list = h("ul", { class: "plain-list" });
  const below = h("div", {});
  const linked = session.may("admin", "evaluator");
  async function add() {
    /** @type {import("../reviewed.js").Review[]} */
    const found = (await pages.next()).value ?? [];
    append(list, found.map((each) => review(each, { linked })));
    fill(below, found.length === PAGE && button(t("parts.more"), add, { kind: "plain" }));
  }
  await add();
  const none = empty({ icon: "reply", title: t("feedback.empty"), text: t("feedback.empty.text") });
  const shown = h("div", { class: "card stack" }, list.childElementCount ? [list, below] : none);
  return h("div", { class: "stack" }, head(t("nav.feedback"), t("feedback.about"), verdictChoice(context), periodChoice(context, "/feedback")), shown);
}

/** @param {import("./index.js").Context} context */
function verdictChoice({ query, go }) {
  /** @type {[string, string][]} */
  const options = [["", t("feedback.verdict.all")], ...VERDICTS.map((each) => /** @type {[string, string]} */ ([each, t(`feedback.verdict.${each}`)]))];
  const made = select(options, { value: query.get("verdict") ?? "", "aria-label": t("feedback.verdict"), class: "input compact" });
  made.addEventListener("change", () => go(to("/feedback", { ...Object.fromEntries(query), verdict: made.value })));
  return made;
}
