// @ts-check
/** Who works here: the key of this tab, what it may do, and the knowledge base that is worked on. */

import { Api } from "../shared/api.js";

const KEY = "knowdesk.key";
const CHOSEN = "knowdesk.knowledge-base";

/** @typedef {"bot" | "agent" | "admin" | "evaluator" | "auditor"} Role */
/** @typedef {{subject: string, tenant: string, roles: Role[], access: string[] | null, authentication: "open" | "required",
 *   evaluations: boolean}} Caller */

export class Session extends EventTarget {
  constructor() {
    super();
    /** @type {Caller | null} */
    this.caller = null;
    /** @type {{name: string, description: string}[]} */
    this.knowledgeBases = [];
    this.api = new Api({
      key: () => sessionStorage.getItem(KEY) ?? "",
      refused: () => this.dispatchEvent(new Event("refused")),
    });
  }

  /** Ask the server who calls, and which knowledge bases there are. Throws Problem. */
  async open() {
    this.caller = await this.api.json("/v1/caller");
    await this.refresh();
  }

  /** Read the knowledge bases anew. */
  async refresh() {
    this.knowledgeBases = (await this.api.json("/v1/knowledge-bases")).items;
    this.dispatchEvent(new Event("knowledge-bases"));
  }

  /** @param {string} key */
  signIn(key) {
    sessionStorage.setItem(KEY, key);
  }

  signOut() {
    sessionStorage.removeItem(KEY);
    this.caller = null;
  }

  get hasKey() {
    return sessionStorage.getItem(KEY) !== null;
  }

  /** The knowledge base that is worked on; empty while there is none. */
  get knowledgeBase() {
    const names = this.knowledgeBases.map(({ name }) => name);
    const chosen = localStorage.getItem(CHOSEN) ?? "";
    return names.includes(chosen) ? chosen : (names[0] ?? "");
  }

  set knowledgeBase(name) {
    localStorage.setItem(CHOSEN, name);
    this.dispatchEvent(new Event("knowledge-bases"));
  }

  /**
   * Tell whether the caller has one of the roles; without any, that is everybody.
   *
   * @param {...Role} roles
   */
  may(...roles) {
    return roles.length === 0 || roles.some((role) => this.caller?.roles.includes(role));
  }

  /**
   * Tell whether the server has something that not every server has.
   *
   * @param {"evaluations"} feature
   */
  has(feature) {
    return this.caller?.[feature] === true;
  }

  /** Whether the caller sees all documents: what is about the whole knowledge is refused to others. */
  get seesAll() {
    return this.caller?.access === null;
  }
}
