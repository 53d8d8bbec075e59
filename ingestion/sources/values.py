"""What every source hands over: documents to read, and what is known of them beside their content."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NoReturn, Protocol

from engine.domain.knowledge import DocumentKind, ParsedDocument
from engine.errors import InvalidInput

__all__ = ["Around", "MemoryFile", "Noted", "Readable", "Source", "SourceFile", "SourceNotes", "Unavailable"]


@dataclass(frozen=True, slots=True)
class SourceNotes:
    """What whoever brings a document says of it; it wins over what the document says, tags are united.

    `effective_until` is the last day the document holds (inclusive).
    """

    kind: DocumentKind | None = None
    tags: tuple[str, ...] = ()
    effective_from: date | None = None
    effective_until: date | None = None
    title: str = ""

    @property
    def key(self) -> str:
        """All of it in one line, to be hashed; empty if nothing is said, whatever fields may come later."""
        if not any((self.kind, self.tags, self.effective_from, self.effective_until)):
            return ""  # the title is hashed with the document's
        return repr((str(self.kind or ""), self.tags, *map(str, (self.effective_from, self.effective_until))))

    def applied(self, parsed: ParsedDocument) -> ParsedDocument:
        """Return the document as it is with these notes; the title is left to the readable that carries them."""
        return replace(
            parsed,
            kind=self.kind or parsed.kind,
            tags=tuple(dict.fromkeys((*self.tags, *parsed.tags))),
            effective_from=self.effective_from or parsed.effective_from,
            effective_until=self.effective_until or parsed.effective_until,
        )


class Readable(Protocol):
    """A document to ingest."""

    @property
    def uri(self) -> str:
        """Name within the source, with "/" between its parts."""
        ...

    @property
    def name(self) -> str:
        """File name; its ending tells the format where the content does not."""
        ...

    @property
    def size(self) -> int:
        """Length in bytes. Finding it out may fetch the document: raises InvalidInput as `read` does."""
        ...

    @property
    def title(self) -> str:
        """Title to use instead of the one in the document; empty for none."""
        ...

    @property
    def notes(self) -> SourceNotes:
        """What is known of the document beside its content."""
        ...

    def read(self) -> bytes:
        """Return the content, or raise InvalidInput."""
        ...


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file on disk."""

    uri: str
    path: Path
    size: int
    title: str = ""
    notes: SourceNotes = SourceNotes()

    @property
    def name(self) -> str:
        """The uri."""
        return self.uri

    def read(self) -> bytes:
        """Return the file's bytes; InvalidInput if that is not allowed or it is gone."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise InvalidInput(f"{self.uri} cannot be read: {reason}.", remedy="Check the file.") from error


@dataclass(frozen=True, slots=True)
class MemoryFile:
    """A document in memory. `extension` tells the format where `uri` has no such ending, as ".txt" does."""

    uri: str
    data: bytes
    title: str = ""
    extension: str = ""
    notes: SourceNotes = SourceNotes()

    @property
    def name(self) -> str:
        """The uri with the extension behind it."""
        return self.uri + self.extension

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self.data)

    def read(self) -> bytes:
        """Return the content."""
        return self.data


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A document that is known to be there and cannot be had; it ends as a failure with that reason."""

    uri: str
    error: str
    remedy: str
    title: str = ""
    notes: SourceNotes = SourceNotes()

    @property
    def name(self) -> str:
        """The uri."""
        return self.uri

    @property
    def size(self) -> int:
        """Raise InvalidInput with the reason."""
        self.read()

    def read(self) -> NoReturn:
        """Raise InvalidInput with the reason."""
        raise InvalidInput(self.error, remedy=self.remedy)


class Around:
    """A document whose uri, name, size, title and content are those of `file`, save what a subclass says otherwise."""

    file: Readable

    @property
    def uri(self) -> str:
        """That of the document."""
        return self.file.uri

    @property
    def name(self) -> str:
        """That of the document."""
        return self.file.name

    @property
    def size(self) -> int:
        """That of the document."""
        return self.file.size

    @property
    def title(self) -> str:
        """That of the document."""
        return self.file.title

    def read(self) -> bytes:
        """Return the document's content."""
        return self.file.read()


@dataclass(frozen=True)
class Noted(Around):
    """A document with the notes of whoever brings it, in place of those that it has."""

    file: Readable
    notes: SourceNotes

    @property
    def title(self) -> str:
        """The noted title, else that of the document."""
        return self.notes.title or self.file.title


@dataclass(frozen=True, slots=True)
class Source:
    """Documents that belong together. `name` identifies the source; `complete` tells that these are all there are.

    A single file belongs to the source of its folder, so that it can be ingested again alone.
    """

    name: str
    files: tuple[Readable, ...]
    complete: bool

    def noted(self, notes: SourceNotes) -> Source:
        """Return the same with `notes` on every document."""
        if notes == SourceNotes():
            return self
        return replace(self, files=tuple(Noted(file, notes) for file in self.files))
