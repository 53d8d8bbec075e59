"""Trying again what may pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from engine.errors import BackendFailed

__all__ = ["Patience"]


@dataclass(frozen=True, slots=True)
class Patience:
    """How often what may pass is tried, and how long the first and the longest pause between is, in seconds."""

    attempts: int = 5
    first_s: float = 1.0
    longest_s: float = 30.0

    def retrying(self, sleep: Callable[[float], None], tell: Callable[[str], None] | None = None) -> Retrying:
        """Return what calls a function again while it raises BackendFailed, and at last raises that.

        `sleep` waits between two attempts and may raise; `tell` is called before with the message.
        """

        def told(state: RetryCallState) -> None:
            error = state.outcome.exception() if state.outcome else None
            if tell is not None and isinstance(error, BackendFailed):
                tell(error.message)

        return Retrying(
            stop=stop_after_attempt(self.attempts),
            wait=wait_exponential(self.first_s, self.longest_s),
            retry=retry_if_exception_type(BackendFailed),
            sleep=sleep,
            before_sleep=told,
            reraise=True,
        )
