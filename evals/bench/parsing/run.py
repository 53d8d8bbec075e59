"""Parse every file of a set in a worker process, and compare the text with what is expected."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.domain.knowledge import ParsedDocument
from engine.errors import BackendFailed, InvalidInput
from evals.bench.parsing.manifest import Item, read_items
from evals.metrics.word_recall import missing_words, word_recall, words
from ingestion.parsing import Limits
from ingestion.workers.pool import ParsePool

__all__ = ["REACHED", "Outcome", "State", "Trial", "bench_parsing"]

REACHED = 0.95
"""Recall of words from which on a file counts as read."""

_SLOW = 20.0  # seconds
_SHOWN = 12  # missing words of a file


class State(StrEnum):
    """How a file ended."""

    INGESTED = "ingested"
    WARNED = "ingested with warnings"
    FAILED = "named failure"
    BROKEN = "no named failure"


@dataclass(frozen=True, slots=True)
class Trial:
    """What one parser made of a file; `recall` is None where nothing is expected, `note` says what was odd."""

    state: State
    seconds: float
    recall: float | None = None
    note: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file and what the two parsers made of it; `has_text` tells whether words are expected of it."""

    item: Item
    ours: Trial
    peer: Trial | None
    has_text: bool


def bench_parsing(
    folder: Path, *, pool: ParsePool, peer: ParsePool | None, say: Callable[[str], None]
) -> Iterator[Outcome]:
    """Yield the outcome of each file; InvalidInput if the folder is no such set.

    A file counts with the faster of two times, so that none holds the loading of a library; slow ones are not repeated.
    """
    for item in read_items(folder):
        say(item.name)
        data = item.path.read_bytes()
        has_text = bool(item.expected and words(item.expected))
        theirs = None if peer is None else _faster(item, data, peer)
        yield Outcome(item, _faster(item, data, pool), theirs, has_text)


def _faster(item: Item, data: bytes, pool: ParsePool) -> Trial:
    first = _trial(item, data, pool)
    if first.seconds > _SLOW:
        return first
    return min(first, _trial(item, data, pool), key=lambda trial: trial.seconds)


def _trial(item: Item, data: bytes, pool: ParsePool) -> Trial:
    began = time.perf_counter()
    try:
        parsed = pool.parse(data, name=item.path.name, limits=Limits())
    except InvalidInput as error:
        seconds = time.perf_counter() - began
        missing = 0.0 if item.expected and words(item.expected) else None
        return Trial(State.FAILED if error.remedy else State.BROKEN, seconds, missing, str(error))
    except BackendFailed as error:
        return Trial(State.BROKEN, time.perf_counter() - began, None, str(error))
    return _read(item, parsed, time.perf_counter() - began)


def _read(item: Item, parsed: ParsedDocument, seconds: float) -> Trial:
    state = State.WARNED if parsed.warnings else State.INGESTED
    note = " ".join(parsed.warnings)
    if not item.expected or not words(item.expected):
        return Trial(state, seconds, None, note)
    found = f"{parsed.title}\n{parsed.text}"
    missing = tuple(word for word, _ in missing_words(found, item.expected).most_common(_SHOWN))
    return Trial(state, seconds, word_recall(found, item.expected), note, missing)
