"""What an evaluation needs of the system under test."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engine.domain.answer import Answer
from engine.domain.conversation import Turn
from engine.domain.search import SearchResult

__all__ = ["Desk", "Entry", "Indexed", "Setting", "Subject", "System"]

Setting = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A plain text to index as one document; its passages carry `uri`."""

    uri: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """One document that was taken in, or, where `failure` says why, was not."""

    uri: str
    failure: str = ""


class Desk(Protocol):
    """One knowledge base that can be asked, wherever it is."""

    def search(self, query: str, *, limit: int) -> SearchResult:
        """Return at most `limit` passages."""
        ...

    def answer(self, question: str, *, history: Sequence[Turn] = (), threshold: float | None = None) -> Answer:
        """Return the answer, in a conversation of its own that begins with `history`.

        Answers of lower confidence than `threshold` are withheld; None stands for the system's own threshold, 0 for
        answering whenever there is anything to say.
        """
        ...

    def answers(
        self, question: str, *, history: Sequence[Turn] = (), thresholds: Sequence[float | None]
    ) -> Iterator[Answer]:
        """Yield what `answer` returns under each threshold; only what is asked for is worked out."""
        ...

    def candidates(self, query: str, *, limit: int) -> SearchResult:
        """Search without marking what was found in the texts, which takes most of the time of a long list."""
        ...

    def stored_text(self, document_id: str, version: int) -> str:
        """Return the text that spans refer to."""
        ...


class Subject(Desk, Protocol):
    """One knowledge base that can be filled and asked, by the same path as in production."""

    def add(self, entries: Sequence[Entry]) -> Iterator[Indexed]:
        """Index the entries as text/plain documents, yielding one value a document; all are searchable at the end."""
        ...

    def add_folder(self, folder: Path) -> Iterator[Indexed]:
        """Index the files under `folder`, their paths relative to it (with "/") as `uri`, as `add` does."""
        ...

    def remove(self, uris: Collection[str]) -> None:
        """Take these documents out of the index; those that are not in it are passed over."""
        ...

    def embed_query(self, query: str) -> object:
        """Embed the query and nothing else, without a cache, to be timed."""
        ...


class System(Protocol):
    """How to get at subjects: the engine with its settings, or a fake."""

    @property
    def settings(self) -> Mapping[str, Setting]:
        """What was measured, for the report: model, revision, whatever changes results; no secrets and no paths."""
        ...

    @property
    def index_signature(self) -> str:
        """What shapes an index: two systems of one signature build the same index from the same documents."""
        ...

    def open(self, folder: Path) -> AbstractContextManager[Subject]:
        """Open the subject whose data lies in `folder`, empty at first."""
        ...
