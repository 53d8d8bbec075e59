// @ts-check
/** The one table of the console's pages. */

/** @typedef {import("../session.js").Session} Session */
/** @typedef {import("../session.js").Role} Role */

/**
 * What a page is made from. `params` are the named parts of its path, `query` what stands after the question mark,
 * `signal` fires when it is left, `go` shows another address, `reload` makes the page anew.
 *
 * @typedef {{session: Session, api: import("../../shared/api.js").Api, params: Record<string, string>,
 *   query: URLSearchParams, signal: AbortSignal, go: (address: string) => void, reload: () => void}} Context
 */

/**
 * A page: `name` is its key in the locale `nav` too; `roles` may see it, all if empty; `whole` is for callers who see
 * all documents, `needs` what not every server has; without a `group` it stands in no menu. Its module exports `page(context)`, which returns its content.
 *
 * @typedef {{name: string, path: string, icon: string, group?: Group, roles: Role[], whole?: boolean, needs?: "evaluations",
 *   load: () => Promise<{page: (context: Context) => Node | Promise<Node>}>}} Page
 */

/** @typedef {typeof GROUPS[number]} Group */

export const GROUPS = /** @type {const} */ (["start", "knowledge", "service", "insights", "quality", "system"]);

/** @type {Role[]} */
const ASK = ["bot", "agent", "admin", "evaluator"];
/** @type {Role[]} */
const LOOK = ["agent", "admin", "evaluator", "auditor"];
/** @type {Role[]} */
const REVIEW = ["admin", "evaluator", "auditor"];
/** @type {Role[]} */
const OVERSEE = ["admin", "auditor"];

/** @type {Page[]} */
export const PAGES = [
  { name: "overview", path: "/", icon: "home", group: "start", roles: [], load: () => import("./overview.js") },
  { name: "playground", path: "/playground", icon: "flask", group: "start", roles: ASK, load: () => import("./playground.js") },
  { name: "knowledge-bases", path: "/knowledge-bases", icon: "book", group: "knowledge", roles: [], load: () => import("./knowledge-bases.js") },
  { name: "knowledge-bases-of-indexes", path: "/knowledge-bases/:base/indexes", icon: "search", roles: OVERSEE, whole: true, load: () => import("./indexes.js") },
  { name: "documents", path: "/documents", icon: "document", group: "knowledge", roles: LOOK, load: () => import("./documents.js") },
  { name: "documents-of-upload", path: "/documents/upload", icon: "upload", roles: ["admin"], whole: true, load: () => import("./upload.js") },
  { name: "documents-of-one", path: "/documents/:id", icon: "document", roles: LOOK, load: () => import("./document.js") },
  { name: "jobs", path: "/jobs", icon: "jobs", group: "knowledge", roles: OVERSEE, whole: true, load: () => import("./jobs.js") },
  { name: "jobs-of-one", path: "/jobs/:id", icon: "jobs", roles: OVERSEE, whole: true, load: () => import("./job.js") },
  { name: "canned", path: "/canned", icon: "reply", group: "service", roles: LOOK, load: () => import("./canned.js") },
  { name: "faqs", path: "/faqs", icon: "faq", group: "service", roles: LOOK, load: () => import("./faqs.js") },
  { name: "intents", path: "/intents", icon: "intent", group: "service", roles: LOOK, load: () => import("./intents.js") },
  { name: "words", path: "/words", icon: "words", group: "service", roles: LOOK, load: () => import("./words.js") },
  { name: "rules", path: "/rules", icon: "scale", group: "service", roles: LOOK, load: () => import("./rules.js") },
  { name: "topics", path: "/topics", icon: "chart", group: "insights", roles: REVIEW, whole: true, load: () => import("./topics.js") },
  { name: "sentiment", path: "/sentiment", icon: "chat", group: "insights", roles: REVIEW, whole: true, load: () => import("./sentiment.js") },
  { name: "gaps", path: "/gaps", icon: "gap", group: "insights", roles: REVIEW, whole: true, load: () => import("./gaps.js") },
  { name: "gaps-of-one", path: "/gaps/:id", icon: "gap", roles: REVIEW, whole: true, load: () => import("./gap.js") },
  { name: "proposals", path: "/proposals", icon: "edit", group: "insights", roles: REVIEW, whole: true, load: () => import("./proposals.js") },
  { name: "proposals-of-one", path: "/proposals/:id", icon: "edit", roles: REVIEW, whole: true, load: () => import("./proposal.js") },
  { name: "upkeep", path: "/upkeep", icon: "history", group: "insights", roles: REVIEW, whole: true, load: () => import("./upkeep.js") },
  { name: "feedback", path: "/feedback", icon: "reply", group: "insights", roles: REVIEW, whole: true, load: () => import("./feedback.js") },
  { name: "feedback-of-conversation", path: "/conversations/:id", icon: "chat", roles: ["admin", "evaluator"], whole: true, load: () => import("./conversation.js") },
  { name: "evaluations", path: "/evaluations", icon: "flask", group: "quality", roles: REVIEW, whole: true, needs: "evaluations", load: () => import("./evaluations.js") },
  { name: "evaluations-of-one", path: "/evaluations/:run", icon: "flask", roles: REVIEW, whole: true, load: () => import("./evaluation.js") },
  { name: "evaluations-of-comparison", path: "/evaluations/:run/comparisons/:before", icon: "flask", roles: REVIEW, whole: true, load: () => import("./comparison.js") },
  { name: "keys", path: "/keys", icon: "key", group: "system", roles: OVERSEE, whole: true, load: () => import("./keys.js") },
  { name: "webhooks", path: "/webhooks", icon: "bell", group: "system", roles: OVERSEE, whole: true, load: () => import("./webhooks.js") },
  { name: "webhooks-of-one", path: "/webhooks/:id", icon: "bell", roles: OVERSEE, whole: true, load: () => import("./webhook.js") },
  { name: "customers", path: "/customers", icon: "user", group: "system", roles: OVERSEE, whole: true, load: () => import("./customers.js") },
  { name: "audit", path: "/audit", icon: "shield", group: "system", roles: OVERSEE, whole: true, load: () => import("./audit.js") },
  { name: "health", path: "/health", icon: "gear", group: "system", roles: OVERSEE, whole: true, load: () => import("./health.js") },
];
