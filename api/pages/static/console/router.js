// @ts-check
/** Addresses below /console and the pages that they mean. */

const ROOT = "/console";

/** @typedef {import("./pages/index.js").Page} Page */

/**
 * Return the page that an address means, with the named parts of its path; null for none.
 *
 * @param {Page[]} pages
 * @param {URL} url
 * @returns {{page: Page, params: Record<string, string>} | null}
 */
export function matched(pages, url) {
  const path = url.pathname.slice(ROOT.length).replace(/\/$/, "") || "/";
  for (const page of pages) {
    const params = parted(page.path, path);
    if (params) return { page, params };
  }
  return null;
}

/**
 * @param {string} pattern such as `/documents/:id`
 * @param {string} path
 * @returns {Record<string, string> | null}
 */
function parted(pattern, path) {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== given.length) return null;
  /** @type {Record<string, string>} */
  const params = {};
  for (const [at, part] of wanted.entries()) {
    if (part.startsWith(":")) params[part.slice(1)] = decodeURIComponent(given[at]);
    else if (part !== given[at]) return null;
  }
  return params;
}

/**
 * Return the address of a page's path, with a query.
 *
 * @param {string} path
 * @param {Record<string, string | number | null | undefined>} [query]
 */
export function to(path, query = {}) {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") asked.set(name, String(value));
  }
  const said = asked.toString();
  return `${ROOT}${path === "/" ? "/" : path}${said ? `?${said}` : ""}`;
}

/**
 * Follow links to pages without loading the document anew.
 *
 * @param {(url: URL) => void} show
 */
export function followLinks(show) {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const url = new URL(link.href, location.href);
    if (link.target || link.hasAttribute("download") || url.origin !== location.origin) return;
    if (!url.pathname.startsWith(ROOT) || (url.hash && url.pathname === location.pathname)) return;
    event.preventDefault();
    history.pushState(null, "", url);
    show(url);
  });
  addEventListener("popstate", () => show(new URL(location.href)));
}
