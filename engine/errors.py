"""Errors of the engine, by what the caller can do about them.

Every message names the thing that is wrong and the remedy. HTTP statuses and exit codes are chosen at the edges.
"""

__all__ = [
    "BackendFailed",
    "Conflict",
    "EngineError",
    "Forbidden",
    "InvalidInput",
    "Misconfigured",
    "NotFound",
    "Stopped",
]


class EngineError(Exception):
    """Base of all errors that a caller is meant to handle.

    `message` is safe to show: it never quotes a question, a document or personal data.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


class InvalidInput(EngineError):
    """The request cannot be carried out as it stands; change the input."""


class NotFound(EngineError):
    """The named thing does not exist."""


class Conflict(EngineError):
    """The request contradicts the present state: a lock held elsewhere, another embedding model."""


class Forbidden(EngineError):
    """Whoever asks may not do that."""


class BackendFailed(EngineError):
    """A store, model or service behind a port failed; trying again later may help."""


class Stopped(EngineError):
    """Nobody waits for the result any more: the time is up, or the caller is gone."""


class Misconfigured(EngineError):
    """A setting is missing or wrong, or an optional dependency is not installed."""
