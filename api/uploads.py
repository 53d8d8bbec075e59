"""Uploaded files as documents to ingest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from fastapi import UploadFile

from engine.errors import InvalidInput
from ingestion.jobs.values import UPLOAD
from ingestion.sources import SourceNotes

__all__ = ["MAX_NAME_CHARS", "UPLOAD", "Uploaded"]

MAX_NAME_CHARS: Final = 500


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file of a multipart request, kept on disk by the server when it is large."""

    uri: str
    size: int
    file: UploadFile
    title: str = ""
    notes: SourceNotes = field(default_factory=SourceNotes)

    @classmethod
    def of(cls, file: UploadFile) -> Uploaded:
        """Take the client's name for the file, without what only means something in the client's file system.

        Raises InvalidInput if nothing is left of it.
        """
        printable = "".join(character for character in file.filename or "" if character.isprintable())
        parts = [part for part in printable.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        uri = "/".join(parts)
        if not 0 < len(uri) <= MAX_NAME_CHARS:
            raise InvalidInput(
                "A file has no usable name.", remedy=f"Send a file name of 1 to {MAX_NAME_CHARS} characters."
            )
        return cls(uri, file.size or 0, file)

    @property
    def name(self) -> str:
        """The uri; its ending tells the format."""
        return self.uri

    def read(self) -> bytes:
        """Return the content."""
        return self.file.file.read()
