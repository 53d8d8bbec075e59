"""What the knowledge base holds: documents, their versions, and the chunks that are searched."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

__all__ = [
    "Block",
    "BlockKind",
    "Chunk",
    "Document",
    "DocumentKind",
    "KnowledgeBase",
    "ParsedDocument",
    "Span",
    "StoredText",
    "stable_id",
]


def stable_id(*parts: str) -> str:
    """Return a UUID-shaped id that depends on `parts` alone: the first 128 bits of their SHA-256.

    Parts are length-prefixed, so that ("ab", "c") and ("a", "bc") differ. UUID-shaped, because Qdrant takes
    unsigned integers or UUIDs as point ids.
    """
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    digest = hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"


class DocumentKind(StrEnum):
    """What sort of knowledge a document is; answers present each kind in its own way."""

    PAGE = "page"
    MANUAL = "manual"
    POLICY = "policy"
    FAQ = "faq"
    TRANSCRIPT = "transcript"


class BlockKind(StrEnum):
    """Structural role of a stretch of parsed text."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of character offsets (Unicode code points) into a document version's stored text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters of `text` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Block:
    """One structural unit of a parsed document.

    `level` is 1-6 for headings and the nesting depth (0 for the outermost) for list items. `page` counts from 1
    and is None where the format has no pages.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A file after parsing: the text that is stored, and its structure.

    `blocks` are ordered, do not overlap, and cover everything in `text` but the line breaks between them.
    `metadata` holds what the format says of itself (front matter, HTML meta, document properties), lower-case keys.
    """

    title: str
    text: str
    blocks: tuple[Block, ...]
    metadata: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    language: str | None = None
    kind: DocumentKind | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """A named body of knowledge that is searched together; names are unique."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document and its current version; `effective_until` is the last day it holds (inclusive)."""

    id: str
    knowledge_base: str
    source: str
    uri: str
    title: str
    kind: DocumentKind
    language: str
    version: int
    content_hash: str
    tags: tuple[str, ...] = ()
    effective_from: date | None = None
    effective_until: date | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    chunk_count: int = 0
    updated_at: str = ""


@dataclass(frozen=True, slots=True)
class StoredText:
    """The text of one version of a document, to which all spans refer."""

    document_id: str
    version: int
    text: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """A searchable passage of a document version.

    `text` is exactly the stored text at `span`. `section` is the path of headings above it, outermost first.
    `id` is a content hash (document, section, text, how often the same text came before), so that the same
    content always has the same id.
    """

    id: str
    document_id: str
    ordinal: int
    span: Span
    text: str
    section: tuple[str, ...] = ()
    page: int | None = None
    language: str = ""
