"""The attachments of a mail as files."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import InvalidInput
from ingestion.containers.entry_names import safe_name, unique
from ingestion.containers.limits import Budget
from ingestion.parsers.containers import Container, ole_kind
from ingestion.parsers.mail import looks_like_mail, read_mail
from ingestion.parsers.outlook import read_outlook
from ingestion.parsers.reading import reading
from ingestion.sources.values import MemoryFile, Readable, Unavailable

__all__ = ["attachments_of", "is_mail"]


def is_mail(data: bytes, *, name: str) -> bool:
    """Tell whether a file is mail, of either format."""
    return name.lower().endswith(".eml") or ole_kind(data) is Container.OUTLOOK or looks_like_mail(data)


def attachments_of(data: bytes, file: Readable, *, budget: Budget, depth: int) -> Iterator[Readable]:
    """Yield the attachments, in order; what is too much is Unavailable, with the reason.

    A mail that cannot be read yields none: its parser says why.
    """
    outlook = ole_kind(data) is Container.OUTLOOK
    try:
        with reading(file.uri, "e-mail", remedy=""):
            mail = read_outlook(data, name=file.uri) if outlook else read_mail(data, name=file.uri)
    except InvalidInput:
        return
    budget.enter(file.uri, entries=len(mail.attachments), depth=depth if mail.attachments else 0)
    taken: set[str] = set()
    for attachment in mail.attachments:
        uri = f"{file.uri}/{unique(safe_name(attachment.name.replace('/', '_')), taken)}"
        try:
            budget.take(uri, size=len(attachment.data), packed=len(attachment.data))
        except InvalidInput as error:
            yield Unavailable(uri, error.message, error.remedy, notes=file.notes)
        else:
            yield MemoryFile(uri, attachment.data, notes=file.notes)
