// @ts-check
/** Server-sent events read from a fetched stream: EventSource can send no key. */

/**
 * Yield the events of a stream; data is read as JSON.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<{event: string, id: string, data: any}>}
 */
export async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + value.replace(/\r\n?/g, "\n")).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const read = eventOf(block);
        if (read) yield read;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** @param {string} block */
function eventOf(block) {
  const fields = { event: "message", id: "", data: "" };
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon < 1) continue; // comments keep the connection open
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") fields.data += fields.data ? `\n${value}` : value;
    else if (name === "event" || name === "id") fields[name] = value;
  }
  return fields.data ? { ...fields, data: JSON.parse(fields.data) } : null;
}
