// @ts-check
/** Questions put to a knowledge base as customers would, with what each stage made of them. */

import { append, fill, h } from "../../shared/dom.js";
import { checkbox, field, form, input, select } from "../../shared/form.js";
import { load, t } from "../../shared/i18n.js";
import { icon } from "../../shared/icons.js";
import { empty, failure, skeleton } from "../../shared/states.js";
import { answerView } from "../answerview.js";
import { languageName } from "../languages.js";
import { stagesView } from "../stages.js";

/** @typedef {import("./index.js").Context} Context */

const SPOKEN = ["zh-Hans", "zh-Hant", "en", "ja", "ko", "de", "fr", "es"];

/** @param {Context} context */
export async function page(context) {
  await load("playground", "citation", "documents");
  const { session, query } = context;
  const head = h("div", { class: "page-head" }, h("div", {}, h("h1", {}, t("nav.playground")), h("p", {}, t("playground.about"))));
  if (!session.knowledgeBase) {
    return h("div", { class: "stack" }, head, empty({ icon: "book", title: t("documents.no-base"), text: t("documents.no-base.text") }));
  }
  const answers = h("div", { class: "card stack", "aria-live": "polite" });
  const stages = h("div", { class: "card" });
  const shown = h("div", { class: "play", hidden: true }, answers, stages);
  const asking = askForm(context, (question, options) => ask(context, question, options, { answers, stages, shown }));
  const begun = query.get("q");
  if (begun) requestAnimationFrame(() => asking.ask(begun));
  return h("div", { class: "stack" }, head, h("div", { class: "card" }, asking), shown);
}

/** @typedef {{language: string, threshold: number | null, conversation: string}} Options */

/**
 * @param {Context} context
 * @param {(question: string, options: Options) => Promise<string>} asked returns the conversation's id
 */
function askForm({ session }, asked) {
  const question = field(t("playground.question"), input({ maxlength: 4000, placeholder: t("playground.example"), autofocus: true, enterkeyhint: "send" }));
  const tongues = /** @type {[string, string][]} */ ([["", t("playground.detected")], ...SPOKEN.map((tag) => [tag, languageName(tag)])]);
  const spoken = field(t("documents.language"), select(tongues));
  const threshold = field(t("playground.threshold"), input({ type: "number", min: 0, max: 1, step: 0.05, inputmode: "decimal" }), { hint: t("playground.threshold.hint") });
  const goesOn = checkbox(t("playground.follow-up"));
  let conversation = "";
  async function submitted() {
    const text = question.control.value.trim();
    question.wrong(text ? "" : t("playground.needed"));
    if (!text) return question.control.focus();
    const kept = goesOn.control.checked ? conversation : "";
    const needed = threshold.control.value === "" ? null : Number(threshold.control.value);
    conversation = await asked(text, { language: spoken.control.value, threshold: needed, conversation: kept });
    question.control.select();
    return undefined;
  }
  const send = h("button", { class: "button primary", type: "submit" }, icon("send", 18), t("playground.ask"));
  const more = h("details", {}, h("summary", {}, t("playground.options")), h("div", { class: "grid" }, spoken, threshold));
  const made = form({ "aria-label": t("playground.asking", { name: session.knowledgeBase }) }, submitted, h("div", { class: "ask" }, question, send), goesOn, more);
  /** @param {string} text */
  const askNow = (text) => {
    question.control.value = text;
    return made.requestSubmit();
  };
  made.addEventListener("ask", (event) => askNow(/** @type {CustomEvent<string>} */ (event).detail));
  return Object.assign(made, { ask: askNow });
}

/**
 * @param {Context} context
 * @param {string} question
 * @param {Options} options
 * @param {{answers: HTMLElement, stages: HTMLElement, shown: HTMLElement}} place
 */
async function ask({ session, api, signal }, question, options, { answers, stages, shown }) {
  shown.hidden = false;
  fill(answers, h("h2", {}, t("playground.answer")), h("p", { class: "muted" }, question), skeleton(3));
  fill(stages, h("h2", {}, t("playground.stages")), skeleton(8));
  const body = {
    knowledge_base: session.knowledgeBase,
    question,
    ...(options.language && { language: options.language }),
    ...(options.threshold !== null && { threshold: options.threshold }),
    ...(options.conversation && { conversation_id: options.conversation }),
  };
  const explaining = session.may("agent", "admin", "evaluator") ? api.json("/v1/explanations", { method: "POST", body, signal }) : null;
  explaining?.catch(() => {}); // told below, in its own place
  const view = answerView(api, session, (text) => document.querySelector("form.stack")?.dispatchEvent(new CustomEvent("ask", { detail: text })));
  let id = options.conversation;
  try {
    for await (const { event, data } of api.events("/v1/answer", { method: "POST", body: { ...body, stream: true }, signal })) {
      if (event === "token") view.add(data.text);
      if (event === "done") {
        view.done(data);
        id = data.conversation_id;
      }
      if (event === "error") throw new Error(data.detail);
      fill(answers, h("h2", {}, t("playground.answer")), h("p", { class: "muted" }, question), view.root);
    }
  } catch (error) {
    if (!signal.aborted) fill(answers, h("h2", {}, t("playground.answer")), failure(error));
  }
  fill(stages, h("h2", {}, t("playground.stages")));
  try {
    append(stages, explaining ? stagesView(api, session, await explaining, view.answer) : h("p", { class: "muted" }, t("playground.no-stages")));
  } catch (error) {
    if (!signal.aborted) append(stages, failure(error));
  }
  return id;
}
