"""Keeping documents and conversations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from engine.domain.conversation import Turn
from engine.domain.knowledge import (
    Chunk,
    Document,
    DocumentFilter,
    Fingerprint,
    KnowledgeBase,
    Region,
    StoredText,
)
from engine.domain.validity import InForce
from engine.ports.stores import IndexSignature

__all__ = ["ConversationRepository", "KnowledgeRepository"]


class KnowledgeRepository(Protocol):
    """Knowledge bases, documents, their versions and texts.

    A version is staged first (invisible to readers), then activated in one transaction. `document`, `documents`,
    `version` and `versions` only ever show activated versions; which of them a reader sees on a day, `in_force` tells.
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

    def generation(self, knowledge_base: str) -> int:
        """Return a number that grows with every activation in it; 0 for an unknown one."""
        ...

    def signature(self, knowledge_base: str) -> IndexSignature | None:
        """Return what the index was built with; None if nothing was indexed yet."""
        ...

    def set_signature(self, knowledge_base: str, signature: IndexSignature) -> None:
        """Record what the index is built with."""
        ...

    def stage(
        self,
        document: Document,
        text: str,
        chunks: Sequence[Chunk],
        *,
        regions: Sequence[Region] = (),
        fingerprint: Fingerprint | None = None,
    ) -> None:
        """Store `document.version` of a document, invisible until `activate`; replaces the same staged version."""
        ...

    def activate(self, document_id: str, version: int) -> None:
        """Make a staged version the newest one, at once for all readers; Conflict if a newer one is activated."""
        ...

    def in_force(self, document_ids: Sequence[str], day: date) -> Mapping[str, InForce]:
        """Return, for each of the documents that has one, the version that is in force on a day.

        `engine.domain.validity` has the rule.
        """
        ...

    def indexed_versions(
        self, knowledge_base: str, document_ids: Sequence[str] | None = None
    ) -> Mapping[str, Mapping[int, int]]:
        """Return, by document, the versions that are in force on some day, each with its number of chunks.

        That is what the index must hold: of the documents that are given, or of all in the knowledge base.
        """
        ...

    def document(self, document_id: str) -> Document:
        """Return the newest activated version's record, or raise NotFound."""
        ...

    def documents(
        self,
        knowledge_base: str,
        *,
        filter: DocumentFilter | None = None,
        after: str = "",
        limit: int | None = None,
    ) -> tuple[Document, ...]:
        """Return documents, as of their newest version, ordered by (uri, id), those after the id `after`."""
        ...

    def version(self, document_id: str, version: int) -> Document:
        """Return an activated version's record, or raise NotFound."""
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

    def regions(self, document_id: str, version: int) -> tuple[Region, ...]:
        """Return where on its pages the text of a version was read, in order; empty if it was not read off images."""
        ...

    def alike(self, document_id: str, *, limit: int = 20) -> tuple[tuple[Document, Fingerprint], ...]:
        """Return the document itself, then others of its knowledge base whose text is the same or shares a band.

        Newest versions are compared; those that share most bands come first. Nothing comes back for a document without
        a fingerprint, NotFound is raised for one that is not there.
        """
        ...

    def delete_document(self, document_id: str) -> None:
        """Remove a document with all its versions, or raise NotFound."""
        ...

    def purge(self) -> None:
        """See to it that nothing deleted is left in the files behind, as far as that is in the adapter's hands."""
        ...


class ConversationRepository(Protocol):
    """Turns of conversations, in order."""

    def append(self, conversation_id: str, turns: Sequence[Turn]) -> None:
        """Add turns at the end; the conversation begins to exist with its first turn."""
        ...

    def history(self, conversation_id: str, *, last: int | None = None) -> tuple[Turn, ...]:
        """Return the turns in order, only the `last` ones if given; empty for an unknown conversation."""
        ...
