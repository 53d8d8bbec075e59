"""Decode the header fields of mail: encoded words, raw bytes in any encoding, addresses, dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from engine.errors import InvalidInput
from ingestion.encoding import decode
from ingestion.normalize import clean_line

__all__ = ["MailHeaders", "charset_text", "header_text", "read_headers"]

_SUPERSETS = {
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "sjis"), "cp932"),
    **dict.fromkeys(("ks_c_5601-1987", "euc-kr", "ks_c_5601"), "cp949"),
    **dict.fromkeys(("big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "latin-1", "us-ascii", "ascii", "default"), "cp1252"),
    **dict.fromkeys(("iso-2022-jp",), "iso2022_jp_ext"),
    **dict.fromkeys(("iso-8859-8-i",), "iso8859-8"),
}
"""Encodings that mail programs write under the name of a part of them."""


@dataclass(frozen=True, slots=True)
class MailHeaders:
    """What a mail says of itself; texts on one line, `date` in ISO 8601 where it can be read, else as it stands."""

    subject: str = ""
    sender: str = ""
    recipients: str = ""
    copies: str = ""
    date: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: str = ""
    language: str = ""
    keywords: str = ""

    @property
    def thread(self) -> str:
        """The id of the mail that began the thread, as far as this one knows."""
        return (self.references.split() or self.in_reply_to.split() or [self.message_id])[0]

    @property
    def fields(self) -> dict[str, object]:
        """The headers as metadata of a document."""
        return {
            "from": self.sender,
            "to": self.recipients,
            "cc": self.copies,
            "date": self.date,
            "message-id": self.message_id,
            "in-reply-to": self.in_reply_to,
            "references": self.references,
            "thread": self.thread,
            "language": self.language,
            "keywords": self.keywords,
        }


def read_headers(message: Message) -> MailHeaders:
    """Return the headers of a message that was parsed with the policy compat32."""
    found: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), []).append(header_text(str(value)))

    def joined(*names: str) -> str:
        return ", ".join(_filled(value for name in names for value in found.get(name, ())))

    def one(name: str) -> str:
        return next(iter(_filled(found.get(name, ()))), "")

    return MailHeaders(
        subject=one("subject"),
        sender=joined("from") or one("sender"),
        recipients=joined("to"),
        copies=joined("cc"),
        date=_iso(one("date")),
        message_id=one("message-id"),
        in_reply_to=one("in-reply-to"),
        references=one("references"),
        language=one("content-language").partition(",")[0],
        keywords=joined("keywords"),
    )


def header_text(raw: str) -> str:
    """Return a header as people read it: encoded words (RFC 2047) decoded, raw bytes by what they look like."""
    try:
        text = raw.encode("ascii", "surrogateescape").decode("ascii")
    except UnicodeDecodeError:
        return clean_line(charset_text(raw.encode("ascii", "surrogateescape"), None))
    except UnicodeEncodeError:  # decoded already
        text = raw
    try:
        parts = decode_header(text)
    except (HeaderParseError, ValueError, LookupError):
        return clean_line(text)
    decoded = "".join(part if isinstance(part, str) else charset_text(part, charset) for part, charset in parts)
    return clean_line(decoded) or clean_line(text)


def charset_text(data: bytes, charset: str | None) -> str:
    """Decode by the charset that a mail states, by a superset of it, or by what the bytes look like; never raises."""
    stated = (charset or "").strip("\"' ").lower()
    declared = _SUPERSETS.get(stated, stated) or None
    try:
        return decode(data, name="mail", declared=declared)
    except InvalidInput:
        return data.decode("utf-8", "replace")


def _iso(date: str) -> str:
    try:
        return parsedate_to_datetime(date).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return date


def _filled(values: Iterable[str]) -> list[str]:
    return [value for value in values if value]
