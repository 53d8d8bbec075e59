"""Write a mail as a document: its own words first, the history it quotes below a heading."""

from __future__ import annotations

from engine.domain.knowledge import ParsedDocument
from engine.languages.detection import ScriptDetector
from ingestion.normalize import has_dirt
from ingestion.parsers.description import DIRT, document
from ingestion.parsers.html_blocks import write_blocks
from ingestion.parsers.html_tree import Element, flat_text, parse_html
from ingestion.parsers.mail import Mail, MailBody
from ingestion.parsers.mail_quotes import history_heading, split_history, take_history
from ingestion.parsers.paragraphs import split_paragraphs, write_paragraphs
from ingestion.parsers.writer import PieceWriter

__all__ = ["mail_document"]


def mail_document(mail: Mail, *, name: str) -> ParsedDocument:
    """Return the mail with its subject as title and sender, recipients, date and thread in the metadata.

    A mail that says nothing but its subject has that as its text. Raises InvalidInput if there is neither.
    """
    own, history = PieceWriter(), PieceWriter()
    for body in mail.bodies:
        _write(body, own, history)
    if not own.pieces and not history.pieces:
        own.paragraph(mail.headers.subject)
    if history.pieces and own.pieces:
        own.heading(history_heading(ScriptDetector().detect("\n".join(piece.text for piece in own.pieces))), 2)
    fields = mail.headers.fields
    attached = ", ".join(attachment.name for attachment in mail.attachments)
    return document(
        [*own.pieces, *history.pieces],
        name=name,
        title=mail.headers.subject,
        fields={**fields, "attachments": attached},
        warnings=(DIRT,) if any(has_dirt(body.text) for body in mail.bodies) else (),
    )


def _write(body: MailBody, own: PieceWriter, history: PieceWriter) -> None:
    if not body.is_html:
        said, quoted = split_history(body.text)
        write_paragraphs(split_paragraphs(said), own)
        write_paragraphs(split_paragraphs(quoted), history)
        return
    root = parse_html(body.text)
    if root is not None:
        _write_html(root, own, history)


def _write_html(root: Element, own: PieceWriter, history: PieceWriter) -> None:
    quoted = take_history(root)
    if flat_text(root).strip():
        write_blocks(root, own)
        for element in quoted:
            write_blocks(element, history)
    else:  # forwarded without a word: then that is what the mail says
        for element in quoted:
            write_blocks(element, own)
