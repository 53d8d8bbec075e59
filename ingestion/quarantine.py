"""Flag the passages of a document that speak to the model instead of the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.domain.knowledge import Chunk, Document, Span
from engine.guard.injection import Injection, find_injections

__all__ = ["KEYS", "QUARANTINE", "RELEASED", "WARNINGS", "flags", "is_quarantined", "kept_flags", "reflagged"]

QUARANTINE = "quarantine"
"""Key of a document's metadata: spans of the stored text, such as "120-210 300-340", or `RELEASED`."""

RELEASED = "released"
WARNINGS = "warnings"
KEYS = (QUARANTINE, WARNINGS)
"""What ingestion itself says of a document, whatever the file or an administrator says under these names."""


def flags(text: str, chunks: Sequence[Chunk]) -> dict[str, str]:
    """Return what the metadata say of suspicious sentences: where they stand, and a warning that names the sections.

    Empty if there are none. The warning does not repeat what they say.
    """
    found = find_injections(text)
    if not found:
        return {}
    kinds = ", ".join(sorted({each.kind.value for each in found}))
    sections = dict.fromkeys(_section(each, chunks) for each in found)
    where = "; ".join(name for name in sections if name) or "its text"
    many = f"{len(found)} sentences speak" if len(found) > 1 else "A sentence speaks"
    warning = f"{many} to a language model, not to readers ({kinds}), in: {where}. Answers leave that out."
    return {QUARANTINE: " ".join(f"{each.span.start}-{each.span.end}" for each in found), WARNINGS: warning}


def is_quarantined(document: Document, chunk: Chunk) -> bool:
    """Tell whether a passage of the document is flagged."""
    return any(span.start < chunk.span.end and chunk.span.start < span.end for span in _spans(document))


def kept_flags(head: Document, metadata: Mapping[str, str]) -> dict[str, str]:
    """Return new metadata with what ingestion said of the version `head`; only `RELEASED` may take a flag's place."""
    ours = {name: head.metadata[name] for name in KEYS if name in head.metadata}
    if QUARANTINE in ours and metadata.get(QUARANTINE) == RELEASED:
        ours[QUARANTINE] = RELEASED
    return {**{name: value for name, value in metadata.items() if name not in KEYS}, **ours}


def reflagged(head: Document, text: str, chunks: Sequence[Chunk]) -> dict[str, str]:
    """Return the metadata of a document whose text was changed by hand; what was released stays so."""
    said, released = flags(text, chunks), head.metadata.get(QUARANTINE) == RELEASED
    kept = {name: value for name, value in head.metadata.items() if name != QUARANTINE}
    if QUARANTINE in said and released:
        return {**kept, QUARANTINE: RELEASED}
    return {**kept, **said}


def _section(found: Injection, chunks: Sequence[Chunk]) -> str:
    held = (chunk for chunk in chunks if chunk.span.start < found.span.end and found.span.start < chunk.span.end)
    return next((" > ".join(chunk.section) for chunk in held), "")


def _spans(document: Document) -> list[Span]:
    written = document.metadata.get(QUARANTINE, "")
    if not written or written == RELEASED:
        return []
    return [Span(*map(int, each.split("-"))) for each in written.split()]
