"""Mail as RFC 5322 text with MIME parts; its attachments are documents of their own (see `ingestion.expanding`)."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.mail import looks_like_mail, read_mail
from ingestion.parsers.mail_document import mail_document
from ingestion.parsers.reading import reading

__all__ = ["PARSER", "MailParser"]


@dataclass(frozen=True, slots=True)
class MailParser:
    """Parses mail."""

    format: str = "e-mail"
    extensions: tuple[str, ...] = (".eml",)

    def recognizes(self, data: bytes) -> bool:
        """Tell whether the content begins with header fields of mail."""
        return looks_like_mail(data)

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the mail's text; subject, people, date and thread describe it."""
        with reading(name, "e-mail", remedy="Save it again in the mail program, as .eml."):
            mail = read_mail(data, name=name)
        return mail_document(mail, name=name)


PARSER = MailParser()
