"""Errors in the shape that OpenAI's clients expect, made of problem documents."""

from __future__ import annotations

from typing import Final

from api.schemas.chat import ChatErrorOut, ChatFaultOut
from api.schemas.problems import ProblemOut

__all__ = ["chat_error", "speaks_openai"]

PATHS: Final = ("/v1/chat/completions", "/v1/models", "/v1/embeddings")
INVALID: Final = 422


def speaks_openai(path: str) -> bool:
    """Tell whether callers of a path are OpenAI's clients."""
    return path.startswith(PATHS)


def chat_error(problem: ProblemOut) -> tuple[ChatErrorOut, int]:
    """Return what to answer instead of a problem document, and the status: 400 for what is 422 elsewhere."""
    wrong = problem.errors[0] if problem.errors else None
    found = f"{wrong.field}: {wrong.message}." if wrong else problem.detail
    fault = ChatFaultOut(
        message=f"{found} {problem.remedy}".strip() if not wrong else found,
        type="server_error" if problem.status >= 500 else "invalid_request_error",
        param=wrong.field if wrong else "model" if problem.status == 404 else None,
        code="model_not_found" if problem.status == 404 else problem.type.rpartition("/")[2].replace("-", "_"),
    )
    return ChatErrorOut(error=fault), 400 if problem.status == INVALID else problem.status
