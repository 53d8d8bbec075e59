"""A durable mark that a run is writing, which only a run that comes to its end takes away."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from engine.domain.knowledge import Document, DocumentKind, stable_id
from engine.errors import NotFound
from ingestion.target import IngestTarget

__all__ = ["Journal"]


@dataclass(slots=True)
class Journal:
    """The mark of one source: a version of a document without text that is staged and never activated.

    Readers never see it, and it needs no place of its own in the repository.
    """

    target: IngestTarget
    source: str
    is_open: bool = False

    @property
    def was_left_open(self) -> bool:
        """Whether the last run of this source died while it was writing."""
        return self.target.knowledge.latest_version(self._id) > 0

    def open(self) -> None:
        """Leave the mark, before the first write."""
        if self.is_open:
            return
        mark = Document(
            id=self._id,
            knowledge_base=self.target.knowledge_base,
            source=self.source,
            uri="",
            title="",
            kind=DocumentKind.PAGE,
            language="und",
            version=1,
            content_hash="",
        )
        self.target.knowledge.stage(mark, "", ())
        self.is_open = True

    def close(self) -> None:
        """Take the mark away, after the last write; nothing happens if there is none."""
        if self.is_open or self.was_left_open:
            with suppress(NotFound):
                self.target.knowledge.delete_document(self._id)
        self.is_open = False

    @property
    def _id(self) -> str:
        return stable_id(self.target.knowledge_base, self.source, "", "journal")
