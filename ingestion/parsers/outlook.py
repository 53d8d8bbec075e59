"""A mail as Outlook saves it (.msg), read as the values of any other mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from typing import TYPE_CHECKING, cast

from engine.errors import InvalidInput
from ingestion.normalize import clean_line
from ingestion.parsers.mail import Attachment, Mail, MailBody
from ingestion.parsers.mail_headers import MailHeaders, charset_text
from ingestion.parsers.reading import reading

if TYPE_CHECKING:
    from oxmsg import Message
    from oxmsg.storage import Storage

__all__ = ["read_outlook"]

_REMEDY = "Open it in Outlook and save it again."
_EMBEDDED = "__substg1.0_3701000D"
_ENCRYPTED = (".pgp-encrypted", "smime.p7m")


def read_outlook(data: bytes, *, name: str) -> Mail:
    """Read a mail; InvalidInput, naming it, if it is damaged or encrypted."""
    from oxmsg import Message
    from oxmsg.domain.model import UnrecognizedCodePageError, UnsupportedEncodingError

    with reading(name, "Outlook message", remedy=_REMEDY, also=(UnrecognizedCodePageError, UnsupportedEncodingError)):
        message = Message.load(data)
        files = list(_attachments(message))
        bodies = _bodies(message)
        headers = _headers(message)
    if not bodies and any(file.name.lower().endswith(_ENCRYPTED) for file in files):
        raise InvalidInput(f"{name} is encrypted.", remedy="Decrypt it in Outlook and save it again.")
    return Mail(headers, bodies, tuple(files))


def _headers(message: Message) -> MailHeaders:
    stated = {key.lower(): clean_line(value) for key, value in message.message_headers.items()}
    people = (f"{person.name} <{person.email_address}>" for person in message.recipients)
    sent = message.sent_date
    return MailHeaders(
        subject=clean_line(message.subject or ""),
        sender=clean_line(message.sender or ""),
        recipients=stated.get("to") or clean_line(", ".join(people)),
        copies=stated.get("cc", ""),
        date=sent.isoformat() if sent else stated.get("date", ""),
        message_id=stated.get("message-id", ""),
        in_reply_to=stated.get("in-reply-to", ""),
        references=stated.get("references", ""),
        language=stated.get("content-language", "").partition(",")[0],
        keywords=stated.get("keywords", ""),
    )


def _bodies(message: Message) -> tuple[MailBody, ...]:
    """Return the HTML body, else the plain one."""
    from oxmsg.domain import constants

    encoded = message.properties.binary_prop_value(constants.PID_HTML)
    html = charset_text(encoded, message.properties.body_encoding) if encoded else ""
    html = html or message.properties.str_prop_value(constants.PID_BODY_HTML) or ""
    if html.strip():
        return (MailBody(html, is_html=True),)
    plain = message.body or ""
    return (MailBody(plain),) if plain.strip() else ()


def _attachments(message: Message) -> Iterator[Attachment]:
    for number, attached in enumerate(message.attachments, 1):
        inner = next((each for each in cast("Storage", attached._storage).storages if each.name == _EMBEDDED), None)
        if attached.file_bytes:
            yield Attachment(clean_line(attached.file_name or f"attachment-{number}"), attached.file_bytes)
        elif inner is not None:
            yield _embedded(inner)


def _embedded(storage: Storage) -> Attachment:
    """Return a message inside the message as a mail of its own; its own attachments are not taken out."""
    streams: Mapping[str, bytes] = {
        stream.name.removeprefix("__substg1.0_"): stream.bytes_ for stream in storage.streams
    }

    def text(tag: str) -> str:
        if f"{tag}001F" in streams:
            return streams[f"{tag}001F"].decode("utf-16-le", "replace").rstrip("\0")
        return charset_text(streams.get(f"{tag}001E", b""), None)

    subject = clean_line(text("0037"))
    mail = EmailMessage()
    mail["Subject"], mail["From"] = subject, clean_line(text("0C1A")).replace("@", " at ")
    html = charset_text(streams["10130102"], None) if "10130102" in streams else ""
    mail.set_content(html or text("1000"), subtype="html" if html else "plain")
    return Attachment(f"{subject[:80] or 'message'}.eml", mail.as_bytes())
