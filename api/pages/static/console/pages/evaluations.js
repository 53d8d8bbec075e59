// @ts-check
/** Runs of evaluations with their headline figures. */

import { h } from "../../shared/dom.js";
import { date, load, number, t } from "../../shared/i18n.js";
import { empty } from "../../shared/states.js";
import { measured, measureName } from "../measured.js";
import { badge, head, sheet } from "../parts.js";
import { to } from "../router.js";

/** @typedef {import("../measured.js").Run} Run */

const FIRST = ["containment", "abstained", "mrr@10"];

/** @param {import("./index.js").Context} context */
export async function page({ api, signal }) {
  await load("parts", "evaluations");
  /** @type {{available: boolean, items: Run[]}} */
  const { available, items } = await api.json("/v1/evaluations", { signal });
  const top = head(t("nav.evaluations"), t("evaluations.about"));
  if (items.length === 0) {
    const text = available ? t("evaluations.empty.text") : t("evaluations.unset");
    return h("div", { class: "stack" }, top, h("div", { class: "card" }, empty({ icon: "flask", title: t("evaluations.empty"), text })));
  }
  return h("div", { class: "stack" }, top, sheet(t("nav.evaluations"), columns(items), items));
}

/** @param {Run[]} items */
function columns(items) {
  const there = new Set(items.flatMap((run) => run.headlines.map(({ measure }) => measure)));
  return [
    { label: t("evaluations.run"), bare: true, cell: (/** @type {Run} */ run) => [h("a", { class: "strong", href: to(`/evaluations/${encodeURIComponent(run.name)}`) }, run.name), h("p", { class: "muted fine" }, run.units.map(({ name }) => name).join(", "))] },
    { label: t("evaluations.started"), cell: (/** @type {Run} */ run) => date(run.started) },
    { label: t("evaluations.state"), cell: state },
    { label: t("evaluations.cases"), numeric: true, cell: (/** @type {Run} */ run) => number(run.complete ? run.cases : run.planned) },
    ...FIRST.filter((name) => there.has(name)).map((name) => ({ label: measureName(name), numeric: true, cell: (/** @type {Run} */ run) => headline(run, name) })),
  ];
}

/** @param {Run} run */
export function state(run) {
  if (!run.complete) return badge("warn", t("evaluations.unfinished"));
  return run.failed ? badge("bad", t("evaluations.failed", { count: run.failed })) : badge("good", t("evaluations.complete"));
}

/**
 * @param {Run} run
 * @param {string} name
 */
function headline(run, name) {
  const found = run.headlines.find(({ measure }) => measure === name);
  return found ? measured(name, found.value, [{ name, unit: name === "mrr@10" ? "score" : "share", label: "", explanation: "", higher_is_better: true }]) : "";
}
