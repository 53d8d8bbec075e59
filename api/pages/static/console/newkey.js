// @ts-check
/** The form that makes a key: for callers with roles, or for the pages of a shop. */

import { h } from "../shared/dom.js";
import { checkbox, field, input, select, textarea } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { editor, valid } from "./parts.js";

export const ROLES = ["bot", "agent", "admin", "evaluator", "auditor"];
const TERMS = [30, 90, 365];
const ORIGIN = /^https?:\/\/[^\s/]+$/;

/**
 * Ask what a key is to be, make it, and hand it over.
 *
 * @param {import("./pages/index.js").Context} context
 * @param {(made: {text: string}) => void} done
 */
export function makeKey({ session, api }, done) {
  const name = field(t("common.name"), input({ maxlength: 200 }), { hint: t("keys.name.hint") });
  const use = field(t("keys.use"), select([["roles", t("keys.use.roles")], ["public", t("keys.use.public")]]));
  const called = roleFields();
  const shown = pageFields(session);
  const expiry = /** @type {[string, string][]} */ ([["", t("keys.expiry.never")], ...TERMS.map((each) => [String(each), t("keys.expiry.days", { count: each })])]);
  const days = field(t("keys.expiry"), select(expiry));
  const isPublic = () => use.control.value === "public";
  function draw() {
    called.shown.hidden = isPublic();
    shown.shown.hidden = !isPublic();
  }
  use.control.addEventListener("change", draw);
  draw();
  editor({
    title: t("keys.new"),
    fields: [name, use, called.shown, shown.shown, days],
    action: t("keys.make"),
    check: () => {
      const named = valid([[name, name.control.value.trim() !== "", t("parts.needed")]]);
      return (isPublic() ? shown.check() : called.check()) && named;
    },
    save: async () => {
      const said = isPublic() ? shown.said() : called.said();
      const body = { name: name.control.value.trim(), days: days.control.value ? Number(days.control.value) : null, ...said };
      done(await api.json("/v1/keys", { method: "POST", body }));
    },
  });
}

/** The fields of a key that programs and people call with. */
function roleFields() {
  const boxes = ROLES.map((role) => checkbox(t(`keys.role.${role}`), { value: role }));
  const wrong = h("p", { class: "wrong", role: "alert", hidden: true }, t("keys.roles.needed"));
  const roles = h("fieldset", { class: "field" }, h("legend", {}, t("keys.roles")), h("div", { class: "checks" }, boxes), wrong);
  const bound = select([["all", t("keys.access.all")], ["lists", t("keys.access.lists")]]);
  const lists = field(t("keys.access.names"), input(), { hint: t("keys.access.hint") });
  lists.hidden = true;
  bound.addEventListener("change", () => {
    lists.hidden = bound.value === "all";
  });
  const chosen = () => boxes.filter(({ control }) => control.checked).map(({ control }) => control.value);
  return {
    shown: h("div", { class: "stack" }, roles, field(t("keys.access"), bound), lists),
    check: () => {
      wrong.hidden = chosen().length > 0;
      return wrong.hidden;
    },
    said: () => ({ roles: chosen(), access: bound.value === "all" ? null : listed(lists.control.value) }),
  };
}

/**
 * The fields of a key that pages show to everybody.
 *
 * @param {import("./session.js").Session} session
 */
function pageFields(session) {
  const origins = field(t("keys.origins"), textarea({ rows: 2, placeholder: t("keys.origins.example") }), { hint: t("keys.origins.hint") });
  const names = /** @type {[string, string][]} */ (session.knowledgeBases.map(({ name }) => [name, name]));
  const base = field(t("common.knowledge-base"), select(names, { value: session.knowledgeBase }));
  const limits = field(t("keys.limits"), input({ placeholder: "600/minute" }), { hint: t("keys.limits.hint") });
  const addresses = () => listed(origins.control.value);
  return {
    shown: h("div", { class: "stack" }, origins, base, limits),
    check: () => valid([[origins, addresses().length > 0 && addresses().every((each) => ORIGIN.test(each)), t("keys.origins.needed")]]),
    said: () => ({ public: { origins: addresses(), knowledge_base: base.control.value, rate_limits: limits.control.value.trim() } }),
  };
}

/** @param {string} text */
function listed(text) {
  return text.split(/[\s,，、]+/).filter(Boolean);
}
