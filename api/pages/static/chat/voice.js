// @ts-check
/** Speaking instead of typing, and answers read aloud, through the browser's own interfaces where it has them. */

import { fill, h } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { note } from "../shared/states.js";

/**
 * Return a button that writes what is said into a box; null where the browser does not understand speech.
 *
 * @param {HTMLTextAreaElement} box
 * @param {HTMLElement} errors
 */
export function microphone(box, errors) {
  const { SpeechRecognition, webkitSpeechRecognition } = /** @type {any} */ (window);
  const Recognition = SpeechRecognition ?? webkitSpeechRecognition;
  if (!Recognition) return null;
  const made = h("button", { type: "button", class: "button square", "aria-label": t("chat.speak"), "aria-pressed": "false" }, icon("microphone"));
  /** @type {any} */
  let listening = null;
  made.addEventListener("click", () => {
    if (listening) return listening.stop();
    listening = new Recognition();
    listening.lang = box.closest("[lang]")?.getAttribute("lang") || hostLanguage(box);
    listening.interimResults = true;
    listening.onresult = (/** @type {any} */ event) => {
      box.value = Array.from(event.results, (/** @type {any} */ result) => result[0].transcript).join("");
    };
    listening.onerror = () => fill(errors, note("warn", h("p", {}, t("chat.speak.failed"))));
    listening.onend = () => {
      listening = null;
      made.setAttribute("aria-pressed", "false");
      box.focus();
    };
    made.setAttribute("aria-pressed", "true");
    listening.start();
  });
  return made;
}

/**
 * Return a button that reads a text aloud; null where the browser has no voice.
 *
 * @param {string} text
 * @param {string} language
 */
export function readAloud(text, language) {
  if (!("speechSynthesis" in window)) return null;
  const made = h("button", { type: "button", class: "button square", "aria-label": t("chat.read"), "aria-pressed": "false" }, icon("speaker", 18));
  made.addEventListener("click", () => {
    const stop = made.getAttribute("aria-pressed") === "true";
    speechSynthesis.cancel();
    if (stop) return;
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = { "zh-Hans": "zh-CN", "zh-Hant": "zh-TW" }[language] ?? language;
    spoken.onend = spoken.onerror = () => made.setAttribute("aria-pressed", "false");
    made.setAttribute("aria-pressed", "true");
    speechSynthesis.speak(spoken);
  });
  return made;
}

/** @param {Node} node */
function hostLanguage(node) {
  const root = node.getRootNode();
  const language = root instanceof ShadowRoot ? /** @type {HTMLElement} */ (root.host).lang : "";
  return { "zh-Hans": "zh-CN", "zh-Hant": "zh-TW" }[language] ?? language;
}
