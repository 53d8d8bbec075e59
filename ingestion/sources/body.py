"""Take a body in as it comes, decompressed, and never more of it than allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from engine.errors import InvalidInput

__all__ = ["bounded", "gunzip"]

_STEP = 1 << 16
_GZIP = 31  # zlib's window bits for gzip with its header


def bounded(blocks: Iterable[bytes], *, name: str, max_bytes: int) -> bytes:
    """Join the blocks; InvalidInput as soon as there are more than `max_bytes`."""
    found = bytearray()
    for block in blocks:
        found += block
        if len(found) > max_bytes:
            raise InvalidInput(
                f"{name} is larger than {max_bytes / 1e6:g} MB.", remedy="Split it, or raise KNOWDESK_MAX_FILE_MB."
            )
    return bytes(found)


def gunzip(blocks: Iterable[bytes], *, name: str) -> Iterator[bytes]:
    """Decompress gzip, at most 64 KiB a step, members one after the other; InvalidInput if it is broken or cut off."""
    machine = zlib.decompressobj(_GZIP)
    for block in blocks:
        rest, step = block, b""
        while rest or len(step) == _STEP:
            if machine.eof and rest:
                machine = zlib.decompressobj(_GZIP)
            try:
                step = machine.decompress(rest, _STEP)
            except zlib.error as error:
                raise _broken(name) from error
            yield step
            rest = machine.unconsumed_tail or machine.unused_data
    if not machine.eof:
        raise _broken(name)


def _broken(name: str) -> InvalidInput:
    return InvalidInput(f"{name} came with broken compression.", remedy="Try again, or save the page and ingest it.")
