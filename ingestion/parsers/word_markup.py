"""Make the markup of a Word document plain, so that no text in it is overlooked."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["flattened"]

_WRAPPERS = ("w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdt", "w:sdtContent")
_DROPPED = ("w:del", "w:moveFrom", "w:sdtPr", "w:sdtEndPr", "w:customXmlPr", "w:smartTagPr")


def flattened(word: WordDocument) -> bytes:
    """Return the document with tracked changes accepted, content controls opened, generated contents lists removed.

    Readers of paragraphs and runs see only direct children and would miss what these wrap.
    """
    body = word.element.body
    for contents in body.xpath(".//w:sdt[w:sdtPr/w:docPartObj/w:docPartGallery[@w:val='Table of Contents']]"):
        contents.getparent().remove(contents)
    for name in _DROPPED:
        for element in body.xpath(f".//{name}[not(ancestor::w:rPr)]"):
            element.getparent().remove(element)
    for name in _WRAPPERS:
        for element in body.xpath(f".//{name}[not(ancestor::w:rPr)]"):
            _unwrap(element)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    at = parent.index(element)
    parent[at : at + 1] = list(element)
