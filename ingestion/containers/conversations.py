"""The conversations of an export as files, and their cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingestion.containers.entry_names import safe_name, unique
from ingestion.parsers.description import stem
from ingestion.sources.values import MemoryFile, Readable
from ingestion.transcripts.canonical import CASE_ENDING, TRANSCRIPT_ENDING, CaseFile, TranscriptFile
from ingestion.transcripts.cases import case_of
from ingestion.transcripts.conversation import Conversation
from ingestion.transcripts.scrubbing import scrubbed

__all__ = ["conversation_files"]


def conversation_files(file: Readable, conversations: Sequence[Conversation]) -> Iterator[MemoryFile]:
    """Yield each conversation, scrubbed, in canonical form, followed by its case if there is one.

    A single conversation keeps the file's uri; of several, each is named by its id or number below it.
    """
    taken: set[str] = set()
    notes = replace(file.notes, kind=None, title="")  # what they are is known
    for number, conversation in enumerate(conversations, 1):
        clear = scrubbed(conversation)
        below = unique(safe_name(clear.id.replace("/", "_")) if clear.id else str(number), taken)
        uri = file.uri if len(conversations) == 1 else f"{file.uri}/{below}"
        found = case_of(clear)
        clear = replace(clear, title=clear.title or (found.title if found and len(conversations) > 1 else stem(uri)))
        case = f"{uri}#case" if found else ""
        yield MemoryFile(uri, TranscriptFile(clear, case).encode(), extension=TRANSCRIPT_ENDING, notes=notes)
        if found:
            yield MemoryFile(case, CaseFile(found, uri).encode(), extension=CASE_ENDING, notes=notes)
