"""Parsers for tests, which worker processes import: a plain one, and one that misbehaves by name."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import time
from collections.abc import Callable

from engine.domain.knowledge import Block, BlockKind, ParsedDocument, Span
from engine.errors import InvalidInput
from ingestion.paging import PageDone, Parsing
from ingestion.parsing import Limits

__all__ = ["HOARD", "paged", "plain", "weird"]

HOARD: list[bytes] = []  # what a process keeps between two files


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
    if what in _DEEDS:
        _DEEDS[what](data)
    return plain(data, name=str(os.getpid()), limits=limits)


def _spin(data: bytes) -> None:
    re.match(r"(a+)+b", "a" * 60)  # never lets go of the interpreter


def _eat(data: bytes) -> None:
    eaten = []
    while True:
        eaten.append(b"x" * 20_000_000)


def _need(data: bytes) -> None:
    needed = b"x" * int(data)
    time.sleep(0.3)
    del needed


def _exhausted(data: bytes) -> None:
    raise MemoryError


def _odd(data: bytes) -> None:
    raise KeyError("the content of the document")


_DEEDS: dict[str, Callable[[bytes], object]] = {
    "hang": lambda _: time.sleep(600),
    "spin": _spin,
    "slow": lambda _: time.sleep(0.3),
    "fault": lambda _: ctypes.string_at(0),
    "exit": lambda _: os._exit(3),
    "eat": _eat,
    "hoard": lambda data: HOARD.append(b"x" * int(data)),
    "need": _need,
    "killed": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "exhausted": _exhausted,
    "odd": _odd,
    "print": lambda _: print("on stdout", flush=True),  # noqa: T201
}


def paged(data: bytes, *, name: str, limits: Limits) -> Parsing:
    """Parse as `plain` does, a line a page, each of which takes 0.2 s; one that says "hang" hangs."""
    lines = data.decode().splitlines()
    for number, line in enumerate(lines, start=1):
        time.sleep(600 if line == "hang" else 0.2)
        yield PageDone(number, len(lines))
    if name.startswith("layout"):
        time.sleep(600)
    return plain(data, name=str(os.getpid()), limits=limits)
