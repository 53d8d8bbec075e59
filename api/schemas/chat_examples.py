"""Examples of chat completions; a test validates each against its model."""

from __future__ import annotations

from typing import Final

from pydantic.types import JsonValue

from api.schemas.examples import ANSWER, ANSWER_ID, QUOTE

__all__ = ["CHAT", "CHAT_CALL", "CHAT_ERROR", "CHUNK", "EMBEDDINGS", "EMBEDDINGS_CALL", "MODEL"]

MODEL: Final[dict[str, JsonValue]] = {"id": "knowdesk/support", "object": "model", "created": 0, "owned_by": "knowdesk"}
CHAT_CALL: Final[dict[str, JsonValue]] = {
    "model": "knowdesk/support",
    "messages": [
        {"role": "user", "content": "I bought a kettle last week."},
        {"role": "assistant", "content": "How can I help you with it?"},
        {"role": "user", "content": "How long may I return unused goods?"},
    ],
    "knowdesk": {"filter": {"kinds": ["policy"]}},
}
_REPLY: Final[dict[str, JsonValue]] = {
    "id": f"chatcmpl-{ANSWER_ID}",
    "created": 1767225600,
    "model": "knowdesk/support",
}
CHAT: Final[dict[str, JsonValue]] = {
    **_REPLY,
    "object": "chat.completion",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": QUOTE, "refusal": None, "knowdesk": ANSWER},
            "logprobs": None,
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 24, "completion_tokens": 12, "total_tokens": 36},
}
CHUNK: Final[dict[str, JsonValue]] = {
    **_REPLY,
    "object": "chat.completion.chunk",
    "choices": [{"index": 0, "delta": {"content": QUOTE}, "finish_reason": None}],
}
CHAT_ERROR: Final[dict[str, JsonValue]] = {
    "error": {
        "message": "There is no knowledge base 'shoop'. Create it, or choose another.",
        "type": "invalid_request_error",
        "param": "model",
        "code": "model_not_found",
    }
}
EMBEDDINGS_CALL: Final[dict[str, JsonValue]] = {"model": "knowdesk/support", "input": ["How long may I return goods?"]}
EMBEDDINGS: Final[dict[str, JsonValue]] = {
    "object": "list",
    "data": [{"object": "embedding", "index": 0, "embedding": [0.6, 0.8]}],
    "model": "knowdesk/support",
    "usage": {"prompt_tokens": 7, "total_tokens": 7},
}
