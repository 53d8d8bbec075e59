// @ts-check
/** What stands around every page: menu, choice of knowledge base, language, theme, who works here. */

import { append, fill, h } from "../shared/dom.js";
import { button, select } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { languageChoice, themeChoice } from "./choices.js";
import { GROUPS } from "./pages/index.js";
import { to } from "./router.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./pages/index.js").Page} Page */
/** @typedef {{relabel: (language: import("../shared/i18n.js").Language) => void, reload: () => void, leave: () => void}} Actions */

/**
 * Return the frame; `main` takes the page, `mark` shows in the menu which it is.
 *
 * @param {Session} session
 * @param {Page[]} pages
 * @param {Actions} actions
 */
export function frame(session, pages, actions) {
  const main = h("main", { id: "main", tabindex: "-1" });
  const nav = menu(pages);
  const side = h("aside", { class: "side" }, brand(), nav);
  const opener = h("button", { type: "button", class: "button square opener", "aria-expanded": "false" }, icon("menu"));
  opener.setAttribute("aria-label", t("common.menu"));

  /** @param {boolean} open */
  function opened(open) {
    root.classList.toggle("menu-open", open);
    opener.setAttribute("aria-expanded", String(open));
    if (open) nav.querySelector("a")?.focus();
  }
  opener.addEventListener("click", () => opened(opener.getAttribute("aria-expanded") !== "true"));
  const skip = h("a", { class: "skip", href: "#main" }, t("common.skip"));
  const veil = h("div", { class: "veil", on: { click: () => opened(false) } });
  const top = h("header", { class: "top" }, opener, knowledgeBaseChoice(session, actions.reload), tools(session, actions));
  const root = h("div", { class: "frame" }, skip, side, veil, h("div", { class: "content" }, top, main));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !root.classList.contains("menu-open")) return;
    opened(false);
    opener.focus();
  });

  /** @param {string} name */
  function mark(name) {
    opened(false);
    for (const link of nav.querySelectorAll("a")) {
      if (link.dataset.name === name.split("-of-")[0]) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }
  return { root, main, mark };
}

function brand() {
  const mark = h("img", { src: "/pages/shared/icon.svg", alt: "", width: 28, height: 28 });
  return h("a", { class: "brand", href: to("/") }, mark, h("span", {}, "Knowdesk"));
}

/** @param {Page[]} pages */
function menu(pages) {
  const nav = h("nav", { "aria-label": t("common.menu") });
  for (const group of GROUPS) {
    const there = pages.filter((page) => page.group === group);
    if (there.length === 0) continue;
    if (group !== "start") append(nav, h("h2", {}, t(`nav.group.${group}`)));
    append(nav, h("ul", {}, there.map((page) => h("li", {}, link(page)))));
  }
  return nav;
}

/** @param {Page} page */
function link(page) {
  return h("a", { href: to(page.path), data: { name: page.name } }, icon(page.icon), h("span", {}, t(`nav.${page.name}`)));
}

/**
 * @param {Session} session
 * @param {() => void} reload
 */
function knowledgeBaseChoice(session, reload) {
  const made = select([], { "aria-label": t("common.knowledge-base"), class: "input compact" });
  const shown = h("div", { class: "base" }, icon("book"), made);
  function draw() {
    fill(made, session.knowledgeBases.map(({ name }) => h("option", { value: name }, name)));
    made.value = session.knowledgeBase;
    shown.hidden = session.knowledgeBases.length === 0;
  }
  made.addEventListener("change", () => {
    session.knowledgeBase = made.value;
    reload();
  });
  session.addEventListener("knowledge-bases", draw);
  draw();
  return shown;
}

/**
 * @param {Session} session
 * @param {Actions} actions
 */
function tools(session, { relabel, leave }) {
  const out = session.hasKey && button([], leave, { icon: "exit", kind: "square", "aria-label": t("common.sign-out"), title: t("common.sign-out") });
  return h("div", { class: "tools" }, languageChoice(relabel), themeChoice(), out);
}
