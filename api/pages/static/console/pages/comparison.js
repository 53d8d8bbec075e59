// @ts-check
/** Two runs of an evaluation compared: what changed, and whether it is more than chance. */

import { h } from "../../shared/dom.js";
import { load, number, t } from "../../shared/i18n.js";
import { note } from "../../shared/states.js";
import { measured, measureName, sliceName } from "../measured.js";
import { backTo, badge, card, head, sheet } from "../parts.js";
import { address } from "./evaluation.js";

/**
 * @typedef {{slice: string, measure: string, n: number, before: number, after: number, change: number, interval: [number, number] | null, p: number | null, adjusted_p: number | null, verdict: "better" | "worse" | "unproven"}} Difference
 * @typedef {{id: string, measure: string, gain: number, question: string}} Changed
 * @typedef {{before: string, after: string, cases: number, only_before: number, only_after: number, settings: {name: string, before: string, after: string}[], differences: Difference[], changed: Changed[]}} Compared
 * @typedef {import("../measured.js").Measure} Measure
 */

const TONES = { better: "good", worse: "bad", unproven: "" };

/** @param {import("./index.js").Context} context */
export async function page({ api, params, signal }) {
  await load("parts", "evaluations");
  const [run, found] = await Promise.all([
    api.json(address(params.run), { signal }),
    /** @type {Promise<Compared>} */ (api.json(`${address(params.run)}/comparisons/${encodeURIComponent(params.before)}`, { signal })),
  ]);
  /** @type {Measure[]} */
  const measures = run.measures;
  const overall = found.differences.filter(({ slice }) => slice === "all");
  const proven = found.differences.filter(({ slice, verdict }) => slice !== "all" && verdict !== "unproven");
  return h(
    "div",
    { class: "stack" },
    backTo(`/evaluations/${encodeURIComponent(params.run)}`, params.run),
    head(t("evaluations.from-to", { before: found.before, after: found.after }), t("evaluations.shared", { count: found.cases })),
    verdict(overall),
    card(t("evaluations.overall"), table(t("evaluations.overall"), overall, measures)),
    card(t("evaluations.proven"), proven.length ? table(t("evaluations.proven"), proven, measures) : h("p", { class: "muted" }, t("evaluations.proven.none"))),
    settings(found),
    cases(found, measures),
  );
}

/** @param {Difference[]} overall */
function verdict(overall) {
  const worse = overall.filter((each) => each.verdict === "worse").length;
  const better = overall.filter((each) => each.verdict === "better").length;
  const kind = worse ? "bad" : better ? "good" : "";
  return note(kind, h("p", { class: "strong" }, t("evaluations.verdict", { better, worse })), h("p", {}, t("evaluations.verdict.how")));
}

/**
 * @param {string} title
 * @param {Difference[]} rows
 * @param {Measure[]} measures
 */
function table(title, rows, measures) {
  const columns = [
    { label: t("evaluations.measure"), bare: true, cell: (/** @type {Difference} */ each) => [h("span", { class: "strong" }, measureName(each.measure, measures)), each.slice !== "all" && h("p", { class: "muted fine" }, sliceName(each.slice))] },
    { label: t("evaluations.before"), numeric: true, cell: (/** @type {Difference} */ each) => measured(each.measure, each.before, measures) },
    { label: t("evaluations.after"), numeric: true, cell: (/** @type {Difference} */ each) => measured(each.measure, each.after, measures) },
    { label: t("evaluations.change"), numeric: true, cell: (/** @type {Difference} */ each) => h("b", {}, measured(each.measure, each.change, measures, true)) },
    { label: t("evaluations.interval"), numeric: true, cell: (/** @type {Difference} */ each) => each.interval && `${measured(each.measure, each.interval[0], measures, true)} – ${measured(each.measure, each.interval[1], measures, true)}` },
    { label: "p", numeric: true, cell: (/** @type {Difference} */ each) => (each.adjusted_p === null ? "" : number(each.adjusted_p, { maximumFractionDigits: 4 })) },
    { label: t("evaluations.cases"), numeric: true, cell: (/** @type {Difference} */ each) => number(each.n) },
    { label: t("evaluations.verdict.label"), cell: (/** @type {Difference} */ each) => badge(TONES[each.verdict], t(`evaluations.verdict.${each.verdict}`)) },
  ];
  return sheet(title, columns, rows);
}

/** @param {Compared} found */
function settings({ settings: changed }) {
  if (changed.length === 0) return null;
  const columns = [
    { label: t("evaluations.setting"), bare: true, cell: (/** @type {typeof changed[0]} */ each) => h("code", {}, each.name) },
    { label: t("evaluations.before"), cell: (/** @type {typeof changed[0]} */ each) => each.before },
    { label: t("evaluations.after"), cell: (/** @type {typeof changed[0]} */ each) => each.after },
  ];
  return card(t("evaluations.settings"), sheet(t("evaluations.settings"), columns, changed));
}

/**
 * @param {Compared} found
 * @param {Measure[]} measures
 */
function cases({ changed }, measures) {
  if (changed.length === 0) return null;
  const columns = [
    { label: t("evaluations.question"), bare: true, cell: (/** @type {Changed} */ each) => [h("span", {}, each.question), h("p", { class: "muted fine" }, each.id)] },
    { label: t("evaluations.measure"), cell: (/** @type {Changed} */ each) => measureName(each.measure, measures) },
    { label: t("evaluations.change"), numeric: true, cell: (/** @type {Changed} */ each) => badge(each.gain > 0 ? "good" : "bad", measured(each.measure, each.gain, measures, true)) },
  ];
  return card(t("evaluations.changed"), sheet(t("evaluations.changed"), columns, changed));
}
