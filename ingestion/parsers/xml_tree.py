"""Parse XML without reaching out for anything, and without being made to swell."""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from engine.errors import InvalidInput

__all__ = ["XmlElement", "local_name", "parse_xml"]

XmlElement: TypeAlias = etree._Element

LARGEST_TREE = 60_000_000
"""Bytes of XML; the tree of more would not fit into the memory that one file is given."""


def parse_xml(data: bytes, *, name: str, forgiving: bool = False) -> XmlElement:
    """Return the root element; entities that the file defines are filled in, those from elsewhere never.

    With `forgiving`, markup that is not well-formed is read as far as it makes sense. Raises InvalidInput, naming the
    file, for XML that is broken, too large, or grows without measure when its entities are filled in.
    """
    if len(data) > LARGEST_TREE:
        raise InvalidInput(f"{name} has {len(data) / 1e6:,.0f} MB of XML.", remedy="Split it into smaller files.")
    parser = etree.XMLParser(
        resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, recover=forgiving,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError as error:
        if _is_bomb(error):
            raise _bomb(name) from error
        raise InvalidInput(f"{name} is not well-formed XML.", remedy="Export it again, complete.") from error
    if forgiving and any(map(_is_bomb, parser.error_log)):
        raise _bomb(name)
    if root is None:
        raise InvalidInput(f"{name} has no elements.", remedy="Check that it is the right file.")
    return root


def local_name(element: XmlElement) -> str:
    """Return the element's name without its namespace; empty for what is not an element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _is_bomb(error: object) -> bool:
    text = str(getattr(error, "msg", "") or getattr(error, "message", "") or error).lower()
    return "amplification" in text or "entity loop" in text or "entity reference loop" in text


def _bomb(name: str) -> InvalidInput:
    return InvalidInput(
        f"{name} defines entities that grow without measure.",
        remedy="If you did not make it yourself, do not trust it; else write the text out and save it again.",
    )
