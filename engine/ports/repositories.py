"""Keeping documents and conversations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from engine.domain.conversation import Turn
from engine.domain.knowledge import Chunk, Document, KnowledgeBase, StoredText
from engine.ports.stores import IndexSignature

__all__ = ["ConversationRepository", "KnowledgeRepository"]


class KnowledgeRepository(Protocol):
    """Knowledge bases, documents, their versions and texts.

    A version is staged first (invisible to readers), then activated in one transaction; `document`, `documents` and
    `current_versions` only ever show activated versions.
    """

    def add_knowledge_base(self, knowledge_base: KnowledgeBase) -> None:
        """Store it; Conflict if the name is taken."""
        ...

    def knowledge_base(self, name: str) -> KnowledgeBase:
        """Return it; NotFound names the ones that exist."""
        ...

    def knowledge_bases(self) -> tuple[KnowledgeBase, ...]:
        """Return all, by name."""
        ...

    def delete_knowledge_base(self, name: str) -> None:
        """Remove it with its documents, texts and signature."""
        ...

    def signature(self, knowledge_base: str) -> IndexSignature | None:
        """Return what the index was built with; None if nothing was indexed yet."""
        ...

    def set_signature(self, knowledge_base: str, signature: IndexSignature) -> None:
        """Record what the index is built with."""
        ...

    def stage(self, document: Document, text: str, chunks: Sequence[Chunk]) -> None:
        """Store `document.version` of a document, invisible until `activate`; replaces the same staged version."""
        ...

    def activate(self, document_id: str, version: int) -> None:
        """Make a staged version the current one, at once for all readers."""
        ...

    def document(self, document_id: str) -> Document:
        """Return the current version's record, or raise NotFound."""
        ...

    def documents(
        self, knowledge_base: str, *, source: str | None = None, after: str = "", limit: int | None = None
    ) -> tuple[Document, ...]:
        """Return current documents ordered by (uri, id), those after the id `after`, at most `limit`."""
        ...

    def current_versions(self, document_ids: Sequence[str]) -> Mapping[str, int]:
        """Return the current version of each document that has one."""
        ...

    def versions(self, document_id: str) -> tuple[Document, ...]:
        """Return all activated versions, newest first."""
        ...

    def latest_version(self, document_id: str) -> int:
        """Return the highest version number, staged or not; 0 if there is none."""
        ...

    def stored_text(self, document_id: str, version: int) -> StoredText:
        """Return the text of a version (kept after a newer one took its place), or raise NotFound."""
        ...

    def chunks(self, document_id: str, version: int) -> tuple[Chunk, ...]:
        """Return the chunks of a version in reading order."""
        ...

    def delete_document(self, document_id: str) -> None:
        """Remove a document with all its versions, or raise NotFound."""
        ...


class ConversationRepository(Protocol):
    """Turns of conversations, in order."""

    def append(self, conversation_id: str, turns: Sequence[Turn]) -> None:
        """Add turns at the end; the conversation begins to exist with its first turn."""
        ...

    def history(self, conversation_id: str, *, last: int | None = None) -> tuple[Turn, ...]:
        """Return the turns in order, only the `last` ones if given; empty for an unknown conversation."""
        ...
