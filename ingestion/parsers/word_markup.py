"""Make the markup of a Word document plain, so that no text in it is overlooked."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from ingestion.parsers.word_math import formula_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["flattened"]

_WRAPPERS = ("w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdt", "w:sdtContent")
_DROPPED = ("w:del", "w:moveFrom", "w:sdtPr", "w:sdtEndPr", "w:customXmlPr", "w:smartTagPr")


def flattened(word: WordDocument) -> bytes:
    """Return the document with tracked changes accepted, content controls and text boxes opened, formulas as text.

    Readers of paragraphs and runs see only direct children and would miss what these wrap. Generated lists of
    contents are removed.
    """
    body = word.element.body
    for formula in body.xpath(".//m:oMath"):
        _replace_formula(formula)
    _open_text_boxes(body)
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


def _open_text_boxes(body: Any) -> None:
    """Put what stands in text boxes behind the paragraphs that they are anchored to."""
    for fallback in body.xpath(".//*[local-name()='Fallback' and .//w:txbxContent]"):
        fallback.getparent().remove(fallback)  # the same again, for older programs
    for box in body.xpath(".//w:txbxContent"):
        anchor = next((each for each in box.iterancestors() if each.tag.endswith("}p")), None)
        if anchor is not None:
            for block in reversed(list(box)):
                anchor.addnext(block)


def _replace_formula(formula: Any) -> None:
    from docx.oxml.parser import OxmlElement

    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = formula_text(formula)
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(text)
    display = formula.getparent()
    (display if display.tag.endswith("}oMathPara") else formula).addprevious(run)
    display.remove(formula)


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    at = parent.index(element)
    parent[at : at + 1] = list(element)
