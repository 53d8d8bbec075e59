// @ts-check
/** What the elements that other pages embed have in common: a shadow root with our styles, words, and the server. */

import { Api } from "./api.js";
import { append, fill, h } from "./dom.js";
import { load, matched, speak } from "./i18n.js";
import { icon } from "./icons.js";
import { failure } from "./states.js";

/** @typedef {import("./dom.js").Child} Child */
/** @typedef {import("./dom.js").Properties} Properties */

/** @type {Map<string, Promise<CSSStyleSheet>>} */
const sheets = new Map();

/**
 * Return a style sheet that speaks of the host where the pages' own speaks of the root, whatever the size of its text.
 *
 * @param {string} name of the file, from this module
 */
function sheet(name) {
  const known = sheets.get(name);
  if (known) return known;
  const made = fetch(new URL(name, import.meta.url)).then(async (response) => {
    const text = (await response.text())
      .replace(/:root((?:\[[^\]]*\]|:lang\([^)]*\))+)/g, ":host($1)")
      .replace(/:root|^(?:html|body)(?= \{)/gm, ":host")
      .replace(/([\d.]+)rem/g, "calc($1 * var(--knowdesk-size, 16px))");
    return new CSSStyleSheet().replace(text);
  });
  sheets.set(name, made);
  return made;
}

/** The base of the elements; a subclass says its `parts` of words, its `styles`, and how it is drawn. */
export class Embedded extends HTMLElement {
  static observedAttributes = ["server", "key", "knowledge-base", "language", "theme"];
  /** @type {string[]} */
  static parts = [];
  /** @type {string[]} */
  static styles = [];

  constructor() {
    super();
    this.root = this.attachShadow({ mode: "open" });
    this.api = new Api({ base: this.server, key: () => this.getAttribute("key") ?? "" });
    /** @type {Promise<void>} settled once everything is drawn */
    this.ready = Promise.resolve();
    this.drawn = false;
  }

  connectedCallback() {
    this.ready = this.begin();
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (!this.drawn || before === now) return;
    if (name === "theme") return this.colour();
    this.drawn = false; // several attributes that change together are one change
    this.ready = Promise.resolve().then(() => this.begin());
  }

  /** Origin of the server: that of the attribute, else the one that this script came from. */
  get server() {
    return new URL(this.getAttribute("server") || new URL(import.meta.url).origin, location.href).origin;
  }

  get knowledgeBase() {
    return this.getAttribute("knowledge-base") ?? "";
  }

  async begin() {
    const own = /** @type {typeof Embedded} */ (this.constructor);
    this.api.base = this.server;
    const wanted = this.getAttribute("language") || document.documentElement.lang || navigator.language;
    const language = matchedOrNone(wanted) ?? matchedOrNone(navigator.language) ?? "en";
    const [styles] = await Promise.all([
      Promise.all(["./theme.css", "./components.css", "./embedding.css", ...own.styles].map(sheet)),
      speak(language).then(() => load("common", "problems", ...own.parts)),
    ]);
    if (!this.isConnected) return;
    this.root.adoptedStyleSheets = styles;
    this.lang = language;
    this.colour();
    this.drawn = true;
    await this.draw();
  }

  colour() {
    const theme = this.getAttribute("theme");
    if (theme === "light" || theme === "dark") this.dataset.theme = theme;
    else delete this.dataset.theme;
  }

  /** Draw everything, now that words and styles are there. */
  async draw() {}

  /**
   * Tell the page around of something.
   *
   * @param {string} name behind `knowdesk-`
   * @param {any} detail
   */
  tell(name, detail) {
    return this.dispatchEvent(new CustomEvent(`knowdesk-${name}`, { detail, bubbles: true, composed: true, cancelable: true }));
  }
}

/** @param {string} tag */
function matchedOrNone(tag) {
  try {
    return tag ? matched(tag) : null;
  } catch {
    return null; // no language tag
  }
}

/**
 * Return a button whose errors are shown in `place`, and that waits while what it does is under way.
 *
 * @param {Child | Child[]} content
 * @param {Element} place
 * @param {(event: Event) => unknown} action
 * @param {Properties & {icon?: string, kind?: string}} [properties]
 */
export function actor(content, place, action, { icon: name = "", kind = "", ...others } = {}) {
  const made = h("button", { type: "button", class: `button ${kind}`, ...others }, name && icon(name, 18), content);
  made.addEventListener("click", (event) => attempted(made, place, () => action(event)));
  return made;
}

/**
 * Do something for a button that waits meanwhile; errors are shown in `place`.
 *
 * @param {Element} pressed
 * @param {Element} place
 * @param {() => unknown} action
 */
export async function attempted(pressed, place, action) {
  if (pressed.getAttribute("aria-disabled") === "true") return;
  pressed.setAttribute("aria-disabled", "true");
  if (place.querySelector(":scope > [role=alert]")) fill(place);
  try {
    await action();
  } catch (error) {
    fill(place, failure(error));
  } finally {
    pressed.removeAttribute("aria-disabled");
  }
}

/** @typedef {{document_id: string, title?: string, uri: string, section?: string[], quote: string}} Cited */

/**
 * Return where a text comes from, one part a document: its title, opened to headings and quotes.
 *
 * @param {Cited[]} citations
 * @param {(index: number) => string} [prefix] of the titles
 * @returns {HTMLDetailsElement[]}
 */
export function sources(citations, prefix = () => "") {
  return grouped(citations).map((group, index) => {
    const { title, uri } = group[0];
    const made = h("details", { class: "source" }, h("summary", {}, `${prefix(index)}${title || uri}`));
    for (const cited of group) {
      const path = (cited.section ?? []).filter((part) => part !== title).join(" › ");
      append(made, path && h("p", { class: "muted fine" }, path), h("blockquote", {}, cited.quote));
    }
    const linked = /^https?:\/\//.test(uri) && h("a", { href: uri, target: "_blank", rel: "noreferrer noopener" }, uri);
    append(made, h("p", { class: "fine muted" }, linked || uri));
    return made;
  });
}

/**
 * Return citations by document, each quote once.
 *
 * @template {Cited} T
 * @param {T[]} citations
 * @returns {T[][]}
 */
export function grouped(citations) {
  /** @type {Map<string, T[]>} */
  const found = new Map();
  for (const cited of citations) {
    const known = found.get(cited.document_id) ?? [];
    if (!known.some((each) => each.quote === cited.quote)) known.push(cited);
    found.set(cited.document_id, known);
  }
  return [...found.values()];
}
