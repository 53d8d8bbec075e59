"""Units of a run: one knowledge base each, with what is asked of it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from engine.languages.detection import ScriptDetector
from engine.languages.registry import UNKNOWN
from evals.runs.case import Case
from evals.runs.manifest import UnitPlan
from evals.subject import Desk, Indexed, System

__all__ = ["Event", "Unit", "Work", "concurrently", "main_language"]

T = TypeVar("T")
R = TypeVar("R")
Event = Case | Indexed
SAMPLE = 60  # texts that are looked at to tell a corpus's language


@dataclass(frozen=True, slots=True)
class Work:
    """How a unit is carried out.

    `indexes` is the folder that keeps its index, `done` are the ids of the cases that need not be run again.
    """

    system: System
    indexes: Path | None
    done: Collection[str] = ()


class Unit(Protocol):
    """One knowledge base with what is asked of it; it can be sent to another process."""

    @property
    def name(self) -> str:
        """A name that is unique in the run and can name a file."""
        ...

    def plan(self) -> UnitPlan:
        """Return what will be done, with the hash of all the data that it depends on."""
        ...

    def run(self, work: Work) -> Iterator[Event]:
        """Index, ask, and yield documents that were taken in or failed and cases that were judged."""
        ...

    def ask(self, desk: Desk, done: Collection[str] = (), *, threads: int = 1) -> Iterator[Case]:
        """Ask a knowledge base that is there already, `threads` questions at once, and yield cases not `done`."""
        ...


def concurrently(call: Callable[[T], R], items: Iterable[T], *, threads: int) -> Iterator[R]:
    """Yield `call` of each item in order, with at most `threads` under way; 1 stays in this thread."""
    if threads == 1:
        yield from map(call, items)
        return
    under_way = deque[Future[R]]()
    with ThreadPoolExecutor(threads) as pool:
        for item in items:
            under_way.append(pool.submit(call, item))
            if len(under_way) >= threads:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def main_language(texts: Sequence[str]) -> str:
    """Return the language (BCP 47) of most of the texts, looking at some that are spread over them; "und" for none."""
    step = max(1, len(texts) // SAMPLE)
    detector = ScriptDetector()
    found = Counter(detector.detect(text) for text in texts[::step])
    del found[UNKNOWN]
    return min(found, key=lambda tag: (-found[tag], tag)) if found else UNKNOWN
