"""Calls to a Qdrant server: what passes by itself is tried again, the rest becomes a failure of the engine's own."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

from httpx import TransportError
from qdrant_client.common.client_exceptions import QdrantException, ResourceExhaustedResponse
from qdrant_client.http.exceptions import ApiException, ResponseHandlingException, UnexpectedResponse

from engine.errors import BackendFailed
from engine.patience import Patience
from engine.serving import served

__all__ = ["Calls"]

T = TypeVar("T")
_FAILURES = (ApiException, QdrantException, ValueError, OSError)
_PASSING: Final = frozenset({429, 500, 502, 503, 504})  # 500: a server that starts, or one whose peer went away


class Calls:
    """Makes calls that do no harm when they are made twice."""

    def __init__(self, patience: Patience, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._patience = patience
        self._sleep = sleep

    def make(self, doing: str, call: Callable[[], T]) -> T:
        """Return what the call returns; BackendFailed if it cannot be had.

        A request that is to stop stops before the next try.
        """
        failed = 0
        while True:
            try:
                return call()
            except _FAILURES as error:
                failed += 1
                if failed > self._patience.retries or not _passes(error):
                    raise _failure(doing, failed) from error
                self._sleep(self._patience.pause(failed, _asked(error)))
            served().stop.check()


def _passes(error: Exception) -> bool:
    """Tell whether the same call may succeed later."""
    if isinstance(error, UnexpectedResponse):
        return error.status_code in _PASSING
    if isinstance(error, ResponseHandlingException):
        return isinstance(error.source, TransportError)
    return isinstance(error, (ResourceExhaustedResponse, OSError))


def _asked(error: Exception) -> float:
    return float(error.retry_after_s) if isinstance(error, ResourceExhaustedResponse) else 0.0


def _failure(doing: str, times: int) -> BackendFailed:
    often = "" if times == 1 else f", {times} times"
    return BackendFailed(
        f"The Qdrant server failed while {doing}{often}.",
        remedy="Check that it runs, KNOWDESK_QDRANT_URL and its log.",
    )
