"""A deterministic system under test: word overlap, one passage a line, everything in one JSON file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from engine.domain.answer import Abstention, AbstentionReason, Answer, AnswerMode, AnswerText, Citation, Question
from engine.domain.conversation import Turn
from engine.domain.knowledge import DocumentKind, Span, stable_id
from engine.domain.search import Passage, SearchResult
from engine.errors import InvalidInput
from evals.metrics.token_f1 import tokens
from evals.subject import Entry, Indexed, Setting, Subject

__all__ = ["FakeSubject", "FakeSystem"]

FILE = "documents.json"


@dataclass
class FakeSubject:
    """Documents by uri; empty ones are refused. The confidence of an answer is the share of the question it repeats."""

    folder: Path
    documents: dict[str, Entry] = field(default_factory=dict)

    def add(self, entries: Sequence[Entry]) -> Iterator[Indexed]:
        """Store the entries."""
        for entry in entries:
            if entry.text.strip():
                self.documents[entry.uri] = entry
            yield Indexed(entry.uri, "" if entry.text.strip() else "The document is empty.")

    def add_folder(self, folder: Path) -> Iterator[Indexed]:
        """Store the files as plain text."""
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        texts = ((path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")) for path in files)
        return self.add([Entry(uri, uri, text) for uri, text in texts])

    def remove(self, uris: Collection[str]) -> None:
        """Forget the documents."""
        for uri in uris:
            self.documents.pop(uri, None)

    def search(self, query: str, *, limit: int) -> SearchResult:
        """Rank lines by the share of the query's tokens that they hold; lines with none are left out."""
        if not query.strip():
            raise InvalidInput("The query is empty.", remedy="Send one.")
        wanted = set(tokens(query))
        lines = ((entry, *line) for entry in self.documents.values() for line in _lines(entry))
        passages = (_passage(entry, start, line, wanted) for entry, start, line in lines)
        found = (passage for passage in passages if passage.score)
        order = sorted(found, key=lambda passage: (-passage.score, passage.chunk_id))
        return SearchResult(query, "und", tuple(order[:limit]))

    def candidates(self, query: str, *, limit: int) -> SearchResult:
        """Search: nothing is marked anyway."""
        return self.search(query, limit=limit)

    def answer(self, question: str, *, history: Sequence[Turn] = (), threshold: float | None = None) -> Answer:
        """Quote the best line, in view of what the customer said before."""
        standalone = " ".join([*(turn.text for turn in history), question])
        best = next(iter(self.search(standalone, limit=1).passages), None)
        asked = Question(question, standalone, "und")
        if best is None or best.score < (0.5 if threshold is None else threshold):
            score = best.score if best else 0.0
            return Answer("", asked, None, (), score, Abstention(AbstentionReason.LOW_CONFIDENCE, "Not known."))
        return Answer("", asked, AnswerText(best.text, "und", AnswerMode.EXTRACTIVE), (_citation(best),), best.score)

    def answers(
        self, question: str, *, history: Sequence[Turn] = (), thresholds: Sequence[float | None]
    ) -> Iterator[Answer]:
        """Answer once for each threshold."""
        return (self.answer(question, history=history, threshold=each) for each in thresholds)

    def stored_text(self, document_id: str, version: int) -> str:
        """Return the text; the fake keeps one version, and a document's id is its uri."""
        return self.documents[document_id].text

    def embed_query(self, query: str) -> object:
        """Return the query's tokens."""
        return tokens(query)


@dataclass
class FakeSystem:
    """Opens fakes; `opened` lists the folders, for tests that look where indexes lie."""

    index_signature: str = "fake"
    settings: Mapping[str, Setting] = field(default_factory=lambda: {"model": "fake"})
    opened: list[Path] = field(default_factory=list)
    built: int = 0

    @contextmanager
    def open(self, folder: Path) -> Iterator[Subject]:
        """Load the documents that lie in the folder, and write them back at the end; `built` counts empty starts."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / FILE
        stored = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
        subject = FakeSubject(folder, {uri: Entry(uri, title, text) for uri, title, text in stored})
        self.opened.append(folder)
        self.built += not stored
        yield subject
        rows = [(entry.uri, entry.title, entry.text) for entry in subject.documents.values()]
        file.write_text(json.dumps(rows), encoding="utf-8")


def _lines(entry: Entry) -> Iterator[tuple[int, str]]:
    start = 0
    for line in entry.text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


def _passage(entry: Entry, start: int, line: str, wanted: set[str]) -> Passage:
    return Passage(
        chunk_id=stable_id(entry.uri, str(start)),
        document_id=entry.uri,
        version=1,
        title=entry.title,
        uri=entry.uri,
        kind=DocumentKind.PAGE,
        language="und",
        section=(),
        page=None,
        span=Span(start, start + len(line)),
        text=line,
        score=len(wanted & set(tokens(line))) / max(1, len(wanted)),
    )


def _citation(passage: Passage) -> Citation:
    return Citation(
        id=passage.chunk_id,
        document_id=passage.document_id,
        version=passage.version,
        title=passage.title,
        uri=passage.uri,
        kind=passage.kind,
        language=passage.language,
        section=passage.section,
        page=passage.page,
        span=passage.span,
        quote=passage.text,
        answer_span=Span(0, len(passage.text)),
        score=passage.score,
    )
