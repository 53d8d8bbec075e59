"""What an ingestion says while it runs and when it ends."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Failure", "IngestEvent", "IngestReport", "Progress"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: files finished of all, chunks embedded so far, the file that was worked on last."""

    done: int
    total: int
    chunks: int
    uri: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be ingested, why, and what to do about it."""

    uri: str
    error: str
    remedy: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Numbers of documents by what became of them, and of chunks written; times in seconds."""

    added: int
    changed: int
    unchanged: int
    deleted: int
    failed: int
    chunks: int
    failures: tuple[Failure, ...]
    seconds: float
    embed_seconds: float


IngestEvent = Progress | IngestReport
