"""Parsers for tests, which worker processes import: a plain one, and one that misbehaves by name."""

from __future__ import annotations

import ctypes
import os
import re
import time

from engine.domain.knowledge import Block, BlockKind, ParsedDocument, Span
from engine.errors import InvalidInput
from ingestion.parsing import Limits

__all__ = ["plain", "weird"]


def plain(data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
    """Parse text of one paragraph a line; pages end with form feeds."""
    if data.startswith(b"%broken"):
        raise InvalidInput(f"{name} is broken.", remedy="Mend it.")
    text, blocks, page = data.decode(), [], 1
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            at = start + line.index(stripped)
            blocks.append(Block(BlockKind.PARAGRAPH, Span(at, at + len(stripped)), page=page))
        page += line.count("\f")
        start += len(line)
    return ParsedDocument(title=name, text=text, blocks=tuple(blocks))


def weird(data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
    """Do what the name says, else parse."""
    what = name.partition(".")[0]
    if what == "hang":
        time.sleep(600)
    elif what == "spin":
        re.match(r"(a+)+b", "a" * 60)  # never lets go of the interpreter
    elif what == "slow":
        time.sleep(0.3)
    elif what == "fault":
        ctypes.string_at(0)
    elif what == "exit":
        os._exit(3)
    elif what == "eat":
        eaten = []
        while True:
            eaten.append(b"x" * 20_000_000)
    elif what == "exhausted":
        raise MemoryError
    elif what == "odd":
        raise KeyError("the content of the document")
    elif what == "print":
        print("on stdout", flush=True)  # noqa: T201
    return plain(data, name=str(os.getpid()), limits=limits)
