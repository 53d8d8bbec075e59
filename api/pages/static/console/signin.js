// @ts-check
/** The page that asks for a key. */

import { h } from "../shared/dom.js";
import { field, form, input } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { note } from "../shared/states.js";
import { languageChoice, themeChoice } from "./choices.js";

/** @typedef {import("./session.js").Session} Session */

/**
 * Return the page; `done` is called once a key was given.
 *
 * @param {Session} session
 * @param {{wrong: boolean, done: () => unknown, relabel: (language: import("../shared/i18n.js").Language) => void}} options
 */
export function signIn(session, { wrong, done, relabel }) {
  const key = field(t("signin.key"), input({ type: "password", name: "key", autocomplete: "current-password", autofocus: true }), {
    hint: t("signin.hint"),
  });
  async function submitted() {
    const text = key.control.value.trim();
    key.wrong(text ? "" : t("signin.needed"));
    if (!text) return key.control.focus();
    session.signIn(text);
    return done();
  }
  return h(
    "main",
    { class: "alone" },
    h("div", { class: "brand" }, h("img", { src: "/pages/shared/icon.svg", alt: "", width: 40, height: 40 }), h("span", {}, "Knowdesk")),
    h("h1", {}, t("signin.title")),
    wrong && note("bad", h("p", { class: "strong" }, t("problems.unauthorized")), h("p", {}, t("problems.unauthorized.remedy"))),
    form({ class: "stack card" }, submitted, key, h("button", { class: "button primary", type: "submit" }, t("signin.go"))),
    h("div", { class: "row apart" }, languageChoice(relabel), themeChoice()),
  );
}
