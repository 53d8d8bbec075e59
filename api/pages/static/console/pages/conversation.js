// @ts-check
/** One conversation as it was said, with the feedback on its answers. */

import { Problem } from "../../shared/api.js";
import { h } from "../../shared/dom.js";
import { load, t } from "../../shared/i18n.js";
import { empty } from "../../shared/states.js";
import { backTo, card, head } from "../parts.js";
import { review } from "../reviewed.js";
import { talk } from "../talkview.js";

const MOST = 200;

/** @param {import("./index.js").Context} context */
export async function page({ api, params, signal }) {
  await load("parts", "conversation", "feedback", "playground");
  const back = backTo("/feedback", t("nav.feedback"));
  try {
    const path = `/v1/conversations/${encodeURIComponent(params.id)}`;
    const [found, given] = await Promise.all([
      api.json(path, { signal }),
      api.json("/v1/feedback", { query: { conversation_id: params.id, limit: MOST }, signal }),
    ]);
    /** @type {import("../reviewed.js").Review[]} */
    const reviews = given.items;
    const list = reviews.length ? h("ul", { class: "plain-list" }, reviews.map((each) => review(each))) : h("p", { class: "muted" }, t("conversation.unrated"));
    return h("div", { class: "stack" }, back, head(t("nav.feedback-of-conversation"), found.id), h("section", { class: "card" }, talk(found.turns)), card(t("nav.feedback"), list));
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    return h("div", { class: "stack" }, back, empty({ icon: "search", title: t("conversation.gone"), text: t("conversation.gone.text"), heading: "h1" }));
  }
}
