// @ts-check
/** Jobs followed live. */

const AGAIN_MS = 1500;

/** @typedef {"queued" | "running" | "stalled" | "done" | "done_with_failures" | "failed" | "cancelled"} JobState */
/** @typedef {{uri: string, error: string, remedy: string}} Failure */
/**
 * @typedef {{id: string, knowledge_base: string, state: JobState, sources: {kind: string, location: string}[],
 *   retry_of: string, created_at: string, finished_at: string | null, error: string, remedy: string,
 *   progress: {files: number, files_total: number, failed: number, pages: number, chunks: number, phase: string,
 *     uri: string, note: string, files_per_second: number | null, seconds_left: number | null},
 *   report: null | {documents: {added: number, changed: number, unchanged: number, deleted: number, failed: number},
 *     chunks: number, failures: Failure[], warnings: {uri: string, warnings: string}[],
 *     duplicates: {uri: string, other: string, similarity: number}[], seconds: number}}} Job
 */

/**
 * Tell whether a job is not at its end.
 *
 * @param {Job} job
 */
export function isActive(job) {
  return job.state === "queued" || job.state === "running" || job.state === "stalled";
}

/**
 * Yield a job whenever it changed, until its end; a connection that breaks is made again.
 *
 * @param {import("./api.js").Api} api
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<Job>}
 */
export async function* followed(api, id, signal) {
  while (!signal.aborted) {
    try {
      for await (const { event, data } of api.events(`/v1/jobs/${encodeURIComponent(id)}/events`, { signal })) {
        if (event === "error") break;
        yield data;
        if (event === "done") return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (/** @type {any} */ (error).status) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
