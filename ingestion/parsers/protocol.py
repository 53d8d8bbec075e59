"""What a parser is."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from engine.domain.knowledge import ParsedDocument
from ingestion.paging import Parsing

__all__ = ["PagedParser", "Parser"]


class Parser(Protocol):
    """Reads one document format. A module of `ingestion.parsers.formats` offers one as `PARSER`."""

    @property
    def format(self) -> str:
        """Name of the format for people, such as "Markdown"."""
        ...

    @property
    def extensions(self) -> tuple[str, ...]:
        """File name extensions in lower case with their dot."""
        ...

    def recognizes(self, data: bytes) -> bool:
        """Tell from the content alone whether this is the format; False where the content does not show it."""
        ...

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the document's text and structure.

        Raises InvalidInput, naming the file `name` and the remedy, for a file that is empty, broken, encrypted or
        without text; never an error of the library behind it.
        """
        ...


@runtime_checkable
class PagedParser(Protocol):
    """A parser whose pages may take long, one by one."""

    def by_pages(self, data: bytes, *, name: str) -> Parsing:
        """Parse as `parse` does, and yield each page that is done."""
        ...
