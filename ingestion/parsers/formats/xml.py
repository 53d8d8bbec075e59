"""XML of any kind: records as rows that carry the names of their fields, everything else as paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion.normalize import reflow
from ingestion.parsers.description import document
from ingestion.parsers.tables import Table
from ingestion.parsers.text_source import read_text
from ingestion.parsers.writer import PieceWriter
from ingestion.parsers.xml_tree import XmlElement, local_name, parse_xml

__all__ = ["PARSER", "XmlParser"]

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)""")
_HEADINGS = {"title", "heading", "head", "headline", "chaptertitle", "sectiontitle", "h1", "h2", "h3", "h4", "h5", "h6"}
_INLINE = {
    *("b", "i", "u", "em", "strong", "emphasis", "bold", "italic", "code", "codeph", "ph", "uicontrol", "xref", "link"),
    *(
        "a",
        "sub",
        "sup",
        "span",
        "term",
        "keyword",
        "cite",
        "quote",
        "q",
        "tt",
        "literal",
        "filename",
        "br",
        "hi",
        "ref",
    ),
}
_TECHNICAL = {
    "id",
    "class",
    "href",
    "src",
    "lang",
    "type",
    "style",
    "schemaLocation",
    "noNamespaceSchemaLocation",
    "space",
}
_REPAIRED = "The XML is not well-formed; what could be read of it was."
_DEEPEST = 100
_MOST_FIELDS = 60  # of a record


@dataclass(frozen=True, slots=True)
class XmlParser:
    """Parses XML with lxml; neither network nor files are reached, entities do not swell."""

    format: str = "XML"
    extensions: tuple[str, ...] = (".xml", ".rss", ".atom", ".dita", ".dbk")

    def recognizes(self, data: bytes) -> bool:
        """Tell whether this begins with an XML declaration."""
        return data.removeprefix(b"\xef\xbb\xbf")[:200].lstrip().startswith(b"<?xml")

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text in the elements; their attributes only where an element has nothing else."""
        declared = _ENCODING.search(data[:200])
        source = read_text(data, name=name, declared=declared[1].decode("ascii") if declared else None)
        root, warnings = _tree(source.text, name)
        writer = PieceWriter()
        _write(root, writer, 1)
        return document(writer.pieces, name=name, fields=_fields(root), warnings=[*source.warnings, *warnings])


def _tree(text: str, name: str) -> tuple[XmlElement, list[str]]:
    plain = _DECLARATION.sub("", text.replace("\0", "")).encode("utf-8", "replace")
    try:
        return parse_xml(plain, name=name), []
    except InvalidInput as error:
        if "well-formed" not in error.message:
            raise
        return parse_xml(plain, name=name, forgiving=True), [_REPAIRED]


def _fields(root: XmlElement) -> dict[str, object]:
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("lang")
    return {"language": language} if language else {}


def _write(element: XmlElement, writer: PieceWriter, depth: int) -> None:
    children = [child for child in element if local_name(child)]
    if _is_text(element, children) or depth > _DEEPEST:
        _write_text(element, writer, depth)
        return
    if (element.text or "").strip():
        writer.paragraph(reflow(element.text))
    records = _records(children)
    if records is not None:
        writer.table(records)
        return
    for child in children:
        _write(child, writer, depth + 1)
        if (child.tail or "").strip():
            writer.paragraph(reflow(child.tail))


def _is_text(element: XmlElement, children: list[XmlElement]) -> bool:
    """Tell whether the element is a leaf, or running text with marked words in it."""
    mixed = bool((element.text or "").strip()) or any((child.tail or "").strip() for child in children)
    inline = all(local_name(each).lower() in _INLINE for child in children for each in child.iter())
    return not children or (inline and mixed)


def _write_text(element: XmlElement, writer: PieceWriter, depth: int) -> None:
    text = _leaf_text(element)
    if local_name(element).lower() in _HEADINGS and len(text) <= 200:
        writer.heading(text.replace("\n", " "), min(max(depth - 1, 1), 6))
    else:
        writer.paragraph(text)


def _leaf_text(element: XmlElement) -> str:
    """Return the element's text, or its attributes' values if it has none."""
    text = reflow("".join(element.itertext()))
    if text or len(element):
        return text
    return "; ".join(f"{name}: {value}" for name, value in _attributes(element).items())


def _attributes(element: XmlElement) -> dict[str, str]:
    named = {str(name).rpartition("}")[2]: str(value) for name, value in element.attrib.items()}
    return {name: value for name, value in named.items() if value.strip() and name not in _TECHNICAL}


def _records(children: list[XmlElement]) -> Table | None:
    """Return the children as rows of a table; None if they are not records of one kind with short fields."""
    names = Counter(local_name(child) for child in children)
    if len(children) < 2 or len(names) != 1 or next(iter(names)).lower() in _INLINE | _HEADINGS:
        return None
    rows = [_record(child) for child in children]
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    if any(not row for row in rows) or len(header) < 2 or len(header) > _MOST_FIELDS:
        return None
    return Table(header, tuple(tuple(row.get(name, "") for name in header) for row in rows))


def _record(element: XmlElement) -> dict[str, str]:
    """Return the fields of a record; empty if it has structure of its own."""
    children = [child for child in element if local_name(child)]
    if (element.text or "").strip() or any(len(child) or (child.tail or "").strip() for child in children):
        return {}
    fields = _attributes(element)
    for child in children:
        name, text = local_name(child), _leaf_text(child)
        fields[name] = f"{fields[name]}, {text}" if name in fields else text
    return fields


PARSER = XmlParser()
