"""Break files in the ways that files break: flipped bits, lost ends, pieces of other files, wrong names."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from random import Random

__all__ = ["Sample", "mutated"]

_EXTREMES = (
    b"\x00",
    b"\xff",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\xff",
    b"\x80\x00\x00\x00",
    b"\x00" * 64,
    b"\xff" * 64,
)
_TOKENS = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        *("\x00", "\ufeff", "\u202e", "\ud800", "\U0010ffff", "\u0301" * 40, "\r", "\x1b[2J", "\x0c", "\t" * 50),
        *("<" * 200, "[" * 500, "{" * 500, "(" * 500, ">" * 300, '"', "]]>", "<!--", "&#x110000;", "%%EOF"),
        *("999999999999999999999", "-1", "1e999", "NaN", "\\u0000", "$(", "--- ", "\n\n```\n", "|" * 200),
    )
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A file: its name and content."""

    name: str
    data: bytes


def mutated(samples: Sequence[Sample], rng: Random) -> Sample:
    """Return one of the samples, broken one to four times; the same `rng` gives the same file."""
    sample = rng.choice(samples)
    data, name = sample.data, sample.name
    for _ in range(rng.choice((1, 1, 2, 4))):
        if rng.random() < 0.6 and (inside := _inside_zip(data, samples, rng)) is not None:
            data = inside
        else:
            data = _broken(data, samples, rng)
    if rng.random() < 0.1:
        name = PurePosixPath(name).stem + PurePosixPath(rng.choice(samples).name).suffix
    return Sample(name, data)


def _inside_zip(data: bytes, samples: Sequence[Sample], rng: Random) -> bytes | None:
    """Break one member of an archive and pack it again, so that its checksum holds; None if it is no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(info, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return None
    if not members:
        return None
    chosen = rng.randrange(len(members))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (info, content) in enumerate(members):
            if number == chosen and rng.random() < 0.15:
                continue
            broken = _broken(content, samples, rng) if number == chosen else content
            archive.writestr(zipfile.ZipInfo(info.filename, (2020, 1, 1, 0, 0, 0)), broken)
    return packed.getvalue()


def _broken(data: bytes, samples: Sequence[Sample], rng: Random) -> bytes:
    if rng.random() < 0.1:
        return _splice(data, rng.choice(samples).data, rng)
    return rng.choice(_MUTATIONS)(data, rng)


def _flip(data: bytes, rng: Random) -> bytes:
    found = bytearray(data)
    for _ in range(rng.choice((1, 2, 8, 64)) if found else 0):
        found[rng.randrange(len(found))] ^= 1 << rng.randrange(8)
    return bytes(found)


def _truncate(data: bytes, rng: Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _behead(data: bytes, rng: Random) -> bytes:
    return data[rng.randrange(min(len(data), 256) + 1) :]


def _splice(data: bytes, other: bytes, rng: Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _insert_noise(data: bytes, rng: Random) -> bytes:
    return _insert(data, rng.randbytes(rng.choice((1, 4, 64, 1024))), rng)


def _insert_token(data: bytes, rng: Random) -> bytes:
    return _insert(data, rng.choice(_TOKENS), rng)


def _overwrite(data: bytes, rng: Random) -> bytes:
    extreme = rng.choice(_EXTREMES)
    start = rng.randrange(len(data) + 1)
    return data[:start] + extreme + data[start + len(extreme) :]


def _repeat(data: bytes, rng: Random) -> bytes:
    start, end = _range(data, rng)
    return data[:end] + data[start:end] * rng.choice((1, 2, 20)) + data[end:]


def _remove(data: bytes, rng: Random) -> bytes:
    start, end = _range(data, rng)
    return data[:start] + data[end:]


def _insert(data: bytes, piece: bytes, rng: Random) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + piece + data[start:]


def _range(data: bytes, rng: Random) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 16, 256, 4096)))


_MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(_flip, _truncate, _behead, _insert_noise, _insert_token, _overwrite, _repeat, _remove),
)
