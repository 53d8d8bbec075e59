"""What Word, Excel and PowerPoint files have in common: properties, texts in drawings, macros."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from engine.errors import InvalidInput
from ingestion.parsers.ole import refuse_encrypted
from ingestion.parsers.xml_tree import XmlElement, local_name, parse_xml
from ingestion.parsers.zip_guard import open_zip

__all__ = ["comment_warnings", "core_fields", "drawing_paragraphs", "drawing_texts", "open_office", "plain_package"]

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FIELDS = {
    "title": "title",
    "creator": "author",
    "subject": "subject",
    "category": "category",
    "keywords": "keywords",
    "language": "language",
}
_USELESS_TITLES = {"word document", "powerpoint presentation", "powerpoint-präsentation", "presentation", "ppt", ""}
# Main parts that are documents like others: templates, slide shows, and all of these with macros.
_MAIN_TYPES = (
    (re.compile(rb'"application/vnd\.[\w.-]*word[\w.]*\.main\+xml"'), b"wordprocessingml.document"),
    (
        re.compile(rb'"application/vnd\.[\w.-]*(?:powerpoint|presentation)[\w.]*\.main\+xml"'),
        b"presentationml.presentation",
    ),
)
_COMMENTS = re.compile(r"word/comments\.xml|ppt/comments/.+\.xml")
_CONTENT_TYPES = "[Content_Types].xml"


def open_office(data: bytes, *, name: str) -> zipfile.ZipFile:
    """Return the archive that an office document is; InvalidInput if it is encrypted, damaged or a zip bomb."""
    refuse_encrypted(data, name=name)
    return open_zip(data, name=name)


def core_fields(archive: zipfile.ZipFile) -> dict[str, object]:
    """Return the core properties that describe the content; empty where there are none or they are broken."""
    try:
        root = parse_xml(archive.read("docProps/core.xml"), name="core.xml")
    except (KeyError, InvalidInput):
        return {}
    texts = {local_name(child): (child.text or "").strip() for child in root}
    fields: dict[str, object] = {ours: texts[theirs] for theirs, ours in _FIELDS.items() if texts.get(theirs)}
    if str(fields.get("title", "")).lower() in _USELESS_TITLES:
        fields.pop("title", None)
    if "keywords" in fields:
        fields["keywords"] = str(fields["keywords"]).replace(";", ",")
    return fields


def comment_warnings(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Return a warning if there are comments of reviewers, which are not meant for readers and are never read."""
    commented = any(_COMMENTS.fullmatch(part) for part in archive.namelist())
    return ("Comments of reviewers were left out.",) if commented else ()


def drawing_texts(archive: zipfile.ZipFile, folders: tuple[str, ...]) -> Iterator[str]:
    """Yield the paragraphs in text boxes and shapes of the drawings and charts in these folders of the package."""
    for part in sorted(archive.namelist()):
        if not part.startswith(folders) or not part.endswith(".xml"):
            continue
        try:
            root = parse_xml(archive.read(part), name=part)
        except InvalidInput:
            continue
        yield from drawing_paragraphs(root)


def drawing_paragraphs(root: XmlElement) -> Iterator[str]:
    """Yield the paragraphs of DrawingML below an element."""
    for paragraph in root.iter(f"{_DRAWING}p"):
        text = "".join(run.text or "" for run in paragraph.iter(f"{_DRAWING}t"))
        if text.strip():
            yield text


def plain_package(data: bytes, archive: zipfile.ZipFile) -> bytes:
    """Return the package declared as an ordinary document, where it is a template, a slide show or has macros.

    The libraries refuse those, though their content is the same.
    """
    declared = archive.read(_CONTENT_TYPES)
    plain = declared
    for main_type, ours in _MAIN_TYPES:
        ordinary = b'"application/vnd.openxmlformats-officedocument.' + ours + b'.main+xml"'
        plain = main_type.sub(ordinary, plain)
    if plain == declared:
        return data
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in archive.infolist():
            copy.writestr(entry.filename, plain if entry.filename == _CONTENT_TYPES else archive.read(entry))
    return target.getvalue()
