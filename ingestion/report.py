"""What an ingestion says while it runs and when it ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

__all__ = ["Duplicate", "Failure", "IngestEvent", "IngestReport", "Progress", "Warned", "summed"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: files finished of all, chunks that have vectors so far, the file that was worked on last."""

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
class Warned:
    """A file that was ingested, and what is wrong with it."""

    uri: str
    warnings: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A document that says the same as another one, or nearly so.

    `similarity` is 1 for the same text, else the estimated share of word sequences that both have (Jaccard).
    """

    uri: str
    other: str
    similarity: float


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Numbers of documents by what became of them, and of chunks written; times in seconds.

    Of the `chunks`, `embedded` were given to the embedder, and `reused` kept the vectors that they had in the version
    before. `repaired` versions were indexed anew from the repository, because the index had lost chunks of theirs.
    """

    added: int
    changed: int
    unchanged: int
    deleted: int
    failed: int
    chunks: int
    failures: tuple[Failure, ...]
    seconds: float
    embed_seconds: float
    embedded: int = 0
    reused: int = 0
    repaired: int = 0
    warnings: tuple[Warned, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()


IngestEvent = Progress | IngestReport


def summed(reports: Iterable[IngestReport]) -> IngestReport:
    """Return one report for several runs: numbers are added up, lists joined."""
    found = tuple(reports) or (IngestReport(0, 0, 0, 0, 0, 0, (), 0.0, 0.0),)
    total = found[0]
    for report in found[1:]:
        total = IngestReport(
            **{each.name: getattr(total, each.name) + getattr(report, each.name) for each in fields(IngestReport)}
        )
    return total
