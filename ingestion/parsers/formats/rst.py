"""reStructuredText, with the directives and roles of Sphinx left as text."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.description import document
from ingestion.parsers.reading import reading
from ingestion.parsers.rst_nodes import RstWriter
from ingestion.parsers.text_source import read_text
from ingestion.parsers.writer import PieceWriter

__all__ = ["PARSER", "RstParser"]

_SETTINGS = {
    "report_level": 5,  # nothing is printed
    "halt_level": 5,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "input_encoding": "unicode",
    "doctitle_xform": False,
    "sectsubtitle_xform": False,
    "docinfo_xform": True,
    "syntax_highlight": "none",
    "line_length_limit": 1_000_000,
    "_disable_config": True,
}


@dataclass(frozen=True, slots=True)
class RstParser:
    """Parses reStructuredText with docutils, which may neither include files nor pass raw markup on."""

    format: str = "reStructuredText"
    extensions: tuple[str, ...] = (".rst", ".rest")

    def recognizes(self, data: bytes) -> bool:  # noqa: ARG002
        """Return False: it looks like plain text, so the name decides."""
        return False

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text without markup."""
        from docutils.core import publish_doctree
        from docutils.utils import SystemMessage

        source = read_text(data, name=name)
        writer = PieceWriter()
        with reading(name, "reStructuredText", remedy="Save it as plain text.", also=(SystemMessage, RecursionError)):
            tree = publish_doctree(source.text, settings_overrides=_SETTINGS)
            RstWriter(writer, name=name).write(tree)
        return document(writer.pieces, name=name, warnings=source.warnings)


PARSER = RstParser()
