"""New versions without a new file: going back to an older one, and describing a document anew."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import date

from engine.domain.knowledge import Document
from engine.errors import Conflict, InvalidInput
from ingestion.inventory import take_inventory
from ingestion.preparing import Prepared, now, stored
from ingestion.quarantine import KEYS, kept_flags
from ingestion.target import IngestTarget, open_index
from ingestion.writing import Writer

__all__ = ["EDITABLE", "Revision", "published", "revise", "roll_back", "with_edits"]

EDITABLE = ("kind", "tags", "effective_from", "effective_until", "metadata")
"""Fields of a document that an administrator may set."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A version that was made from what is stored; of its chunks, how many were embedded and how many kept vectors."""

    document: Document
    embedded: int
    reused: int


def roll_back(target: IngestTarget, document_id: str, version: int) -> Revision:
    """Make a new version with the content and description of an older one, in the period of the newest.

    The file that the newest version came from counts as seen: only when it changes, a later run takes it in again.
    Raises NotFound for a document or version that is not there, Conflict for the newest one.
    """
    head = target.knowledge.document(document_id)
    old = target.knowledge.version(document_id, version)
    if old.version == head.version:
        raise Conflict(f"Version {version} of document {document_id} is the newest.", remedy="Name an older one.")
    again = replace(
        old,
        source=head.source,
        uri=head.uri,
        content_hash=head.content_hash,
        effective_from=head.effective_from,
        effective_until=head.effective_until,
        replaces=None,
    )
    return published(target, replace(stored(target.knowledge, old), document=again))


def revise(target: IngestTarget, changed: Document) -> Revision:
    """Make a new version with the newest one's content, described as `changed` is; it takes that one's place in time.

    Only the fields in `EDITABLE` count; those that differ are kept by later versions. Raises NotFound for a document
    that is not there, InvalidInput for a period that ends before it begins.
    """
    first, last = changed.effective_from or date.min, changed.effective_until or date.max
    if last < first:
        raise InvalidInput("effective_until is before effective_from.", remedy="Swap the two days.")
    head = target.knowledge.document(changed.id)
    edited = tuple(name for name in EDITABLE if name in head.edited or getattr(changed, name) != getattr(head, name))
    described = replace(
        head,
        kind=changed.kind,
        tags=changed.tags,
        effective_from=changed.effective_from,
        effective_until=changed.effective_until,
        metadata=kept_flags(head, changed.metadata),
        replaces=head.version,
        edited=edited,
    )
    return published(target, replace(stored(target.knowledge, head), document=described))


def with_edits(document: Document, known: Document | None) -> Document:
    """Return a document that is ingested again with what an administrator set; dates that the file states win."""
    edited = known.edited if known else ()
    if known is None or not edited:
        return document
    kept = {name: text for name, text in known.metadata.items() if name not in KEYS}
    began = known.effective_from if "effective_from" in edited else None
    ended = known.effective_until if "effective_until" in edited else None
    return replace(
        document,
        kind=known.kind if "kind" in edited else document.kind,
        tags=known.tags if "tags" in edited else document.tags,
        effective_from=document.effective_from or began,
        effective_until=document.effective_until or ended,
        metadata={**document.metadata, **kept} if "metadata" in edited else document.metadata,
        edited=edited,
    )


def published(target: IngestTarget, prepared: Prepared) -> Revision:
    """Write a version that is made from what is stored, then index those that came into force again by it."""
    document = replace(prepared.document, updated_at=now())
    open_index(target)
    writer = Writer(target)
    deque(writer.write([replace(prepared, document=document)]), maxlen=0)
    lost = take_inventory(target, source=document.source, uris=[document.uri], whole=False, suspicious=False).incomplete
    knowledge = target.knowledge
    deque(writer.restore([stored(knowledge, knowledge.version(key, number)) for key, number in lost]), maxlen=0)
    return Revision(knowledge.document(document.id), writer.embedded, writer.reused)
