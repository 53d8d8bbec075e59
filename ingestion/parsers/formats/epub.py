"""E-books (.epub): the chapters in reading order."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion.parsers.containers import Container, zip_kind
from ingestion.parsers.description import document
from ingestion.parsers.html_blocks import write_blocks
from ingestion.parsers.html_tree import parse_html
from ingestion.parsers.reading import reading
from ingestion.parsers.text_source import read_text
from ingestion.parsers.writer import PieceWriter
from ingestion.parsers.xml_tree import XmlElement, local_name, parse_xml
from ingestion.parsers.zip_guard import open_zip

__all__ = ["PARSER", "EpubParser"]

_FIELDS = {
    "title": "title",
    "creator": "author",
    "language": "language",
    "subject": "keywords",
    "publisher": "publisher",
}
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", ""}


@dataclass(frozen=True, slots=True)
class EpubParser:
    """Parses EPUB 2 and 3 with lxml."""

    format: str = "EPUB"
    extensions: tuple[str, ...] = (".epub",)

    def recognizes(self, data: bytes) -> bool:
        """Tell whether this is a zip archive with a book in it."""
        return zip_kind(data) is Container.EPUB

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the chapters that the spine lists; the navigation is left out."""
        archive = open_zip(data, name=name)
        writer = PieceWriter()
        missing = 0
        with reading(name, "EPUB", remedy="Export it again without copy protection."):
            package_path = _package_path(archive, name)
            package = parse_xml(archive.read(package_path), name=name, forgiving=True)
            locked = _locked(archive, name)
            for path in _chapters(package, posixpath.dirname(package_path)):
                if path in locked:
                    raise InvalidInput(f"{name} is copy-protected.", remedy="Export it without copy protection.")
                if path not in archive.namelist():
                    missing += 1
                    continue
                root = parse_html(read_text(archive.read(path), name=name).text)
                if root is not None:
                    write_blocks(root, writer)
        warnings = [f"Chapters that the book lists are not in it: {missing}."] if missing else []
        return document(writer.pieces, name=name, fields=_fields(package), warnings=warnings)


def _package_path(archive: zipfile.ZipFile, name: str) -> str:
    container = parse_xml(archive.read(_CONTAINER), name=name, forgiving=True)
    roots = [each.get("full-path", "") for each in container.iter() if local_name(each) == "rootfile"]
    return str(roots[0])


def _chapters(package: XmlElement, folder: str) -> Iterator[str]:
    """Yield the paths of the pages in reading order."""
    items = {item.get("id"): item for item in package.iter() if local_name(item) == "item"}
    for reference in package.iter():
        item = items.get(reference.get("idref")) if local_name(reference) == "itemref" else None
        if item is None or item.get("media-type", "") not in _PAGES or "nav" in item.get("properties", "").split():
            continue
        yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))


def _locked(archive: zipfile.ZipFile, name: str) -> set[str]:
    """Return the paths of entries that are encrypted; fonts usually are, which does not matter."""
    if _ENCRYPTION not in archive.namelist():
        return set()
    root = parse_xml(archive.read(_ENCRYPTION), name=name, forgiving=True)
    return {unquote(each.get("URI", "")) for each in root.iter() if local_name(each) == "CipherReference"}


def _fields(package: XmlElement) -> dict[str, object]:
    fields: dict[str, object] = {}
    for element in package.iter():
        text = (element.text or "").strip()
        if text and local_name(element) in _FIELDS and "purl.org/dc" in str(element.tag):
            fields.setdefault(_FIELDS[local_name(element)], text)
    return fields


PARSER = EpubParser()
