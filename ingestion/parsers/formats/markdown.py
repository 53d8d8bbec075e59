"""Markdown with YAML front matter: CommonMark with tables, and the HTML that people put into it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.domain.knowledge import ParsedDocument
from ingestion.normalize import HARD_BREAK, reflow
from ingestion.parsers.description import document
from ingestion.parsers.front_matter import split_front_matter
from ingestion.parsers.html_blocks import write_blocks
from ingestion.parsers.html_tree import is_html_tag, parse_html
from ingestion.parsers.links import links_field
from ingestion.parsers.tables import Table
from ingestion.parsers.text_source import read_text
from ingestion.parsers.writer import PieceWriter

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["PARSER", "MarkdownParser"]

_TAG_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
# Directives of documentation systems: embedded videos and includes, and the label of a note.
_DIRECTIVES = re.compile(
    r"\[!(?:VIDEO|INCLUDE|IMAGE|DIV)\b[^\]]*\](?:\([^)]*\))?|\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]"
)
# Marks of strong text that CommonMark does not recognize between CJK characters and punctuation, as in "[编辑]**的".
_STRAY = re.compile(r"(?<!\w)\*\*|\*\*(?!\w)")


@dataclass(frozen=True, slots=True)
class MarkdownParser:
    """Parses Markdown with markdown-it-py."""

    format: str = "Markdown"
    extensions: tuple[str, ...] = (".md", ".markdown")

    def recognizes(self, data: bytes) -> bool:  # noqa: ARG002
        """Return False: any text is Markdown, so the name decides."""
        return False

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text without markup; front matter becomes the document's description."""
        source = read_text(data, name=name)
        matter = split_front_matter(source.text)
        writer = PieceWriter()
        tokens = _markdown().parse(matter.body)
        _write(tokens, writer)
        fields = {**matter.fields, **links_field(_links(tokens))}
        return document(writer.pieces, name=name, fields=fields, warnings=(*source.warnings, *matter.warnings))


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])


def _write(tokens: Sequence[Token], writer: PieceWriter) -> None:
    tokens_left = iter(tokens)
    heading = 0
    for token in tokens_left:
        if token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "inline" and heading:
            writer.heading(_inline(token), heading)
            heading = 0
        elif token.type == "inline":
            writer.paragraph(_inline(token))
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            writer.open_list(int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            writer.close_list()
        elif token.type == "list_item_open":
            writer.open_item()
        elif token.type == "table_open":
            writer.table(_table(tokens_left))
        elif token.type in {"fence", "code_block"}:
            writer.code(token.content)
        elif token.type == "html_block":
            _write_html(token.content, writer)


def _links(tokens: Sequence[Token]) -> Iterator[str]:
    for child in (child for token in tokens for child in token.children or ()):
        if child.type == "link_open":
            yield str(child.attrs.get("href", ""))


def _inline(token: Token) -> str:
    return reflow(_DIRECTIVES.sub("", "".join(_inline_parts(token.children or ()))))


def _inline_parts(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.type == "softbreak":
            yield "\n"
        elif child.type == "hardbreak":
            yield HARD_BREAK
        elif child.type == "image":
            yield "".join(_inline_parts(child.children or ()))
        elif child.type == "html_inline":
            yield _tag_text(child.content)
        elif child.type == "text":
            yield _STRAY.sub("", child.content)
        else:
            yield child.content


def _tag_text(tag: str) -> str:
    """Return what a tag shows: nothing, a line break, or itself if it is a placeholder such as <mailbox>."""
    name = _TAG_NAME.match(tag)
    if name is None:
        return ""
    if name[1].lower() == "br":
        return HARD_BREAK
    return "" if is_html_tag(name[1].lower()) else tag


def _table(tokens: Iterator[Token]) -> Table:
    rows: list[tuple[str, ...]] = []
    cells: list[str] = []
    for token in tokens:
        if token.type == "inline":
            cells.append(_inline(token).replace("\n", " "))
        elif token.type == "tr_close":
            rows.append(tuple(cells))
            cells = []
        elif token.type == "table_close":
            break
    return Table(rows[0], tuple(rows[1:]))


def _write_html(fragment: str, writer: PieceWriter) -> None:
    root = parse_html(fragment)
    if root is not None:
        write_blocks(root, writer)


PARSER = MarkdownParser()
