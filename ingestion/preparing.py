"""From a file to a document with its chunks, ready to be embedded."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from engine.domain.knowledge import Chunk, Document, DocumentKind, ParsedDocument, Region, stable_id
from engine.ports import KnowledgeRepository
from ingestion.chunking.chunker import CHUNKER_VERSION, ChunkOptions, chunk
from ingestion.language import document_language
from ingestion.ocr.options import OcrOptions
from ingestion.parsing import PARSERS_VERSION
from ingestion.quarantine import KEYS, WARNINGS, flags
from ingestion.search_text import search_text
from ingestion.sources import Readable
from ingestion.target import IngestOptions, IngestTarget

__all__ = ["Prepared", "content_hash", "document_id", "is_current", "is_read_so", "now", "prepare", "stored"]

_BY_OCR = "+"  # stands in the hash of what was read by OCR, before how
_WORD = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that waits for its vectors."""

    document: Document
    text: str
    chunks: tuple[Chunk, ...]
    regions: tuple[Region, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What of its chunks is searched."""
        return tuple(search_text(self.document.title, chunk) for chunk in self.chunks)

    def numbered(self, version: int) -> Prepared:
        """Return it as a version; chunks of different versions have different ids."""
        chunks = (replace(chunk, id=stable_id(chunk.id, str(version))) for chunk in self.chunks)
        return replace(self, document=replace(self.document, version=version), chunks=tuple(chunks))


def document_id(knowledge_base: str, source: str, uri: str) -> str:
    """Return the id of the document that comes from there; it does not depend on its content."""
    return stable_id(knowledge_base, source, uri)


def content_hash(data: bytes, *, title: str, chunking: ChunkOptions, notes: str = "") -> str:
    """Return a hash of all that decides on the document, its text and chunks, but for how images are read.

    `notes` is the key of its notes.
    """
    how = f"{PARSERS_VERSION} {CHUNKER_VERSION} {chunking.max_weight} {chunking.min_weight} {title}{notes}"
    return hashlib.sha256(how.encode("utf-8", "replace") + b"\n" + data).hexdigest()


def is_current(known: str, hashed: str, ocr: OcrOptions) -> bool:
    """Tell whether a document of the hash `known` is what a file of that content hash would give now."""
    return known.partition(_BY_OCR)[0] == hashed and is_read_so(known, ocr)


def is_read_so(known: str, ocr: OcrOptions) -> bool:
    """Tell whether a document of that hash holds nothing that was read by OCR in another way than `ocr`."""
    _, by_ocr, key = known.partition(_BY_OCR)
    return not by_ocr or key == ocr.key


def now() -> str:
    """Return the time as documents keep it: ISO 8601 in UTC, to the second, so that it can be compared as text."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def stored(knowledge: KnowledgeRepository, document: Document) -> Prepared:
    """Return a version as it is in the repository."""
    key, version = document.id, document.version
    text = knowledge.stored_text(key, version).text
    return Prepared(document, text, knowledge.chunks(key, version), knowledge.regions(key, version))


def prepare(file: Readable, data: bytes, *, source: str, target: IngestTarget, options: IngestOptions) -> Prepared:
    """Parse and chunk a file; the version is left at 0, to be set when it is written.

    Raises InvalidInput if it cannot be parsed.
    """
    parsed = file.notes.applied(options.parse(data, name=file.name, limits=options.limits))
    title = file.title or parsed.title
    language = document_language(parsed, file.uri, target.detector)
    key = document_id(target.knowledge_base, source, file.uri)
    chunks = chunk(parsed, document_id=key, language=language, options=options.chunking)
    said = flags(parsed.text, chunks)
    warnings = " ".join(filter(None, (*parsed.warnings, said.pop(WARNINGS, ""))))
    described = {name: value for name, value in parsed.metadata.items() if name not in KEYS}
    hashed = content_hash(data, title=file.title, chunking=options.chunking, notes=file.notes.key)
    document = Document(
        id=key,
        knowledge_base=target.knowledge_base,
        source=source,
        uri=file.uri,
        title=title,
        kind=_kind(parsed, file.uri),
        language=language,
        version=0,
        content_hash=f"{hashed}{_BY_OCR}{options.limits.ocr.key}" if parsed.by_ocr else hashed,
        tags=parsed.tags,
        effective_from=parsed.effective_from,
        effective_until=parsed.effective_until,
        metadata={**described, **said, **({WARNINGS: warnings} if warnings else {})},
        chunk_count=len(chunks),
        updated_at=now(),
    )
    return Prepared(document, parsed.text, chunks, parsed.regions)


def _kind(parsed: ParsedDocument, uri: str) -> DocumentKind:
    """Return the kind that the document states, else the one its file name contains, such as "returns-policy.html"."""
    words = set(_WORD.findall(PurePosixPath(uri).stem.lower()))
    named = (kind for kind in DocumentKind if kind.value in words)
    return parsed.kind or next(named, DocumentKind.PAGE)
