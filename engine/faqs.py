"""The entries of FAQ documents, one by one: question, answer, where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice

from engine.answering.canned import entries
from engine.domain.access import ACCESS_PREFIX
from engine.domain.knowledge import Chunk, Document, DocumentFilter, DocumentKind, Span
from engine.languages.folding import fold
from engine.service import Engine

__all__ = ["FaqEntry", "faqs"]

PORTION = 50  # documents that are read at a time
PICTURES = ("image", "og:image")  # names of metadata that say where a picture is


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """A question with its answer, which is the stored text of the document version at `span`.

    `category` is what stands above the question, or the document's first tag; empty where nothing does. `picture` is
    an address, empty without one.
    """

    document_id: str
    version: int
    question: str
    answer: str
    category: str
    uri: str
    language: str
    span: Span
    picture: str = ""

    @property
    def id(self) -> str:
        """Name the entry by its place."""
        return f"{self.document_id}:{self.span.start}"


def faqs(
    engine: Engine, knowledge_base: str, *, language: str = "", query: str = "", after: str = "", limit: int = 50
) -> tuple[FaqEntry, ...]:
    """Return the entries that hold today, by document and place, those after the entry `after`.

    All words of a query stand in question or answer, in any case and width of letters and in either Chinese script.
    NotFound for an unknown knowledge base, or if the document of `after` is gone.
    """
    engine.parts.knowledge.knowledge_base(knowledge_base)
    words = fold(query).split()
    found = (
        entry
        for document in _documents(engine, knowledge_base, language, after.rpartition(":")[0])
        for entry in _entries(engine, document)
        if len(entry.span)
        and _is_past(entry, after)
        and all(word in fold(f"{entry.question}\n{entry.answer}") for word in words)
    )
    return tuple(islice(found, limit))


def _documents(engine: Engine, knowledge_base: str, language: str, first: str) -> Iterator[Document]:
    """Yield the FAQ documents in the versions that hold today, from `first` on."""
    knowledge, wanted = engine.parts.knowledge, DocumentFilter(kind=DocumentKind.FAQ, language=language)
    portion: Sequence[Document] = [knowledge.document(first)] if first else ()
    after = first
    while True:
        holding = knowledge.in_force([document.id for document in portion], engine.options.today())
        for document in portion:
            if found := holding.get(document.id):
                yield knowledge.version(document.id, found.version)
        portion = knowledge.documents(knowledge_base, filter=wanted, after=after, limit=PORTION)
        if not portion:
            return
        after = portion[-1].id


def _entries(engine: Engine, document: Document) -> Iterator[FaqEntry]:
    """Yield what stands under each question, and under each other heading but the document's first."""
    text = engine.parts.knowledge.stored_text(document.id, document.version).text
    chunks = engine.parts.knowledge.chunks(document.id, document.version)
    pictures = (document.metadata.get(name, "") for name in PICTURES)
    picture = next(filter(None, pictures), "")
    least = min(2, max((len(chunk.section) for chunk in chunks), default=1))
    for section, group in groupby(chunks, lambda chunk: chunk.section):
        parts = tuple(group)
        span = Span(parts[0].span.start, parts[-1].span.end)
        whole = replace(parts[0], span=span, text=span.of(text))
        asked = {entry.question: entry.answer for entry in entries(whole)}
        for question, answer in (asked or {heading: _answer(whole) for heading in section[-1:]}).items():
            if question in section and len(section) < least:
                continue
            above = section[:-1] if question in section else section
            yield FaqEntry(
                document_id=document.id,
                version=document.version,
                question=question,
                answer=answer.of(text),
                category=" › ".join(above) or _tag(document),
                uri=document.uri,
                language=document.language,
                span=answer,
                picture=picture,
            )


def _answer(section: Chunk) -> Span:
    """Return where the text below the headings stands."""
    body = section.text
    for heading in section.section:
        body = body.removeprefix(heading).lstrip()
    start = section.span.end - len(body)
    return Span(start, start + len(body.rstrip()))


def _tag(document: Document) -> str:
    return next((tag for tag in document.tags if not tag.startswith(ACCESS_PREFIX)), "")


def _is_past(entry: FaqEntry, after: str) -> bool:
    document, _, start = after.rpartition(":")
    return entry.document_id != document or entry.span.start > int(start if start.isdecimal() else 0)
