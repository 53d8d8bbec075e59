"""Parsing that says how far it is."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument

__all__ = ["OnPage", "PageDone", "Parsing", "document_of", "no_page"]


@dataclass(frozen=True, slots=True)
class PageDone:
    """A page of a file was parsed, the `number`th of `total`."""

    number: int
    total: int


Parsing = Generator[PageDone, None, ParsedDocument]
"""Yields the pages as they are done and returns the document."""

OnPage = Callable[[PageDone], None]


def no_page(page: PageDone) -> None:
    """Take no notice of a page."""


def document_of(parsed: ParsedDocument | Parsing, on_page: OnPage = no_page) -> ParsedDocument:
    """Return the document, after parsing it to its end where that is still to do; `on_page` may raise."""
    if isinstance(parsed, ParsedDocument):
        return parsed
    while True:
        try:
            page = next(parsed)
        except StopIteration as end:
            document: ParsedDocument = end.value
            return document
        on_page(page)
