// @ts-check
/** Proposals for the knowledge: what agents answer again and again, for people to decide on. */

import { h } from "../../shared/dom.js";
import { button, checkbox } from "../../shared/form.js";
import { load, number, t } from "../../shared/i18n.js";
import { empty } from "../../shared/states.js";
import { tabbed } from "../../shared/tabs.js";
import { told } from "../../shared/toast.js";
import { editor, head, noBase } from "../parts.js";
import { rows } from "../proposed.js";
import { to } from "../router.js";

const TABS = /** @type {const} */ ({ open: ["proposed", "edited"], approved: ["approved"], published: ["published"], closed: ["rejected", "rolled_back"] });

/** @param {import("./index.js").Context} context */
export async function page(context) {
  await load("parts", "proposals");
  const { session, api, query } = context;
  const missing = noBase(session);
  if (missing) return h("div", { class: "stack" }, head(t("nav.proposals")), missing);
  /** @type {import("../proposed.js").Proposal[]} */
  const items = (await api.json("/v1/insights/proposals", { query: { knowledge_base: session.knowledgeBase, limit: 500 } })).items;
  const mine = session.may("admin") && button(t("proposals.mine"), () => look(context), { icon: "search", kind: "primary" });
  const tabs = Object.entries(TABS).map(([name, states]) => {
    const found = items.filter((each) => states.some((state) => state === each.state));
    return { name, label: `${t(`proposals.tab.${name}`)} (${number(found.length)})`, show: () => (found.length ? rows(found) : nothing(name)) };
  });
  const chosen = query.get("tab") ?? "open";
  const changed = (/** @type {string} */ name) => history.replaceState(null, "", to("/proposals", { tab: name }));
  return h("div", { class: "stack" }, head(t("nav.proposals"), t("proposals.about"), mine), tabbed(t("nav.proposals"), tabs, { chosen, changed }));
}

/** @param {string} name */
function nothing(name) {
  return empty({ icon: "check", title: t(`proposals.none.${name}`), text: name === "open" ? t("proposals.none.text") : "" });
}

/**
 * Ask which conversations to look through, then do it.
 *
 * @param {import("./index.js").Context} context
 */
function look({ session, api, go }) {
  const others = session.knowledgeBases.filter(({ name }) => name !== session.knowledgeBase);
  const boxes = others.map(({ name }) => checkbox(name, { value: name }));
  const choice = h("fieldset", {}, h("legend", {}, t("proposals.talks")), h("div", { class: "checks" }, boxes));
  editor({
    title: t("proposals.mine"),
    fields: [h("p", {}, t("proposals.mine.about")), others.length > 0 && choice],
    action: t("proposals.mine.go"),
    save: async () => {
      const talks = boxes.filter(({ control }) => control.checked).map(({ control }) => control.value);
      const found = (await api.json("/v1/insights/proposals", { method: "POST", body: { knowledge_base: session.knowledgeBase, talks } })).items;
      told(t("proposals.found", { count: found.length }));
      go(to("/proposals"));
    },
  });
}
