"""HTML: the main content, without navigation, banners and forms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion.parsers.description import document
from ingestion.parsers.html_blocks import write_blocks
from ingestion.parsers.html_content import main_content
from ingestion.parsers.html_tree import Element, attribute, flat_text, parse_html
from ingestion.parsers.links import links_field
from ingestion.parsers.text_source import read_text
from ingestion.parsers.writer import PieceWriter

__all__ = ["PARSER", "HtmlParser"]

_START = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S)
_CHARSET = re.compile(rb"""<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*["']?([\w-]+)""", re.I)
_SITE_NAME = re.compile(r"\s+[|–—·»-]\s+|\s*｜\s*")
_TECHNICAL = {"viewport", "robots", "generator", "theme-color", "format-detection", "referrer", "color-scheme"}


@dataclass(frozen=True, slots=True)
class HtmlParser:
    """Parses HTML with lxml, as forgiving as a browser."""

    format: str = "HTML"
    extensions: tuple[str, ...] = (".html", ".htm")

    def recognizes(self, data: bytes) -> bool:
        """Tell whether the content begins like a whole page."""
        return _START.match(data.removeprefix(b"\xef\xbb\xbf")[:4096]) is not None

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the page's main content; its title is the only level-1 heading there, else the page's title."""
        charset = _CHARSET.search(data[:4096])
        source = read_text(data, name=name, declared=charset[1].decode("ascii") if charset else None)
        root = parse_html(source.text)
        if root is None:
            raise InvalidInput(f"{name} has no text.", remedy="Check that the page was saved with its content.")
        fields = _meta(root)
        page_title = _page_title(root)
        writer = PieceWriter()
        contents = main_content(root)
        for content in contents:
            write_blocks(content, writer)
        fields |= links_field(attribute(link, "href") for content in contents for link in content.iter("a"))
        headings = [flat_text(heading) for content in contents for heading in content.iter("h1")]
        title = headings[0] if len(headings) == 1 and headings[0] else page_title
        return document(writer.pieces, name=name, title=title, fields=fields, warnings=source.warnings)


def _meta(root: Element) -> dict[str, object]:
    named = {attribute(meta, "name").lower(): attribute(meta, "content") for meta in root.iter("meta")}
    fields: dict[str, object] = {name: content for name, content in named.items() if name and name not in _TECHNICAL}
    language = attribute(root, "lang") or attribute(root, "{http://www.w3.org/XML/1998/namespace}lang")
    alternates = [attribute(link, "href") for link in root.xpath("//link[@hreflang and @href]")]
    stated = {"language": language, "alternates": " ".join(alternates)}
    return {**fields, **{name: value for name, value in stated.items() if value}}


def _page_title(root: Element) -> str:
    """Return the page's title without the site's name behind it."""
    titles = [" ".join("".join(title.itertext()).split()) for title in root.xpath("//head//title | //body/title")]
    return _SITE_NAME.split(titles[0])[0] if titles else ""


PARSER = HtmlParser()
