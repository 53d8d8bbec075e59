// @ts-check
/** What it is about and how the customer feels: a summary with its turns, and the mood from turn to turn. */

import { fill, h, svg } from "../shared/dom.js";
import { actor } from "../shared/embedding.js";
import { select } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { empty, failure, note, skeleton } from "../shared/states.js";

/** @typedef {import("./knowdesk-sidebar.js").KnowdeskSidebar} Sidebar */

const PURPOSES = ["hand_over", "ticket", "archive"];
const WIDTH = 320;
const HEIGHT = 96;
const EDGE = 12;

/** @param {Sidebar} desk */
export function customerPanel(desk) {
  const mood = h("section", { class: "card stack tight", "aria-label": t("sidebar.mood") });
  const summary = h("section", { class: "card stack tight", "aria-label": t("sidebar.summary") });
  const node = h("div", { class: "stack" }, mood, summary);
  let fresh = false;

  async function show() {
    fresh = true;
    if (desk.turns.length === 0) {
      const none = empty({ icon: "chat", title: t("sidebar.empty"), text: t("sidebar.empty.text") });
      return fill(node, none);
    }
    fill(node, mood, summary);
    await Promise.all([drawn(mood, () => trajectory(desk)), drawn(summary, () => summed(desk, summary, PURPOSES[0]))]);
  }
  return {
    shown() {
      if (!fresh) show();
      return node;
    },
    /** Forget what is shown: the conversation has gone on. */
    stale() {
      fresh = false;
      if (node.isConnected) show();
    },
  };
}

/** @param {HTMLElement} place @param {() => Promise<Node[]>} make */
async function drawn(place, make) {
  fill(place, skeleton(3));
  try {
    fill(place, await make());
  } catch (error) {
    fill(place, failure(error, () => drawn(place, make)));
  }
}

/** @param {Sidebar} desk */
function plainTurns(desk) {
  return desk.turns.map(({ role, text }) => ({ role, text }));
}

/** @param {Sidebar} desk @returns {Promise<HTMLElement[]>} */
async function trajectory(desk) {
  const body = { turns: plainTurns(desk) };
  const found = await desk.api.json("/v1/sentiment", { method: "POST", body });
  const { overall, trend, alarm } = found;
  const level = h("span", { class: `badge ${overall.level < 3 ? "bad" : overall.level > 3 ? "good" : ""}` }, t(`sidebar.level.${overall.level}`));
  const words = h("p", { class: "row" }, level, h("span", {}, t(`sidebar.emotion.${overall.emotion}`)), h("span", { class: "muted" }, t(`sidebar.trend.${trend}`)));
  /** @type {HTMLElement[]} */
  const made = [h("h2", {}, t("sidebar.mood")), words];
  if (alarm) made.push(note("bad", h("p", {}, t(`sidebar.alarm.${alarm}`))));
  if (found.turns.length > 0) made.push(chart(found.turns), table(desk, found.turns));
  return made;
}

/** @param {any[]} turns */
function chart(turns) {
  const step = (WIDTH - 2 * EDGE) / Math.max(1, turns.length - 1);
  const at = turns.map((turn, index) => [EDGE + index * step, HEIGHT - EDGE - ((turn.mood.level - 1) * (HEIGHT - 2 * EDGE)) / 4]);
  const line = at.map(([x, y], index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  const middle = HEIGHT / 2;
  const shown = { class: "mood", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": t("sidebar.mood.chart", { levels: turns.map((turn) => turn.mood.level).join(", ") }) };
  const dots = at.map(([cx, cy], index) => svg("circle", { cx, cy, r: 5, class: turns[index].mood.polarity }));
  const made = svg("svg", shown, svg("path", { class: "axis", d: `M${EDGE} ${middle}H${WIDTH - EDGE}` }), svg("path", { class: "line", d: line }), dots);
  return /** @type {any} */ (h("div", {}, made));
}

/** @param {Sidebar} desk @param {any[]} turns */
function table(desk, turns) {
  const rows = turns.map((turn) => {
    const mood = `${t(`sidebar.level.${turn.mood.level}`)} · ${t(`sidebar.emotion.${turn.mood.emotion}`)}`;
    return h("li", {}, h("span", { class: "clip" }, desk.turns[turn.place]?.text ?? ""), h("span", { class: "muted fine" }, mood));
  });
  return h("details", {}, h("summary", {}, t("sidebar.mood.turns")), h("ol", { class: "turns" }, rows));
}

/** @param {Sidebar} desk @param {HTMLElement} place @param {string} purpose @returns {Promise<HTMLElement[]>} */
async function summed(desk, place, purpose) {
  const body = { turns: plainTurns(desk), purpose, language: desk.lang };
  const found = await desk.api.json("/v1/summaries", { method: "POST", body });
  const purposes = /** @type {[string, string][]} */ (PURPOSES.map((name) => [name, t(`sidebar.purpose.${name}`)]));
  const choice = select(purposes, { value: purpose, "aria-label": t("sidebar.purpose"), class: "input compact" });
  choice.addEventListener("change", () => drawn(place, () => summed(desk, place, choice.value)));
  const errors = h("div", {});
  const insert = actor(t("sidebar.as-note"), errors, () => desk.insert({ text: found.text, kind: "note" }), { kind: "small" });
  const progress = h("span", { class: `badge ${found.progress === "solved" ? "good" : "warn"}` }, t(`sidebar.progress.${found.progress}`));
  const head = h("div", { class: "row apart" }, h("h2", {}, t("sidebar.summary")), choice);
  return [head, h("p", {}, progress), ...found.sections.map(section), h("div", { class: "row" }, insert), errors];
}

/** @param {any} each */
function section(each) {
  const statements = each.statements.map((/** @type {any} */ said) =>
    h("li", {}, said.text, h("span", { class: "muted fine" }, ` ${said.places.map((/** @type {number} */ place) => `[${place + 1}]`).join("")}`)),
  );
  return h("div", { class: "stack tight" }, h("h3", {}, each.heading), h("ul", { class: "statements" }, statements));
}
