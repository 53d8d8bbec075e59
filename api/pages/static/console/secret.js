// @ts-check
/** What is shown once: the text of a key, the secret of a webhook. */

import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { button } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { note } from "../shared/states.js";
import { told } from "../shared/toast.js";

/**
 * Show a text that is nowhere else, and gone when the dialog closes.
 *
 * @param {{title: string, about: string, text: string, done: () => void}} shown
 */
export function shownOnce({ title, about, text, done }) {
  const copy = button(t("common.copy"), async () => {
    await navigator.clipboard.writeText(text);
    told(t("common.copied"));
  }, { icon: "copy", kind: "primary" });
  const dialog = openDialog(title, [note("warn", h("p", {}, about)), h("output", { class: "secret" }, text), h("div", { class: "row end" }, copy)]);
  dialog.addEventListener("close", done);
}
