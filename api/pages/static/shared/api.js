// @ts-check
/** The HTTP API under /v1: JSON calls, problem documents as errors, uploads with progress, event streams, pages. */

import { readEvents } from "./events.js";

/** A refusal or failure that the server told in a problem document (RFC 9457). */
export class Problem extends Error {
  /** @param {{title?: string, detail?: string, remedy?: string, status?: number, type?: string, errors?: {field: string, message: string}[]}} said */
  constructor(said) {
    super(said.detail || said.title || "");
    this.name = "Problem";
    this.title = said.title ?? "";
    this.remedy = said.remedy ?? "";
    this.status = said.status ?? 0;
    this.type = said.type ?? "";
    this.errors = said.errors ?? [];
  }
}

/** @typedef {{method?: string, body?: any, query?: Record<string, any>, headers?: Record<string, string>, signal?: AbortSignal}} Call */

export class Api {
  /**
   * @param {object} [options]
   * @param {string} [options.base] origin of the server; that of the page if left out
   * @param {() => string} [options.key] returns the key, empty for none
   * @param {() => void} [options.refused] is called when the server wants a (better) key
   */
  constructor({ base = "", key = () => "", refused = () => {} } = {}) {
    this.base = base;
    this.key = key;
    this.refused = refused;
  }

  /**
   * Call a route and return its JSON; null for an empty reply. Throws Problem.
   *
   * @param {string} path
   * @param {Call} [call]
   * @returns {Promise<any>}
   */
  async json(path, call = {}) {
    const response = await this.fetch(path, call);
    return response.status === 204 ? null : response.json();
  }

  /**
   * Call a route and return the reply once it is known to be a good one. Throws Problem.
   *
   * @param {string} path
   * @param {Call} [call]
   */
  async fetch(path, { method = "GET", body, query, headers = {}, signal } = {}) {
    const isForm = body instanceof FormData;
    const sent = { ...this.credentials(), ...headers };
    if (body !== undefined && !isForm) sent["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(this.address(path, query), {
        method,
        headers: sent,
        body: body === undefined || isForm ? body : JSON.stringify(body),
        signal,
        cache: "no-store",
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Problem({ type: "unreachable" });
    }
    if (!response.ok) throw await this.problemOf(response);
    return response;
  }

  /**
   * Yield the events of a stream, each with its name and its data as JSON.
   *
   * @param {string} path
   * @param {Call} [call]
   * @returns {AsyncGenerator<{event: string, id: string, data: any}>}
   */
  async *events(path, call = {}) {
    const headers = { ...call.headers, Accept: "text/event-stream" };
    const response = await this.fetch(path, { ...call, headers });
    if (response.body) yield* readEvents(response.body);
  }

  /**
   * Yield the items of a list, page by page, as long as they are wanted.
   *
   * @param {string} path
   * @param {Call} [call]
   * @returns {AsyncGenerator<any[]>}
   */
  async *pages(path, call = {}) {
    let cursor = null;
    do {
      /** @type {{items: any[], next_cursor: string | null}} */
      const page = await this.json(path, { ...call, query: { ...call.query, cursor } });
      yield page.items;
      cursor = page.next_cursor;
    } while (cursor);
  }

  /**
   * Send a form with files and tell how much of it was sent, from 0 to 1. Throws Problem.
   *
   * @param {string} path
   * @param {FormData} form
   * @param {{progress?: (share: number) => void, signal?: AbortSignal}} [options]
   * @returns {Promise<any>}
   */
  upload(path, form, { progress = () => {}, signal } = {}) {
    const request = new XMLHttpRequest();
    return new Promise((resolve, reject) => {
      request.open("POST", this.address(path));
      for (const [name, value] of Object.entries(this.credentials())) request.setRequestHeader(name, value);
      request.upload.addEventListener("progress", (event) => progress(event.loaded / Math.max(1, event.total)));
      request.addEventListener("load", async () => {
        const response = new Response(request.responseText, { status: request.status });
        if (response.ok) resolve(await response.json());
        else reject(await this.problemOf(response));
      });
      request.addEventListener("error", () => reject(new Problem({ type: "unreachable" })));
      request.addEventListener("abort", () => reject(new DOMException("Stopped", "AbortError")));
      signal?.addEventListener("abort", () => request.abort());
      request.send(form);
    });
  }

  /**
   * @param {string} path
   * @param {Record<string, any>} [query]
   */
  address(path, query = {}) {
    const made = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      for (const each of Array.isArray(value) ? value : [value]) {
        if (each !== null && each !== undefined && each !== "") made.append(name, String(each));
      }
    }
    const asked = made.toString();
    return `${this.base}${path}${asked ? `?${asked}` : ""}`;
  }

  /** @returns {Record<string, string>} */
  credentials() {
    const key = this.key();
    return key ? { Authorization: `Bearer ${key}` } : {};
  }

  /** @param {Response} response */
  async problemOf(response) {
    if (response.status === 401) this.refused();
    try {
      return new Problem(await response.json());
    } catch {
      return new Problem({ status: response.status, title: response.statusText });
    }
  }
}
