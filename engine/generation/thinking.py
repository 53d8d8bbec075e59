"""Leave out what a reasoning model thinks before it answers."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["without_thinking"]

_OPEN, _CLOSE = "<think>", "</think>"


def without_thinking(pieces: Iterator[str]) -> Iterator[str]:
    """Yield the text of `pieces` without a leading "<think>…</think>", which Qwen and DeepSeek models write inline.

    Text passes as soon as it is certain that it does not open such a block; a block that never ends yields nothing.
    """
    held = ""
    for piece in pieces:
        held += piece
        start = held.lstrip()
        if not start or (_OPEN.startswith(start) and start != _OPEN):
            continue
        if not start.startswith(_OPEN):
            yield held
            yield from pieces
            return
        if _CLOSE in start:
            yield from _rest(start.partition(_CLOSE)[2], pieces)
            return
    if not held.lstrip().startswith(_OPEN) and held:
        yield held


def _rest(first: str, pieces: Iterator[str]) -> Iterator[str]:
    """Yield what follows the block, without the white space before it."""
    first = first.lstrip()
    while not first:
        following = next(pieces, None)
        if following is None:
            return
        first = following.lstrip()
    yield first
    yield from pieces
