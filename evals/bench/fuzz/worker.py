"""What a fuzzed file goes through in a worker process: parsing, chunking, and a look at what came out."""

from __future__ import annotations

import traceback
from itertools import pairwise
from types import TracebackType

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion import parsing
from ingestion.chunking.chunker import chunk
from ingestion.expanding import expand
from ingestion.sources import MemoryFile

__all__ = ["FAILURE", "UNFORESEEN", "examined"]

FAILURE = "fuzz-failure"
UNFORESEEN = "fuzz-unforeseen"


def examined(data: bytes, *, name: str, limits: parsing.Limits) -> ParsedDocument:
    """Take a file apart, parse and chunk what is in it; a named failure of all of it is returned, in the metadata.

    So only the worker pool's own failures are raised. What failed of several is a warning. UNFORESEEN is set where a
    failure comes from the net below all parsers: a defect that costs a file its reason. Raises ValueError if what was
    parsed breaks the contract of parsers.
    """
    failures: list[str] = []
    warnings: list[str] = []
    chunks, where, fine = 0, "", False
    for file in expand(MemoryFile(name, data)):
        try:
            parsed = parsing.parse(file.read(), name=file.name, limits=limits)
        except InvalidInput as error:
            if not error.message or not error.remedy:
                raise ValueError("a failure without reason or remedy") from error
            failures.append(error.message)
            if error.__cause__ and _raised_by(error.__traceback__):
                where = _origin(error.__cause__)
        else:
            fine = True
            chunks += _checked_chunks(parsed)
            warnings += parsed.warnings
    found = {"chunks": str(chunks), UNFORESEEN: where}
    if not fine:
        found[FAILURE] = " ".join(failures) or "It holds nothing."
    return ParsedDocument("", "", (), warnings=(*warnings, *failures), metadata=found)


def _checked_chunks(parsed: ParsedDocument) -> int:
    _check(parsed)
    chunks = chunk(parsed, document_id="fuzz", language="en")
    if any(each.text != each.span.of(parsed.text) for each in chunks):
        raise ValueError("a chunk is not the text at its span")
    return len(chunks)


def _check(parsed: ParsedDocument) -> None:
    parsed.text.encode()
    parsed.title.encode()
    "".join((*parsed.metadata, *parsed.metadata.values(), *parsed.tags, *parsed.warnings)).encode()
    spans = [block.span for block in parsed.blocks]
    if any(before.end > after.start for before, after in pairwise(spans)) or (
        spans and spans[-1].end > len(parsed.text)
    ):
        raise ValueError("blocks overlap or reach beyond the text")
    if "\x00" in parsed.text:
        raise ValueError("the text holds a NUL")


def _raised_by(trace: TracebackType | None) -> bool:
    """Tell whether the innermost frame is that of `ingestion.parsing` itself."""
    while trace and trace.tb_next:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_globals.get("__name__") == parsing.__name__


def _origin(error: BaseException) -> str:
    """Return type and place of an exception: our own innermost frame, then the innermost one of all."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/ingestion/" in frame.filename and "site-packages" not in frame.filename]
    shown = [*ours[-1:], *frames[-1:]]
    places = (f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno}" for frame in shown)
    return f"{type(error).__name__} at {' < '.join(dict.fromkeys(places))}"
