// @ts-check
/** Periods of time that pages look at, kept in their addresses. */

import { select } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { to } from "./router.js";

const LENGTHS = [7, 30, 90, 365];
const DAY_MS = 86_400_000;

/**
 * Return the period that an address asks for: so many days until now, 30 if it does not say.
 *
 * @param {URLSearchParams} query
 */
export function period(query) {
  const length = LENGTHS.find((each) => String(each) === query.get("days")) ?? 30;
  const until = new Date(Math.ceil((Date.now() + 1) / 60_000) * 60_000);
  const since = new Date(until.getTime() - length * DAY_MS).toISOString().slice(0, 10);
  return { length, since: `${since}T00:00:00.000Z`, until: until.toISOString() };
}

/**
 * Return the days from one moment to another, both included.
 *
 * @param {string} since
 * @param {string} until
 */
export function days(since, until) {
  const found = [];
  for (let at = Date.parse(since.slice(0, 10)); at <= Date.parse(until.slice(0, 10)); at += DAY_MS) found.push(new Date(at).toISOString().slice(0, 10));
  return found;
}

/**
 * Return the choice of a period.
 *
 * @param {import("./pages/index.js").Context} context
 * @param {string} path of the page
 */
export function periodChoice({ query, go }, path) {
  /** @type {[string, string][]} */
  const options = LENGTHS.map((each) => [String(each), t("asked.days", { count: each })]);
  const made = select(options, { value: String(period(query).length), "aria-label": t("asked.period"), class: "input compact" });
  made.addEventListener("change", () => go(to(path, { ...Object.fromEntries(query), days: made.value })));
  return made;
}
