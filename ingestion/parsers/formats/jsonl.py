"""JSON Lines: a record a line."""

from __future__ import annotations

import json
from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion.parsers.formats.json import records_document
from ingestion.parsers.json_values import read_json_lines
from ingestion.parsers.text_source import read_text

__all__ = ["PARSER", "JsonLinesParser"]


@dataclass(frozen=True, slots=True)
class JsonLinesParser:
    """Parses JSON Lines; lines that are not JSON are left out with a warning that counts and names them."""

    format: str = "JSON Lines"
    extensions: tuple[str, ...] = (".jsonl", ".ndjson")

    def recognizes(self, data: bytes) -> bool:
        """Tell whether the first two lines are objects of their own."""
        lines = [line for line in data.removeprefix(b"\xef\xbb\xbf")[:1_000_000].split(b"\n", 3)[:3] if line.strip()]
        return len(lines) > 1 and all(map(_is_object, lines[:2]))

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the records in order; conversations come as a transcript, scrubbed."""
        source = read_text(data, name=name)
        lines = list(read_json_lines(source.text))
        good = [line.value for line in lines if line.ok]
        bad = [str(line.number) for line in lines if not line.ok]
        if not good and bad:
            raise InvalidInput(
                f"{name} is not JSON Lines: no line is valid.", remedy="Put one JSON value on each line."
            )
        warnings = (f"{len(bad)} lines are not JSON and were left out: {', '.join(bad[:10])}.",) if bad else ()
        return records_document(good, name=name, warnings=(*source.warnings, *warnings))


def _is_object(line: bytes) -> bool:
    if not line.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


PARSER = JsonLinesParser()
