// @ts-check
/** What both demo pages have on top: name, language, theme, and the key and knowledge base where the server asks. */

import { Api, Problem } from "../shared/api.js";
import { fill, h } from "../shared/dom.js";
import { field, form, input } from "../shared/form.js";
import { LANGUAGES, language, load, matched, preferred, speak, t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { applyTheme } from "../shared/theme.js";
import { languageChoice, themeChoice } from "../console/choices.js";

const KEPT = "knowdesk.demo.key";

/** @typedef {{key: string, knowledgeBase: string}} Access */

/**
 * Show a demo page: `draw` fills it once it is known how the server is reached.
 *
 * @param {string} name of the page: sidebar or chat
 * @param {(main: HTMLElement, access: Access) => void} draw
 */
export async function demo(name, draw) {
  applyTheme();
  const asked = new URLSearchParams(location.search).get("language");
  await speak((asked && matched(asked)) || preferred());
  await load("common", "problems", "demo");
  document.documentElement.lang = language();
  document.title = t(`demo.${name}`);
  const main = h("main", { id: "main" });
  fill(document.body, head(name, draw), main);
  await opened(main, draw);
}

/** @param {string} name @param {(main: HTMLElement, access: Access) => void} draw */
function head(name, draw) {
  const mark = h("img", { src: "/pages/shared/icon.svg", alt: "", width: 28, height: 28 });
  const languages = languageChoice((chosen) => {
    const url = new URL(location.href);
    url.searchParams.delete("language");
    history.replaceState(null, "", url);
    speak(chosen, { keep: true }).then(() => demo(name, draw));
  });
  const title = h("h1", {}, t(`demo.${name}`));
  return h("header", { class: "top" }, mark, title, h("div", { class: "tools" }, languages, themeChoice()));
}

/** @param {HTMLElement} main @param {(main: HTMLElement, access: Access) => void} draw */
async function opened(main, draw) {
  const key = sessionStorage.getItem(KEPT) ?? "";
  const wanted = new URLSearchParams(location.search).get("knowledge-base") ?? "";
  try {
    draw(main, { key, knowledgeBase: wanted || (await firstOf(key)) });
  } catch (error) {
    fill(main, askedForKey(error, () => opened(main, draw)));
  }
}

/** @param {string} key */
async function firstOf(key) {
  const { items } = await new Api({ key: () => key }).json("/v1/knowledge-bases");
  const named = items.find((/** @type {any} */ each) => each.name === "shop") ?? items[0];
  if (!named) throw new Problem({ title: t("demo.nothing"), remedy: "knowdesk ingest evals/sample/knowledge --kb shop" });
  return named.name;
}

/** @param {unknown} error @param {() => void} again */
function askedForKey(error, again) {
  if (!(error instanceof Problem)) throw error;
  if (error.status !== 401) return h("div", { class: "alone card stack" }, icon("warning"), h("p", { class: "strong" }, error.title), h("code", {}, error.remedy));
  const box = input({ type: "password", required: true });
  const go = h("button", { class: "button primary", type: "submit" }, t("common.open"));
  return form({ class: "alone card stack" }, () => {
    sessionStorage.setItem(KEPT, box.value.trim());
    again();
  }, h("p", {}, t("demo.key")), field(t("demo.key.label"), box), go);
}

export { LANGUAGES };
