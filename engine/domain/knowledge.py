"""What the knowledge base holds: documents, their versions, and the chunks that are searched."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

__all__ = [
    "PAST_KINDS",
    "Block",
    "BlockKind",
    "Chunk",
    "Document",
    "DocumentFilter",
    "DocumentKind",
    "Fingerprint",
    "KnowledgeBase",
    "ParsedDocument",
    "Region",
    "Sibling",
    "Span",
    "StoredText",
    "Tally",
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
    CASE = "case"


PAST_KINDS: Final = frozenset({DocumentKind.TRANSCRIPT, DocumentKind.CASE})
"""What was said and done once, for somebody; it promises nothing to others."""


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
class Region:
    """Where on a page image a stretch of text was read.

    `page` counts from 1. `box` is left, top, right, bottom as shares (0..1) of the upright page's width and height,
    origin at its top left corner. `confidence` is the recogniser's own, 0..1.
    """

    span: Span
    page: int
    box: tuple[float, float, float, float]
    confidence: float


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A file after parsing: the text that is stored, and its structure.

    `blocks` are ordered, do not overlap, and cover everything in `text` but the line breaks between them.
    `metadata` holds what the format says of itself (front matter, HTML meta, document properties), lower-case keys.
    `regions` say where text that was read off images stands, in order of their spans, one a line; `by_ocr` tells
    whether images were read at all, so that other settings of OCR may give another text.
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
    regions: tuple[Region, ...] = ()
    by_ocr: bool = False


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """A named body of knowledge that is searched together; names are unique."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document and its newest version; `effective_until` is the last day it holds (inclusive).

    `container` is the uri of the archive or mail that it came in, empty if it came on its own. `replaces` names the
    version that this one corrects, as if that had never been. `edited` names the fields that an administrator set:
    later versions keep them.
    """

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
    container: str = ""
    replaces: int | None = None
    edited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents to list; an empty field does not restrict, `tags` must all be present.

    `uri_part` stands anywhere in the uri, `name_part` in the title or the uri, in any case of letters; `updated_since`
    is compared with `updated_at`.
    """

    kind: DocumentKind | None = None
    language: str = ""
    tags: tuple[str, ...] = ()
    source: str | None = None
    container: str | None = None
    uri_part: str = ""
    name_part: str = ""
    updated_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many documents there are, and how many chunks their newest versions have."""

    documents: int = 0
    chunks: int = 0


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells texts that are alike.

    Equal texts have equal hashes; texts that share one of the `bands` are worth comparing by their `sketch`.
    """

    text_hash: str
    sketch: bytes = b""
    bands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sibling:
    """A document that is the same page as another one, and its language (BCP 47)."""

    document_id: str
    language: str


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
    `id` is a content hash (document, version, section, text, how often the same text came before): the same version
    always has the same ids, and two versions never share one, so that both can be indexed side by side.
    """

    id: str
    document_id: str
    ordinal: int
    span: Span
    text: str
    section: tuple[str, ...] = ()
    page: int | None = None
    language: str = ""
