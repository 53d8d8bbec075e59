"""Keeping documents and conversations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from engine.domain.calibration import Calibration
from engine.domain.conversation import Turn
from engine.domain.exchange import Exchange
from engine.domain.feedback import Feedback, FeedbackFilter, Review
from engine.domain.knowledge import (
    Chunk,
    Document,
    DocumentFilter,
    Fingerprint,
    KnowledgeBase,
    Region,
    Sibling,
    StoredText,
    Tally,
)
from engine.domain.reply import KeptReply
from engine.domain.validity import InForce
from engine.ports.stores import BuiltIndex

__all__ = [
    "CalibrationRepository",
    "ConversationRepository",
    "FeedbackRepository",
    "KnowledgeRepository",
    "ReplyRepository",
]


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

    def index(self, knowledge_base: str) -> BuiltIndex | None:
        """Return the index in use; None if nothing was indexed yet."""
        ...

    def indexes(self, knowledge_base: str) -> tuple[BuiltIndex, ...]:
        """Return all indexes, the one in use first, the others by slot."""
        ...

    def keep_index(self, knowledge_base: str, index: BuiltIndex) -> None:
        """Record what the index in a slot is, whether it is in use or not."""
        ...

    def use_index(self, knowledge_base: str, index: BuiltIndex) -> None:
        """Record what the index in a slot is, and use it from now on, instead of another."""
        ...

    def forget_index(self, knowledge_base: str, slot: str) -> None:
        """Remove the record of an index; nothing happens if there is none in that slot."""
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
        skip: int = 0,
        limit: int | None = None,
    ) -> tuple[Document, ...]:
        """Return documents, as of their newest version, ordered by (uri, id).

        Those after the id `after`, without the first `skip` of them, at most `limit`.
        """
        ...

    def tally(self, knowledge_base: str, *, filter: DocumentFilter | None = None) -> Tally:
        """Count documents and their chunks, as of their newest versions."""
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

    def out_of_force(self, knowledge_base: str, day: date, *, limit: int = 200) -> tuple[str, ...]:
        """Return the documents with a version that is in force on other days than this one, at most `limit`."""
        ...

    def languages(self, knowledge_base: str) -> Mapping[str, int]:
        """Return how many documents each language (BCP 47) has, as of their newest versions."""
        ...

    def relate(self, keys: Mapping[str, Sequence[str]], *, also: bool = False) -> None:
        """Remember the page keys of documents: those of one knowledge base that share one are the same page.

        They replace those that were known, unless they are given `also`. Conflict for a document that is not there.
        """
        ...

    def siblings(self, document_ids: Sequence[str], day: date) -> Mapping[str, tuple[Sibling, ...]]:
        """Return, for each of the documents that has some, the others in force on a day that are the same page."""
        ...

    def delete_document(self, document_id: str) -> None:
        """Remove a document with all its versions, or raise NotFound."""
        ...

    def purge(self) -> None:
        """See to it that nothing deleted is left in the files behind, as far as that is in the adapter's hands."""
        ...


class ReplyRepository(Protocol):
    """Replies to requests that may be sent again, each under a key."""

    def claim(self, key: str, request: str, *, at: float) -> KeptReply | None:
        """Claim a key at a time (epoch) and return None; or return what is kept under it, claimed or replied."""
        ...

    def keep(self, key: str, reply: KeptReply) -> None:
        """Keep the reply under a key that is claimed."""
        ...

    def release(self, key: str) -> None:
        """Give up a claim, so that the request can be sent again; a reply that is kept stays."""
        ...

    def forget(self, *, replied_before: float, claimed_before: float) -> None:
        """Remove replies to requests of before a time (epoch), and claims of before another, whose request is lost."""
        ...


class ConversationRepository(Protocol):
    """Turns of conversations, in order."""

    def append(
        self, conversation_id: str, turns: Sequence[Turn], *, exchange: Exchange | None = None, customer: str = ""
    ) -> None:
        """Add turns at the end; the conversation begins to exist with its first turn.

        An `exchange` is kept with the first of the turns, which has its question; if it is kept already, nothing is
        added. Turns with a `saying` whose id is kept in the conversation already are left out. `customer` is whose
        conversation it is; once told, it is remembered.
        """
        ...

    def history(self, conversation_id: str, *, last: int | None = None) -> tuple[Turn, ...]:
        """Return the turns in order, only the `last` ones if given; empty for an unknown conversation."""
        ...

    def exchanges(self, conversation_id: str) -> tuple[Exchange, ...]:
        """Return the exchanges of a conversation in order; empty for an unknown one."""
        ...

    def cited(self, knowledge_base: str) -> Mapping[str, int]:
        """Return how many answers from a knowledge base cited each document; the empty id counts all answers."""
        ...


class CalibrationRepository(Protocol):
    """What was learnt of how sure answers may be, one value a knowledge base; it goes with the knowledge base."""

    def calibration(self, knowledge_base: str) -> Calibration | None:
        """Return it; None for a knowledge base that has none."""
        ...

    def set_calibration(self, knowledge_base: str, calibration: Calibration) -> None:
        """Store it in the place of the one before; NotFound for an unknown knowledge base."""
        ...

    def delete_calibration(self, knowledge_base: str) -> bool:
        """Remove it; return whether there was one."""
        ...


class FeedbackRepository(Protocol):
    """Feedback on answers of stored conversations."""

    def add(self, feedback: Feedback) -> Feedback:
        """Keep it and return it; the same again returns what is kept, Conflict if the id stands for another.

        When it was given makes no difference.
        """
        ...

    def reviews(
        self, filter: FeedbackFilter | None = None, *, after: str = "", limit: int | None = None
    ) -> tuple[Review, ...]:
        """Return feedback, the newest first, all that is older than that of the id `after`, which must be there."""
        ...
