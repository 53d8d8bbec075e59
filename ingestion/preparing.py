"""From a file to a document with its chunks, ready to be embedded."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

from engine.domain.knowledge import Chunk, Document, DocumentKind, ParsedDocument, stable_id
from ingestion.chunking.chunker import CHUNKER_VERSION, ChunkOptions, chunk
from ingestion.language import document_language
from ingestion.parsing import PARSERS_VERSION, parse
from ingestion.search_text import search_text
from ingestion.sources import Readable
from ingestion.target import IngestOptions, IngestTarget

__all__ = ["Prepared", "content_hash", "document_id", "prepare"]

_WORD = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that waits for its vectors; `texts` are what of its chunks is searched."""

    document: Document
    text: str
    chunks: tuple[Chunk, ...]
    texts: tuple[str, ...]


def document_id(knowledge_base: str, source: str, uri: str) -> str:
    """Return the id of the document that comes from there; it does not depend on its content."""
    return stable_id(knowledge_base, source, uri)


def content_hash(data: bytes, *, title: str, chunking: ChunkOptions) -> str:
    """Return a hash of all that decides on the document's text and chunks."""
    how = f"{PARSERS_VERSION} {CHUNKER_VERSION} {chunking.max_weight} {chunking.min_weight} {title}"
    return hashlib.sha256(how.encode("utf-8", "replace") + b"\n" + data).hexdigest()


def prepare(file: Readable, data: bytes, *, source: str, target: IngestTarget, options: IngestOptions) -> Prepared:
    """Parse and chunk a file; the version is left at 0, to be set when it is written.

    Raises InvalidInput if it cannot be parsed.
    """
    parsed = parse(data, name=file.name, limits=options.limits)
    title = file.title or parsed.title
    language = document_language(parsed, file.uri, target.detector)
    key = document_id(target.knowledge_base, source, file.uri)
    chunks = chunk(parsed, document_id=key, language=language, options=options.chunking)
    warnings = {"warnings": " ".join(parsed.warnings)} if parsed.warnings else {}
    document = Document(
        id=key,
        knowledge_base=target.knowledge_base,
        source=source,
        uri=file.uri,
        title=title,
        kind=_kind(parsed, file.uri),
        language=language,
        version=0,
        content_hash=content_hash(data, title=file.title, chunking=options.chunking),
        tags=parsed.tags,
        effective_from=parsed.effective_from,
        effective_until=parsed.effective_until,
        metadata={**parsed.metadata, **warnings},
        chunk_count=len(chunks),
        updated_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return Prepared(document, parsed.text, chunks, tuple(search_text(title, each) for each in chunks))


def _kind(parsed: ParsedDocument, uri: str) -> DocumentKind:
    """Return the kind that the document states, else the one its file name contains, such as "returns-policy.html"."""
    words = set(_WORD.findall(PurePosixPath(uri).stem.lower()))
    named = (kind for kind in DocumentKind if kind.value in words)
    return parsed.kind or next(named, DocumentKind.PAGE)
