// @ts-check
/** A citation opened at its exact place: in the stored text, and on its page where the text was read off one. */

import { openDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { load, t } from "./i18n.js";
import { pageView } from "./pageview.js";
import { failure, skeleton } from "./states.js";
import { tabbed } from "./tabs.js";
import { marked, offsets } from "./text.js";

const AROUND = 1500; // characters shown before and after

/**
 * @typedef {{document_id: string, version: number, title: string, uri: string, section: string[], page: number | null,
 *   span: {start: number, end: number}}} Place
 */

/**
 * Open a dialog with the place that a citation names; `href` leads to the whole document, if it is given.
 *
 * @param {import("./api.js").Api} api
 * @param {Place} place
 * @param {{href?: string}} [options]
 */
export async function openCitation(api, place, { href = "" } = {}) {
  await load("citation");
  const body = h("div", { class: "stack" }, skeleton());
  const dialog = openDialog(place.title || place.uri, [sourceLine(place, href), body], { wide: true });
  const path = `/v1/documents/${encodeURIComponent(place.document_id)}`;
  const span = { version: place.version, start: place.span.start, end: place.span.end };
  try {
    const [{ text }, regions] = await Promise.all([
      api.json(`${path}/text`, { query: { version: place.version } }),
      api.json(`${path}/regions`, { query: { version: place.version } }),
    ]);
    const inText = () => excerpt(text, place.span);
    const cited = regions.items.filter((/** @type {any} */ each) => each.span.start < span.end && span.start < each.span.end);
    if (cited.length === 0) fill(body, inText());
    else {
      const onPage = () => pageView(text, regions.items, place.span, cited[0].page);
      const tabs = [
        { name: "text", label: t("citation.text"), show: inText },
        { name: "page", label: t("citation.page", { page: cited[0].page }), show: onPage },
      ];
      fill(body, tabbed(t("citation.views"), tabs));
    }
    body.querySelector("mark")?.scrollIntoView({ block: "center" });
  } catch (error) {
    fill(body, failure(error));
  }
  return dialog;
}

/**
 * @param {Place} place
 * @param {string} href
 */
function sourceLine(place, href) {
  const where = [...place.section, place.page ? t("citation.page", { page: place.page }) : ""].filter(Boolean).join(" › ");
  return h(
    "div",
    { class: "stack tight" },
    h("p", { class: "muted fine" }, `${place.uri} · ${t("citation.version", { version: place.version })}`),
    where && h("p", { class: "fine" }, where),
    href && h("p", {}, h("a", { href }, t("citation.whole"))),
  );
}

/**
 * Return the text around a span, with the span marked.
 *
 * @param {string} text
 * @param {{start: number, end: number}} span in code points
 */
export function excerpt(text, span) {
  const at = offsets(text);
  const [start, end] = [at(span.start), at(span.end)];
  const from = Math.max(0, text.lastIndexOf("\n", start - AROUND) + 1);
  const until = text.indexOf("\n", end + AROUND);
  const within = { start: start > AROUND ? from : 0, end: until < 0 ? text.length : until };
  const shown = h("div", { class: "reading pre", tabindex: "0", role: "region", "aria-label": t("citation.text") });
  fill(shown, within.start > 0 && "… ", marked(text, within, [{ start, end }]), within.end < text.length && " …");
  return shown;
}
