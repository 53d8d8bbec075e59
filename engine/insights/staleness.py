"""Find what of a knowledge base is out of date: expired, about to expire, linked to nothing, reached by no question."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from engine.domain.knowledge import PAST_KINDS, Document
from engine.domain.upkeep import LINKS, StaleReason, StaleThing
from engine.service import Engine

__all__ = ["ASKED_ENOUGH", "SOON_DAYS", "find_stale", "stale"]

SOON_DAYS = 30
ASKED_ENOUGH = 50
"""Answers after which a page that none of them cited is told; before, that says nothing of the page."""

_PAGES = frozenset({"", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".txt", ".rst", ".adoc"})


def find_stale(engine: Engine, knowledge_base: str, *, soon_days: int = SOON_DAYS) -> list[StaleThing]:
    """Return what is out of date today, or will be in so many days; NotFound for an unknown knowledge base."""
    parts = engine.parts
    parts.knowledge.knowledge_base(knowledge_base)
    documents = [each for each in parts.knowledge.documents(knowledge_base) if each.kind not in PAST_KINDS]
    today = engine.options.today()
    return stale(documents, parts.conversations.cited(knowledge_base), today, today + timedelta(days=soon_days))


def stale(documents: Sequence[Document], cited: Mapping[str, int], today: date, soon: date) -> list[StaleThing]:
    """Return what is out of date, by reason and then by uri.

    `cited` counts the answers that cited each document, under the empty id all answers. Links are followed between
    documents of one source that are no web pages: what of a web site is not here may well be there.
    """
    known: dict[str, set[str]] = {}
    for each in documents:
        known.setdefault(each.source, set()).update(_names(each.uri))
    found = [
        thing
        for each in documents
        for thing in (*_ended(each, today, soon), *_broken(each, known[each.source]), *_unreached(each, cited))
    ]
    order = list(StaleReason)
    return sorted(found, key=lambda thing: (order.index(thing.reason), thing.uri, thing.detail))


def _ended(document: Document, today: date, soon: date) -> Iterator[StaleThing]:
    last = document.effective_until
    if last is not None and last <= soon:
        yield _thing(StaleReason.EXPIRED if last < today else StaleReason.EXPIRING, document, day=last)


def _broken(document: Document, known: Collection[str]) -> Iterator[StaleThing]:
    if "://" in document.uri:
        return
    for link in document.metadata.get(LINKS, "").split():
        path = urlsplit(link).path
        here = not urlsplit(link).scheme and not link.startswith("/") and path
        if (
            here
            and PurePosixPath(path).suffix.lower() in _PAGES
            and _names(_target(document.uri, path)).isdisjoint(known)
        ):
            yield _thing(StaleReason.BROKEN_LINK, document, detail=link)


def _unreached(document: Document, cited: Mapping[str, int]) -> Iterator[StaleThing]:
    if cited.get("", 0) >= ASKED_ENOUGH and not cited.get(document.id):
        yield _thing(StaleReason.UNREACHED, document)


def _target(uri: str, path: str) -> str:
    return unquote(urljoin(uri, path)).rstrip("/")


def _names(uri: str) -> set[str]:
    """Return the names under which a page may be linked: with its ending, without, and as an index of its folder."""
    path = PurePosixPath(uri)
    names = {str(path), str(path.with_suffix("")) if path.suffix else str(path)}
    return names | ({str(path.parent)} if path.stem in {"index", "README"} else set())


def _thing(reason: StaleReason, document: Document, *, day: date | None = None, detail: str = "") -> StaleThing:
    return StaleThing(reason, document.id, document.title, document.uri, document.language, day, detail)
