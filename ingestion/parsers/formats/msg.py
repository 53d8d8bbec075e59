"""Mail as Outlook saves it; its attachments are documents of their own (see `ingestion.expanding`)."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.containers import Container, ole_kind
from ingestion.parsers.mail_document import mail_document
from ingestion.parsers.outlook import read_outlook

__all__ = ["PARSER", "OutlookParser"]


@dataclass(frozen=True, slots=True)
class OutlookParser:
    """Parses Outlook messages with python-oxmsg."""

    format: str = "Outlook message"
    extensions: tuple[str, ...] = (".msg",)

    def recognizes(self, data: bytes) -> bool:
        """Tell whether a compound file holds a message."""
        return ole_kind(data) is Container.OUTLOOK

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the mail's text; subject, people, date and thread describe it."""
        return mail_document(read_outlook(data, name=name), name=name)


PARSER = OutlookParser()
