// @ts-check
/** The console: sign-in, frame, and the page that the address means. */

import { Problem } from "../shared/api.js";
import { fill, h } from "../shared/dom.js";
import { language, load, preferred, speak, t } from "../shared/i18n.js";
import { empty, failure, reported, skeleton } from "../shared/states.js";
import { applyTheme } from "../shared/theme.js";
import { toasts } from "../shared/toast.js";
import { frame } from "./frame.js";
import { PAGES } from "./pages/index.js";
import { followLinks, matched, to } from "./router.js";
import { Session } from "./session.js";
import { signIn } from "./signin.js";

const session = new Session();
let leaving = new AbortController();
/** @type {ReturnType<typeof frame> | null} */
let shown = null;

/**
 * Show the page of an address in the frame.
 *
 * @param {URL} url
 * @param {{first?: boolean}} [options] whether the document was just loaded
 */
async function show(url, { first = false } = {}) {
  leaving.abort();
  leaving = new AbortController();
  for (const dialog of document.querySelectorAll("dialog")) dialog.close();
  const { signal } = leaving;
  const main = shown?.main;
  if (!main) return;
  const found = matched(allowed(), url);
  shown?.mark(found?.page.name ?? "");
  fill(main, skeleton());
  const content = found ? await made(found, url, signal) : missing();
  if (signal.aborted) return;
  fill(main, content);
  const heading = main.querySelector("h1")?.textContent || (found ? t(`nav.${found.page.name}`) : t("common.missing"));
  document.title = `${heading} · Knowdesk`;
  if (!first) arrive(main);
}

/**
 * @param {NonNullable<ReturnType<typeof matched>>} found
 * @param {URL} url
 * @param {AbortSignal} signal
 */
async function made({ page, params }, url, signal) {
  const reload = () => show(url);
  /** @param {string} address */
  const go = (address) => {
    history.pushState(null, "", address);
    show(new URL(location.href));
  };
  try {
    const module = await page.load();
    return await module.page({ session, api: session.api, params, query: url.searchParams, signal, go, reload });
  } catch (error) {
    if (!signal.aborted) reported(error);
    return h("div", { class: "stack" }, h("h1", {}, t(`nav.${page.name}`)), failure(error, reload));
  }
}

/** Move the focus to a page that was gone to; a choice that is being made keeps it. @param {HTMLElement} main */
function arrive(main) {
  const at = document.activeElement;
  if (main.contains(at) || at instanceof HTMLSelectElement) return;
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function allowed() {
  return PAGES.filter((page) => session.may(...page.roles) && (!page.whole || session.seesAll) && (!page.needs || session.has(page.needs)));
}

function missing() {
  const home = h("a", { class: "button", href: to("/") }, t("nav.overview"));
  return empty({ icon: "search", title: t("common.missing"), text: t("common.missing.text"), actions: [home], heading: "h1" });
}

/** Ask who calls, and show the frame or the sign-in. */
async function start() {
  document.documentElement.lang = language();
  try {
    await session.open();
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) {
      fill(document.body, h("main", { class: "alone" }, failure(error, start)));
      return;
    }
    fill(document.body, signIn(session, { wrong: session.hasKey, done: start, relabel }));
    document.title = `${t("signin.title")} · Knowdesk`;
    return;
  }
  shown = frame(session, allowed(), { relabel, reload: () => show(new URL(location.href)), leave });
  fill(document.body, shown.root);
  toasts();
  await show(new URL(location.href), { first: true });
}

/** Speak another language. @param {import("../shared/i18n.js").Language} chosen */
async function relabel(chosen) {
  await speak(chosen, { keep: true });
  await start();
}

function leave() {
  leaving.abort();
  session.signOut();
  start();
}

applyTheme();
await speak(preferred());
await load("common", "nav", "problems", "signin");
session.addEventListener("refused", () => session.caller && leave());
followLinks(show);
await start();
