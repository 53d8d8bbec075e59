// @ts-check
/** Files that people drop or choose, folders with all that is in them. */

import { h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** @typedef {{file: File, path: string}} Chosen a file, and its path from the folder that was given */

/**
 * Return an area that takes files and folders, dropped or chosen.
 *
 * @param {(files: Chosen[]) => void} taken
 */
export function dropArea(taken) {
  const files = picker({ multiple: true }, taken);
  const folder = picker({ webkitdirectory: true }, taken);
  const buttons = h(
    "div",
    { class: "row" },
    h("button", { type: "button", class: "button primary", on: { click: () => files.click() } }, icon("document", 18), t("upload.files")),
    h("button", { type: "button", class: "button", on: { click: () => folder.click() } }, icon("folder", 18), t("upload.folder")),
  );
  const area = h("div", { class: "drop" }, icon("upload", 32), h("p", { class: "strong" }, t("upload.drop")), buttons, files, folder);
  let depth = 0;
  /** @param {number} step */
  const over = (step) => {
    depth = Math.max(0, depth + step);
    area.classList.toggle("over", depth > 0);
  };
  area.addEventListener("dragenter", () => over(1));
  area.addEventListener("dragleave", () => over(-1));
  area.addEventListener("dragover", (event) => event.preventDefault());
  area.addEventListener("drop", async (event) => {
    event.preventDefault();
    over(-depth);
    if (event.dataTransfer) taken(await dropped(event.dataTransfer));
  });
  return area;
}

/**
 * @param {Record<string, boolean>} kind
 * @param {(files: Chosen[]) => void} taken
 */
function picker(kind, taken) {
  const made = h("input", { type: "file", class: "unseen", tabindex: "-1", "aria-hidden": "true", ...kind });
  made.addEventListener("change", () => {
    taken([...(made.files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
    made.value = "";
  });
  return made;
}

/**
 * Return the files of a drop; those of folders with their paths.
 *
 * @param {DataTransfer} transfer
 * @returns {Promise<Chosen[]>}
 */
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (entries.every((entry) => entry === null)) return [...transfer.files].map((file) => ({ file, path: file.name }));
  const found = await Promise.all(entries.map((entry) => (entry ? under(entry) : [])));
  return found.flat();
}

/**
 * @param {FileSystemEntry} entry
 * @returns {Promise<Chosen[]>}
 */
async function under(entry) {
  if (entry.isFile) {
    const read = /** @type {FileSystemFileEntry} */ (entry);
    const file = await new Promise((resolve, reject) => read.file(resolve, reject));
    return [{ file, path: entry.fullPath.replace(/^\//, "") }];
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  const found = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    found.push(...(await Promise.all(some.map(under))).flat());
  }
}

/**
 * Show in an element how far something is, from 0 to 1.
 *
 * @param {string} label
 */
export function progressBar(label) {
  const bar = h("span");
  const root = h("div", { class: "progress", role: "progressbar", "aria-label": label, "aria-valuemin": 0, "aria-valuemax": 100 }, bar);
  /** @param {number} share @param {"" | "bad"} [kind] */
  function set(share, kind = "") {
    const shown = Math.round(Math.min(1, Math.max(0, share)) * 100);
    root.setAttribute("aria-valuenow", String(shown));
    bar.style.setProperty("width", `${shown}%`);
    root.className = `progress ${kind}`;
  }
  set(0);
  return Object.assign(root, { set });
}
