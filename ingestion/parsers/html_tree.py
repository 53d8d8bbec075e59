"""HTML as a tree of lxml elements, and the text of parts of it."""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree, html  # type: ignore[import-untyped]

from ingestion.normalize import HARD_BREAK, reflow

__all__ = ["BLOCK_TAGS", "SILENT_TAGS", "Element", "attribute", "flat_text", "is_html_tag", "parse_html", "tag_of"]

Element: TypeAlias = etree._Element

SILENT_TAGS = frozenset(
    {
        *("script", "style", "noscript", "template", "head", "title", "link", "meta", "base", "svg", "math"),
        *("canvas", "iframe", "object", "embed", "audio", "video", "map", "button", "input", "select"),
        *("textarea", "option", "optgroup", "datalist", "dialog", "rt", "rp"),
    }
)
"""Elements whose content is not text to read."""

BLOCK_TAGS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p"),
        *("pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    }
)
"""Elements that begin and end on a line of their own."""


# What XML does not allow: lxml reads it, and raises when such text is moved.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]|"
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])(?!\d)|x0*(?:[0-8be]|1[\da-f]|fff[ef])(?![\da-f]));?",
    re.IGNORECASE,
)


def parse_html(text: str) -> Element | None:
    """Return the root element, or None if there is none; control characters go, lone surrogates are replaced."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    clean = _FORBIDDEN.sub("", text.replace("\x0c", " "))
    try:
        return html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing but white space and comments
        return None


def tag_of(element: Element) -> str:
    """Return the element's name in lower case; empty for what is not an element."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute's value, stripped; empty if it is not there."""
    return str(element.get(name) or "").strip()


def flat_text(element: Element) -> str:
    """Return all text of an element on one line: blocks and line breaks apart, inline elements not."""
    parts: list[str] = []
    silent = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        tag = tag_of(node)
        starts = event == "start"
        silent += (tag in SILENT_TAGS) * (1 if starts else -1)
        words = node.text if starts else node.tail if node is not element else ""
        parts += (HARD_BREAK if tag in BLOCK_TAGS or tag == "br" else "", "" if silent else words or "")
        if starts and tag == "img" and not silent:
            parts.append(attribute(node, "alt"))
    return reflow("".join(parts)).replace("\n", " ")


def is_html_tag(name: str) -> bool:
    """Tell whether HTML knows an element of this lower-case name."""
    return name in html.defs.tags
