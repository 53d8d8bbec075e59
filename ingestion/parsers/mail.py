"""A mail as values: headers, body, attachments; read from RFC 5322 text with MIME parts."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message

from engine.errors import InvalidInput
from ingestion.encoding import decode
from ingestion.parsers.mail_headers import MailHeaders, charset_text, header_text, read_headers

__all__ = ["Attachment", "Mail", "MailBody", "looks_like_mail", "read_mail"]

_FIELD = re.compile(rb"[!-9;-~]{1,70}:[ \t\r\n]")
_KNOWN = re.compile(
    rb"^(from|to|cc|subject|date|message-id|received|return-path|mime-version|content-type|delivered-to|reply-to|sender):",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNATURES = {
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "application/pgp-keys",
}
_WRAPPED = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_LOGO = 20_000  # bytes; smaller images inside the text are logos and lines
_DEEPEST = 30


@dataclass(frozen=True, slots=True)
class MailBody:
    """A stretch of text: HTML or plain."""

    text: str
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail; of bodies that say the same, the richest is here."""

    headers: MailHeaders
    bodies: tuple[MailBody, ...]
    attachments: tuple[Attachment, ...] = ()


def looks_like_mail(data: bytes) -> bool:
    """Tell whether this begins with a block of header fields, two known, one of them the sender or a date."""
    head = data.lstrip(b"\xef\xbb\xbf\r\n")[:8192]
    head = head.split(b"\n", 1)[1] if head.startswith(b"From ") and b"\n" in head else head  # mbox
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    if not _FIELD.match(block) or not all(_FIELD.match(line) or line[:1] in b" \t" for line in block.splitlines()[:-1]):
        return False
    known = {name.lower() for name in _KNOWN.findall(block)}
    return len(known) >= 2 and not known.isdisjoint({b"from", b"date", b"received", b"mime-version", b"return-path"})


def read_mail(data: bytes, *, name: str) -> Mail:
    """Read a mail in whatever encoding; InvalidInput, naming it, if it is encrypted."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:64]:
        data = decode(data, name=name).encode("utf-8", "replace")
    message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.compat32)
    found: list[MailBody | Attachment] = list(_parts(message, name, depth=0))
    bodies = tuple(part for part in found if isinstance(part, MailBody) and part.text.strip())
    return Mail(read_headers(message), bodies, tuple(part for part in found if isinstance(part, Attachment)))


def _parts(part: Message, name: str, *, depth: int) -> Iterator[MailBody | Attachment]:
    kind = part.get_content_type()
    if kind == "multipart/encrypted" or (kind in _WRAPPED and "signed" not in str(part.get_param("smime-type") or "")):
        raise InvalidInput(f"{name} is encrypted.", remedy="Decrypt it in the mail program and save it again.")
    inner = part.get_payload()
    children = [child for child in inner if isinstance(child, Message)] if isinstance(inner, list) else []
    if kind == "message/rfc822" and children:
        yield _forwarded(children[0])
    elif isinstance(inner, list):
        groups = [list(_parts(child, name, depth=depth + 1)) for child in children if depth < _DEEPEST]
        for group in _best(groups) if kind == "multipart/alternative" else groups:
            yield from group
    elif kind not in _SIGNATURES:
        yield from _leaf(part, kind)


def _best(groups: list[list[MailBody | Attachment]]) -> list[list[MailBody | Attachment]]:
    """Return one body of those that say the same, HTML first, and all attachments."""
    bodies = [[each for each in group if isinstance(each, MailBody) and _says(each)] for group in groups]
    rich = [group for group in bodies if any(body.is_html for body in group)]
    chosen: list[MailBody | Attachment] = [*next(iter((*rich, *filter(None, bodies))), [])]
    return [chosen, [each for group in groups for each in group if isinstance(each, Attachment)]]


def _says(body: MailBody) -> bool:
    """Tell whether a body has words: some programs send an HTML part that is empty beside a plain one that is not."""
    if not body.is_html or not body.text.strip():
        return bool(body.text.strip())
    from ingestion.parsers.html_tree import flat_text, parse_html

    root = parse_html(body.text)
    return root is not None and bool(flat_text(root).strip())


def _leaf(part: Message, kind: str) -> Iterator[MailBody | Attachment]:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    file_name = header_text(part.get_filename() or "")
    attached = part.get_content_disposition() == "attachment"
    if kind in {"text/plain", "text/html"} and not attached and not (file_name and kind == "text/html"):
        yield MailBody(charset_text(data, part.get_content_charset()) if data else "", is_html=kind == "text/html")
    elif data and not (kind.startswith("image/") and not attached and part.get("Content-ID") and len(data) < _LOGO):
        yield Attachment(file_name or f"attachment{mimetypes.guess_extension(kind) or ''}", data)


def _forwarded(message: Message) -> Attachment:
    subject = read_headers(message).subject
    return Attachment(
        f"{subject[:80] or 'message'}.eml", message.as_bytes(policy=policy.compat32.clone(linesep="\r\n"))
    )
