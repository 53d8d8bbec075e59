"""OpenDocument files (OASIS ODF 1.3): the package, its properties and its styles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from engine.errors import InvalidInput
from ingestion.parsers.reading import reading
from ingestion.parsers.xml_tree import XmlElement, local_name, parse_xml
from ingestion.parsers.zip_guard import open_zip

__all__ = ["NAMES", "OdfFile", "attribute", "open_odf"]

NAMES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"
    for name, uri in (
        *((each, each) for each in ("office", "style", "text", "table", "presentation", "meta")),
        *(("draw", "drawing"), ("svg", "svg-compatible")),
    )
}
_FIELDS = {
    "title": "title",
    "creator": "author",
    "initial-creator": "author",
    "subject": "subject",
    "language": "language",
}
_REMEDY = "Open it in an office program and save it again."


@dataclass(frozen=True, slots=True)
class OdfFile:
    """A document's body, what it says of itself, and what its styles mean.

    `parents` leads from a paragraph style to the one it is derived from; `ordered` holds, for each list style, the
    levels that are numbered; `hidden` are styles of sheets and slides that are not shown.
    """

    body: XmlElement
    fields: dict[str, object] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    ordered: dict[str, frozenset[int]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = ()


def open_odf(data: bytes, *, name: str, what: str) -> OdfFile:
    """Return the parts of an OpenDocument file; InvalidInput if it is encrypted, damaged or too large."""
    archive = open_zip(data, name=name)
    with reading(name, what, remedy=_REMEDY):
        names = archive.namelist()
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise InvalidInput(f"{name} is encrypted.", remedy="Save it without a password.")
        content = parse_xml(archive.read("content.xml"), name=name)
        styles = [parse_xml(archive.read("styles.xml"), name=name)] if "styles.xml" in names else []
        body = content.find("office:body", NAMES)
        roots = [*styles, content]
        macros = any(entry.startswith(("Basic/", "Scripts/")) for entry in names)
        return OdfFile(
            body=body[0],
            fields=_fields(archive.read("meta.xml"), name) if "meta.xml" in names else {},
            parents={
                attribute(each, "style:name"): attribute(each, "style:parent-style-name")
                for each in _all(roots, "style")
            },
            ordered=dict(_list_style(each) for root in roots for each in root.iterfind(".//text:list-style", NAMES)),
            hidden=frozenset(attribute(each, "style:name") for each in _all(roots, "style") if _is_hidden(each)),
            warnings=("The file has macros; they were ignored.",) if macros else (),
        )


def attribute(element: XmlElement, name: str) -> str:
    """Return an attribute by its prefixed name, such as "text:style-name"; empty if it is not there."""
    prefix, _, local = name.partition(":")
    return str(element.get(f"{{{NAMES[prefix]}}}{local}") or "")


def _all(roots: list[XmlElement], name: str) -> list[XmlElement]:
    return [element for root in roots for element in root.iterfind(f".//style:{name}", NAMES)]


def _fields(meta: bytes, name: str) -> dict[str, object]:
    fields: dict[str, object] = {}
    keywords: list[str] = []
    for element in parse_xml(meta, name=name).iter():
        text = (element.text or "").strip()
        if local_name(element) == "keyword":
            keywords += re.split(r"\s*[,;]\s*", text)
        elif text and local_name(element) in _FIELDS:
            fields.setdefault(_FIELDS[local_name(element)], text)
    return {**fields, "keywords": keywords} if keywords else fields


def _list_style(style: XmlElement) -> tuple[str, frozenset[int]]:
    numbered = (
        int(attribute(level, "text:level") or 0)
        for level in style.iterfind("text:list-level-style-number", NAMES)
        if attribute(level, "style:num-format")
    )
    return attribute(style, "style:name"), frozenset(numbered)


def _is_hidden(style: XmlElement) -> bool:
    properties = [attribute(each, "table:display") + attribute(each, "presentation:visibility") for each in style]
    return any(value in {"false", "hidden"} for value in properties)
