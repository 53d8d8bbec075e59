// @ts-check
/** A photographed return slip or receipt, compared with the order. */

import { fill, h } from "../shared/dom.js";
import { attempted, sources } from "../shared/embedding.js";
import { field, input } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { note, skeleton } from "../shared/states.js";

/** @typedef {import("./knowdesk-sidebar.js").KnowdeskSidebar} Sidebar */

const FIELDS = /** @type {[string, Record<string, any>][]} */ ([
  ["tracking_number", {}],
  ["sku", {}],
  ["quantity", { type: "number", min: 0, max: 999 }],
  ["until", { type: "date" }],
  ["total", { placeholder: "259 CNY" }],
]);
const KINDS = /** @type {Record<string, "good" | "warn" | "bad">} */ ({ accept: "good", review: "warn", reject: "bad" });

/** @param {Sidebar} desk */
export function formPanel(desk) {
  const image = input({ type: "file", accept: "image/*", capture: "environment", required: true });
  const boxes = FIELDS.map(([name, more]) => [name, input({ ...more, value: desk.order[name] ?? "" })]);
  const fields = boxes.map(([name, box]) => field(t(`sidebar.form.${name}`), /** @type {HTMLInputElement} */ (box)));
  const picture = field(t("sidebar.form.image"), image);
  const result = h("div", { class: "stack", "aria-live": "polite" });
  const go = h("button", { class: "button primary", type: "submit" }, t("sidebar.form.check"));
  const form = h("form", { class: "stack", novalidate: true }, picture, h("div", { class: "two" }, fields), h("div", { class: "row end" }, go));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    picture.wrong(image.files?.length ? "" : t("sidebar.form.needed"));
    if (image.files?.length) attempted(go, result, () => checked(desk, image.files?.[0], boxes, result));
    else image.focus();
  });
  return h("div", { class: "stack" }, h("p", { class: "muted" }, t("sidebar.form.text")), form, result);
}

/** @param {Sidebar} desk @param {any} file @param {any[]} boxes @param {HTMLElement} result */
async function checked(desk, file, boxes, result) {
  const order = Object.fromEntries(boxes.filter(([, box]) => box.value).map(([name, box]) => [name, name === "quantity" ? Number(box.value) : box.value]));
  const body = new FormData();
  body.append("image", file);
  body.append("order", JSON.stringify(order));
  if (desk.knowledgeBase) body.append("knowledge_base", desk.knowledgeBase);
  fill(result, skeleton(3));
  const found = await desk.api.json("/v1/forms/check", { method: "POST", body });
  const rows = found.findings.map((/** @type {any} */ each) => row(each));
  const verdict = note(KINDS[found.verdict], h("p", { class: "strong" }, t(`sidebar.verdict.${found.verdict}`)));
  fill(result, verdict, rows.length > 0 && h("ul", { class: "findings" }, rows), found.resolution && sources([found.resolution]));
  desk.tell("form-checked", found);
}

/** @param {any} each */
function row(each) {
  const standing = h("span", { class: `badge ${each.standing === "matches" ? "good" : "warn"}` }, t(`sidebar.standing.${each.standing}`));
  const values = each.standing === "matches" ? each.found : t("sidebar.form.differs", { found: each.found || "–", expected: each.expected });
  return h("li", {}, h("p", { class: "row" }, h("b", {}, t(`sidebar.form.${each.field}`)), standing), h("p", {}, values));
}
