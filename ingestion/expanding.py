"""Take files apart that hold others: archives, mail with attachments, exports of conversations.

A parent and what comes out of it are tied by their uris alone. Entries of an archive and attachments of a mail are
"<parent>/<name>"; conversations of an export that holds several are "<parent>/<id>"; the case of a conversation is
"<transcript>#case". An archive and an export of several conversations are no documents themselves; a mail, and a file
with one conversation, keep their own uri. So what a parent left behind is the document with its uri, with its uri and
"#case", and those whose uri begins with its uri and "/": when it changes or goes, what it no longer yields goes too.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import InvalidInput
from ingestion.containers.archives import archive_entries
from ingestion.containers.conversations import conversation_files
from ingestion.containers.limits import Budget, ExpandLimits
from ingestion.containers.mail import attachments_of, is_mail
from ingestion.parsers.containers import Container, zip_kind
from ingestion.sources.values import Readable, Unavailable
from ingestion.transcripts.reading import conversations_in

__all__ = ["ExpandLimits", "expand"]


def expand(file: Readable, *, limits: ExpandLimits | None = None) -> Iterator[Readable]:
    """Yield what is to be ingested of a file, in a fixed order: itself, or what it holds, however deep.

    What cannot be had is an Unavailable with the reason, and the rest goes on; nothing is raised. Transcripts come
    scrubbed of personal data, in their canonical form, each followed by its case if it is resolved. Entries of
    archives are unpacked when they are read; take them one by one, so that one at a time is in memory.
    """
    return _expanded(file, Budget(limits or ExpandLimits()), depth=0)


def _expanded(file: Readable, budget: Budget, *, depth: int) -> Iterator[Readable]:
    try:
        if file.size > budget.limits.max_total_mb * 1e6:
            yield file  # too large to look into: the pipeline says so
        else:
            yield from _children(file, file.read(), budget, depth=depth)
    except InvalidInput as error:
        yield Unavailable(file.uri, error.message, error.remedy, title=file.title, notes=file.notes)


def _children(file: Readable, data: bytes, budget: Budget, *, depth: int) -> Iterator[Readable]:
    if zip_kind(data) is Container.ARCHIVE:
        for entry in archive_entries(data, file, budget=budget, depth=depth + 1):
            yield from _expanded(entry, budget, depth=depth + 1)
    elif is_mail(data, name=file.name):
        yield file
        for attachment in attachments_of(data, file, budget=budget, depth=depth + 1):
            yield from _expanded(attachment, budget, depth=depth + 1)
    elif found := conversations_in(data, name=file.name):
        budget.enter(file.uri, entries=len(found), depth=depth)
        yield from conversation_files(file, found)
    else:
        yield file
