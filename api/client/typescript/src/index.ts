import createClient, { type Client } from "openapi-fetch";

import type { components, paths } from "./schema.js";

export type { components, paths } from "./schema.js";
export type Schemas = components["schemas"];
export type Question = Omit<Schemas["AnswerIn"], "stream">;
export type Knowdesk = Client<paths>;

export interface Options {
  baseUrl: string;
  apiKey?: string;
}

/** Parts of an answer in the order in which they are verified; `done` is the whole and the last. */
export type AnswerEvent =
  | { event: "token"; data: Schemas["TokenOut"] }
  | { event: "citation"; data: Schemas["CitationOut"] }
  | { event: "done"; data: Schemas["AnswerOut"] };

/** What the service refused, or failed at. */
export class ApiError extends Error {
  constructor(readonly problem: Schemas["ProblemOut"]) {
    super(`${problem.detail} ${problem.remedy}`.trim());
  }
}

/** Return a client whose calls are those of the OpenAPI document. */
export function knowdesk({ baseUrl, apiKey }: Options): Knowdesk {
  return createClient<paths>({ baseUrl, headers: keyHeader(apiKey) });
}

/** Answer a question as a whole; `client.POST("/v1/answer")` has the type of its stream beside. */
export async function answer(client: Knowdesk, question: Question): Promise<Schemas["AnswerOut"]> {
  const { data, error } = await client.POST("/v1/answer", { body: question });
  if (error) throw new ApiError(error);
  return data as Schemas["AnswerOut"];
}

/** Yield an answer as it is verified. */
export async function* streamAnswer(
  { baseUrl, apiKey }: Options,
  question: Question,
): AsyncGenerator<AnswerEvent> {
  const response = await fetch(`${baseUrl}/v1/answer`, {
    method: "POST",
    headers: { "content-type": "application/json", ...keyHeader(apiKey) },
    body: JSON.stringify({ ...question, stream: true }),
  });
  if (!response.ok || !response.body) throw new ApiError(await response.json());
  for await (const { event, data } of events(response.body)) {
    const value = JSON.parse(data);
    if (event === "error") throw new ApiError(value);
    if (event === "token" || event === "citation" || event === "done") yield { event, data: value } as AnswerEvent;
  }
}

async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<{ event: string; data: string }> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const bytes of body) {
    const blocks = (rest + decoder.decode(bytes, { stream: true })).split("\r\n\r\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const fields = new Map(block.split("\r\n").map((line) => splitAt(line, ": ")));
      const data = fields.get("data");
      if (data !== undefined) yield { event: fields.get("event") ?? "message", data };
    }
  }
}

function splitAt(line: string, mark: string): [string, string] {
  const at = line.indexOf(mark);
  return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + mark.length)];
}

function keyHeader(apiKey?: string): Record<string, string> {
  return apiKey ? { authorization: `Bearer ${apiKey}` } : {};
}
