"""Write the text of OpenDocument files: paragraphs, headings, lists, tables, frames, notes."""

from __future__ import annotations

from ingestion.normalize import HARD_BREAK, reflow
from ingestion.parsers.odf_package import NAMES, OdfFile, attribute
from ingestion.parsers.odf_tables import read_grid
from ingestion.parsers.sheet_writer import write_grid
from ingestion.parsers.writer import PieceWriter
from ingestion.parsers.xml_tree import XmlElement

__all__ = ["OdfWriter"]

_PREFIXES = {uri: prefix for prefix, uri in NAMES.items()}
_SILENT = {
    *("text:tracked-changes", "office:annotation", "office:forms", "presentation:notes", "text:sequence-decls"),
    *(
        "text:variable-decls",
        "text:user-field-decls",
        "text:bibliography-configuration",
        "draw:object",
        "svg:title",
        "svg:desc",
    ),
    *("text:table-of-content", "text:alphabetical-index", "text:illustration-index", "text:table-index"),
}
_LATER = {"draw:frame", "draw:custom-shape", "draw:g", "draw:text-box", "draw:rect", "draw:ellipse", "text:note"}
_DEEPEST = 60  # of frames, sections and lists in one another


class OdfWriter:
    """Writes the elements of one document."""

    def __init__(self, odf: OdfFile, writer: PieceWriter, *, name: str) -> None:
        self._odf = odf
        self._writer = writer
        self._name = name
        self._depth = 0
        self._heading = 0  # level for everything that is written, while a title is

    def write(self, element: XmlElement) -> None:
        """Write everything inside an element."""
        if self._depth > _DEEPEST:
            self._writer.paragraph(" ".join("".join(element.itertext()).split()))
            return
        self._depth += 1
        for child in element:
            self._block(child)
        self._depth -= 1

    def title(self, element: XmlElement) -> None:
        """Write everything inside an element as one heading of level 1."""
        texts = [self._text(paragraph, []) for paragraph in element.iter(f"{{{NAMES['text']}}}p")]
        self._writer.heading(" ".join(filter(None, texts)), 1)

    def _block(self, element: XmlElement) -> None:
        kind = _kind(element)
        if kind in _SILENT or not kind:
            return
        if kind in {"text:p", "text:h"}:
            self._paragraph(element, kind)
        elif kind == "text:list":
            self._list(element, attribute(element, "text:style-name"), 1)
        elif kind == "table:table":
            rows, merges = read_grid(element, self._flat)
            write_grid(rows, self._writer, name=self._name, merges=merges)
        else:
            self.write(element)

    def _paragraph(self, element: XmlElement, kind: str) -> None:
        later: list[XmlElement] = []
        text = self._text(element, later)
        level = int(attribute(element, "text:outline-level") or 1) if kind == "text:h" else self._title_level(element)
        if level:
            self._writer.heading(text.replace("\n", " "), level)
        else:
            self._writer.paragraph(text)
        for each in later:
            self.write(each)

    def _title_level(self, element: XmlElement) -> int:
        """Return 1 for the document's title, which is an ordinary paragraph of a special style; 0 for others."""
        style = attribute(element, "text:style-name")
        return int("Title" in {style, self._odf.parents.get(style)})

    def _list(self, element: XmlElement, style: str, level: int) -> None:
        style = attribute(element, "text:style-name") or style
        self._writer.open_list(1 if level in self._odf.ordered.get(style, ()) else None)
        for item in element:
            start = attribute(item, "text:start-value")
            if _kind(item) == "text:list-item":
                self._writer.open_item(int(start) if start.isdecimal() else None)
            for child in item:
                if _kind(child) == "text:list" and level < _DEEPEST:
                    self._list(child, style, level + 1)
                else:
                    self._block(child)
        self._writer.close_list()

    def _flat(self, element: XmlElement) -> str:
        texts = (self._text(each, []) for each in element.iter(f"{{{NAMES['text']}}}p", f"{{{NAMES['text']}}}h"))
        return " ".join(filter(None, texts))

    def _text(self, element: XmlElement, later: list[XmlElement]) -> str:
        """Return the text of a paragraph; frames and notes in it are collected in `later`."""
        parts: list[str] = []
        self._inline(element, parts, later, 0)
        return reflow("".join(parts))

    def _inline(self, element: XmlElement, parts: list[str], later: list[XmlElement], depth: int) -> None:
        parts.append(element.text or "")
        for child in element:
            kind = _kind(child)
            if kind == "text:s":
                parts.append(" ")
            elif kind == "text:tab":
                parts.append("\t")
            elif kind == "text:line-break":
                parts.append(HARD_BREAK)
            elif kind in _LATER:
                later.append(child)
            elif kind not in _SILENT and depth < _DEEPEST:
                self._inline(child, parts, later, depth + 1)
            parts.append(child.tail or "")


def _kind(element: XmlElement) -> str:
    """Return the element's name with its usual prefix; empty for names of other standards."""
    if not isinstance(element.tag, str):
        return ""
    uri, _, local = element.tag[1:].partition("}")
    return f"{_PREFIXES[uri]}:{local}" if uri in _PREFIXES else ""
