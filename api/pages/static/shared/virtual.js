// @ts-check
/** A table of any length: only the rows in sight are there, and their data is fetched page by page as they come. */

import { fill, h } from "./dom.js";

const PAGE = 100;
const BEYOND = 8; // rows that are drawn above and below what is in sight
const REST_MS = 60; // scrolling pauses this long before pages are fetched
const KEPT_PAGES = 30;

/**
 * @template T
 * @typedef {object} Options
 * @property {string} label
 * @property {(Node | string)[]} columns headings
 * @property {string} layout class of the rows, which sets the widths of the columns
 * @property {number} rowHeight pixels
 * @property {(skip: number, limit: number, signal: AbortSignal) => Promise<{items: T[], total?: number}>} fetch
 * @property {(item: T, index: number) => (Node | string | null | false)[]} row cells of a row
 * @property {(error: unknown) => void} failed
 */

/** @template T */
export class VirtualTable {
  /** @param {Options<T>} options */
  constructor(options) {
    this.options = options;
    this.total = 0;
    /** @type {Map<number, T[]>} */
    this.pages = new Map();
    /** @type {Map<number, HTMLElement>} */
    this.rows = new Map();
    this.fetching = new AbortController();
    this.timer = 0;
    this.body = h("div", { class: "virtual-body", role: "rowgroup" });
    const heads = options.columns.map((name) => h("span", { role: "columnheader" }, name));
    const head = h("div", { class: `virtual-row virtual-head ${options.layout}`, role: "row", "aria-rowindex": 1 }, heads);
    const table = h("div", { role: "table", "aria-label": options.label }, h("div", { role: "rowgroup" }, head), this.body);
    this.table = table;
    this.root = h("div", { class: "virtual", tabindex: "0", role: "region", "aria-label": options.label }, table);
    this.root.addEventListener("scroll", () => this.draw(), { passive: true });
    this.resized = new ResizeObserver(() => this.draw());
    this.resized.observe(this.root);
  }

  /** Fetch everything anew from the top; returns the number of rows. */
  async reload() {
    this.fetching.abort();
    this.fetching = new AbortController();
    const { signal } = this.fetching;
    const first = await this.options.fetch(0, PAGE, signal);
    if (signal.aborted) return this.total;
    this.pages.clear();
    this.pages.set(0, first.items);
    this.total = first.total ?? first.items.length;
    this.root.scrollTop = 0;
    this.table.setAttribute("aria-rowcount", String(this.total + 1));
    this.body.style.setProperty("height", `${this.total * this.options.rowHeight}px`);
    this.redraw();
    return this.total;
  }

  /** Draw the rows in sight anew, such as after a selection. */
  redraw() {
    for (const row of this.rows.values()) row.remove();
    this.rows.clear();
    this.draw();
  }

  /** Draw the rows that came into sight, and drop those that left it. */
  draw() {
    const { rowHeight } = this.options;
    const first = Math.max(0, Math.floor(this.root.scrollTop / rowHeight) - BEYOND);
    const last = Math.min(this.total, Math.ceil((this.root.scrollTop + this.root.clientHeight) / rowHeight) + BEYOND);
    for (const [index, row] of this.rows) {
      if ((index < first || index >= last) && !row.contains(document.activeElement)) {
        row.remove();
        this.rows.delete(index);
      }
    }
    const missing = new Set();
    for (let index = first; index < last; index += 1) {
      const there = this.pages.has(Math.floor(index / PAGE));
      if (!there) missing.add(Math.floor(index / PAGE));
      const row = this.rows.get(index);
      if (!row || (there && row.dataset.waiting)) this.place(index, row);
    }
    clearTimeout(this.timer);
    if (missing.size) this.timer = setTimeout(() => this.load([...missing]), REST_MS);
  }

  /**
   * Put a row in its place, before the one that follows it, so that it is read in order.
   *
   * @param {number} index
   * @param {HTMLElement} [old] the row that waited for its data
   */
  place(index, old) {
    const item = this.item(index);
    const row = old ?? h("div", { class: `virtual-row ${this.options.layout}`, role: "row", "aria-rowindex": index + 2 });
    const cells = item === undefined ? [h("span", { class: "virtual-wait" })] : this.options.row(item, index);
    fill(row, cells.map((cell) => h("span", { role: "cell" }, cell)));
    if (item === undefined) row.dataset.waiting = "yes";
    else delete row.dataset.waiting;
    if (old) return;
    row.style.setProperty("height", `${this.options.rowHeight}px`);
    row.style.setProperty("transform", `translateY(${index * this.options.rowHeight}px)`);
    const next = [...this.rows.keys()].filter((other) => other > index).sort((a, b) => a - b)[0];
    this.body.insertBefore(row, next === undefined ? null : (this.rows.get(next) ?? null));
    this.rows.set(index, row);
  }

  /**
   * @param {number} index
   * @returns {T | undefined}
   */
  item(index) {
    return this.pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** @param {number[]} wanted numbers of pages */
  async load(wanted) {
    const { signal } = this.fetching;
    try {
      await Promise.all(
        wanted.map(async (page) => {
          const { items } = await this.options.fetch(page * PAGE, PAGE, signal);
          if (!signal.aborted) this.pages.set(page, items);
        }),
      );
    } catch (error) {
      if (!signal.aborted) this.options.failed(error);
      return;
    }
    for (const page of this.pages.keys()) {
      if (this.pages.size <= KEPT_PAGES) break;
      if (!wanted.includes(page)) this.pages.delete(page);
    }
    if (!signal.aborted) this.draw();
  }

  /** Stop fetching: the page is left. */
  stop() {
    this.fetching.abort();
    this.resized.disconnect();
    clearTimeout(this.timer);
  }
}
