"""Which failures of the OpenAI client are worth another try, and how they are told."""

from __future__ import annotations

import httpx
import openai

from engine.errors import BackendFailed
from engine.patience import retry_after

__all__ = ["LIBRARY_ERRORS", "as_backend_failure", "wait_before_retry"]

# What the client and llama-index raise; the built-in ones for replies that are not what the protocol says.
LIBRARY_ERRORS = (openai.OpenAIError, httpx.HTTPError, ValueError, TypeError, AttributeError, LookupError)

FIRST_PAUSE_S = 0.5
_TRANSIENT = {408, 409, 429}
_REMEDIES = {
    401: "Check llm_api_key.",
    403: "Check llm_api_key and what it allows.",
    404: "Check llm_base_url (it usually ends in /v1) and llm_model.",
    429: "Its limits are reached; try again later.",
}


def wait_before_retry(error: Exception, attempt: int) -> float | None:
    """Return the seconds to wait after failed attempt number `attempt` (from 0), or None if it would fail again.

    The server's Retry-After counts where it gives one in seconds, else the pause doubles with each attempt.
    """
    if isinstance(error, openai.APIStatusError):
        if error.status_code not in _TRANSIENT and error.status_code < 500:
            return None
        if (asked := retry_after(error.response.headers)) is not None:
            return asked
    elif not isinstance(error, openai.APIConnectionError | httpx.TransportError):
        return None
    return float(FIRST_PAUSE_S * 2**attempt)


def as_backend_failure(error: Exception, model: str) -> BackendFailed:
    """Tell a failure without the words of the server, which may repeat the prompt."""
    if isinstance(error, openai.APIStatusError):
        remedy = _REMEDIES.get(error.status_code, "Look into the server's log.")
        return BackendFailed(f"The server of {model} refused with HTTP status {error.status_code}.", remedy=remedy)
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return BackendFailed(
            f"The server of {model} did not answer in time.", remedy="Try later or raise llm_timeout_s."
        )
    if isinstance(error, openai.APIConnectionError):
        return BackendFailed(f"The server of {model} cannot be reached.", remedy="Check llm_base_url and the network.")
    return BackendFailed(
        f"The reply of {model} broke off ({type(error).__name__}).", remedy="Try again; look into the server's log."
    )
