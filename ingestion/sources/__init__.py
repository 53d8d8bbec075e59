"""Where documents come from: files, folders, memory, the web, object storage."""

from ingestion.sources.folder import open_source
from ingestion.sources.values import Around, MemoryFile, Noted, Readable, Source, SourceFile, SourceNotes, Unavailable

__all__ = [
    "Around",
    "MemoryFile",
    "Noted",
    "Readable",
    "Source",
    "SourceFile",
    "SourceNotes",
    "Unavailable",
    "open_source",
]
