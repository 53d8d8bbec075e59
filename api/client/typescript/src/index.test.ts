// Needs a service with the sample knowledge base `shop` at KNOWDESK_URL.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ApiError, answer, knowdesk, streamAnswer } from "./index.js";

const options = { baseUrl: process.env["KNOWDESK_URL"] ?? "http://127.0.0.1:8080" };
const question = { knowledge_base: "shop", question: "净化器滤芯多久换一次", threshold: 0 };

test("an answer is typed and its quote stands in the stored text", async () => {
  const client = knowdesk(options);
  const given = await answer(client, question);
  const cited = given.citations[0];
  assert.ok(given.answer && cited);
  const stored = await client.GET("/v1/documents/{id}/text", {
    params: { path: { id: cited.document_id }, query: { version: cited.version } },
  });
  const characters = Array.from(stored.data?.text ?? ""); // spans count code points
  assert.equal(characters.slice(cited.span.start, cited.span.end).join(""), cited.quote);
});

test("a stream ends with the whole answer", async () => {
  let text = "";
  for await (const part of streamAnswer(options, question)) {
    if (part.event === "token") text += part.data.text;
    if (part.event === "done") assert.equal(part.data.answer?.text, text);
  }
  assert.notEqual(text, "");
});

test("a refusal is a problem document", async () => {
  const { error, response } = await knowdesk(options).POST("/v1/search", {
    body: { knowledge_base: "nowhere", query: "x" },
  });
  assert.equal(response.status, 404);
  assert.equal((error as { type: string }).type, "/problems/not-found");
  await assert.rejects(async () => {
    for await (const _ of streamAnswer(options, { ...question, knowledge_base: "nowhere" }));
  }, ApiError);
});
