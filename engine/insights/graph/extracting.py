"""Read the edges out of one document: from its title, its tables, its links, and what stands in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from engine.domain.graph import Basis, Edge, NodeKind, Relation, Thing
from engine.domain.knowledge import Document, DocumentKind, Span
from engine.domain.upkeep import LINKS
from engine.insights.graph.naming import Named, cells, error_codes, part_in, products
from engine.languages.sentences import sentences

__all__ = ["edges_of", "page"]

MOST: Final = 2000  # edges of one document
_HAS: Final = {NodeKind.ERROR_CODE: Relation.HAS_ERROR, NodeKind.PART: Relation.HAS_PART}


def edges_of(document: Document, text: str, pages: Mapping[str, Document]) -> list[Edge]:
    """Return what a document tells, each edge once at its first place; `pages` are all documents by their uris."""
    found = dict[tuple[str, Relation, str, Basis], Edge]()
    for edge in _edges(document, text, pages):
        found.setdefault((edge.source.id, edge.relation, edge.target.id, edge.basis), edge)
        if len(found) == MOST:
            break
    return list(found.values())


def page(document: Document) -> Thing:
    """Return the node of a document itself."""
    kind = NodeKind.POLICY if document.kind is DocumentKind.POLICY else NodeKind.DOCUMENT
    return Thing(kind, document.id, document.title)


def _edges(document: Document, text: str, pages: Mapping[str, Document]) -> Iterator[Edge]:
    this = page(document)
    titled = [each.thing for each in products(document.title)]
    about = titled[0] if len(set(titled)) == 1 else None
    for product in dict.fromkeys(titled):
        yield Edge(this, Relation.ABOUT, product, Basis.STRUCTURE, _title_span(document, text))
    for start, line in _lines(text):
        for edge in (*_in_row(this, line, about), *_in_sentences(this, line, about)):
            yield _moved(edge, start)
    yield from _links(document, pages)


def _in_row(this: Thing, line: str, about: Thing | None) -> Iterator[Edge]:
    """Yield what the first cell of a row of a table names."""
    row = cells(line)
    named = part_in(row[0], about) if row else None
    if named is None:
        return
    owner = next((each.thing for each in products(row[0].text)), about)
    whole = Span(0, len(line))
    yield Edge(this, Relation.NAMES, named.thing, Basis.TABLE, whole)
    if owner is not None:
        yield Edge(owner, _HAS[named.thing.kind], named.thing, Basis.TABLE, whole)


def _in_sentences(this: Thing, line: str, about: Thing | None) -> Iterator[Edge]:
    for span in sentences(line):
        said = span.of(line)
        named = list(products(said))
        only = named[0].thing if len({each.thing for each in named}) == 1 else about if not named else None
        errors = list(error_codes(said, only))
        yield from (Edge(this, Relation.NAMES, each.thing, Basis.CO_OCCURRENCE, span) for each in (*named, *errors))
        if only is not None:
            yield from (Edge(only, Relation.HAS_ERROR, each.thing, Basis.CO_OCCURRENCE, span) for each in errors)
        yield from _together(named, span)


def _together(named: Sequence[Named], span: Span) -> Iterator[Edge]:
    things = sorted({each.thing for each in named}, key=lambda thing: thing.id)
    for one, other in combinations(things, 2):
        if one.key != other.key:
            yield Edge(one, Relation.TOGETHER, other, Basis.CO_OCCURRENCE, span)


def _links(document: Document, pages: Mapping[str, Document]) -> Iterator[Edge]:
    for link in document.metadata.get(LINKS, "").split():
        path = urlsplit(link)
        if not path.path:
            continue
        address = link if path.scheme else unquote(urljoin(document.uri, path.path))
        target = pages.get(address) or pages.get(str(PurePosixPath(address)))
        if target is not None and target.id != document.id:
            yield Edge(page(document), Relation.LINKS_TO, page(target), Basis.LINK, Span(0, 0), address=link)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


def _title_span(document: Document, text: str) -> Span:
    """Return where the title stands in the text; nowhere, at its beginning, if it came from elsewhere."""
    start = text.find(document.title) if document.title else -1
    return Span(start, start + len(document.title)) if start >= 0 else Span(0, 0)


def _moved(edge: Edge, by: int) -> Edge:
    span = Span(edge.span.start + by, edge.span.end + by)
    return Edge(edge.source, edge.relation, edge.target, edge.basis, span)
