"""Mails for tests."""

from __future__ import annotations

from email.message import EmailMessage

from engine.domain.knowledge import ParsedDocument
from ingestion.parsing import parse

__all__ = ["HEAD", "html", "letter", "parsed", "plain"]

HEAD = "From: Mia Wong <mia@example.com>\nTo: desk@example.com\nDate: Fri, 6 Mar 2026 10:00:00 +0800\n"


def plain(body: str, *, head: str = "", subject: str = "Lid") -> bytes:
    return f"{HEAD}Subject: {subject}\n{head}\n{body}".encode()


def parsed(data: bytes) -> ParsedDocument:
    return parse(data, name="a.eml")


def html(body: str) -> bytes:
    return f"{HEAD}Subject: S\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{body}".encode()


def letter(**parts: tuple[str, str]) -> EmailMessage:
    """Return a message with a plain body and attachments by name: (text, kind)."""
    message = EmailMessage()
    message["From"], message["Subject"] = "mia@example.com", "S"
    message.set_content("body")
    for name, (text, kind) in parts.items():
        message.add_attachment(text.encode(), maintype=kind.split("/")[0], subtype=kind.split("/")[1], filename=name)
    return message
