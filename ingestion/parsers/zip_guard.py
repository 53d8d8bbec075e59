"""Open zip archives, and refuse those that would fill memory or disk."""

from __future__ import annotations

import io
import zipfile

from engine.errors import InvalidInput

__all__ = ["LARGEST", "open_zip"]

LARGEST = 400_000_000
"""Bytes that all entries together may take when unpacked."""

_MOST_ENTRIES = 20_000
_HARMLESS = 20_000_000  # bytes unpacked, below which the ratio does not matter
_HIGHEST_RATIO = 200  # unpacked : packed; sheets of repeated values reach 60, a bomb is above 1,000


def open_zip(data: bytes, *, name: str) -> zipfile.ZipFile:
    """Return the archive in `data`, ready to be read.

    The sizes that entries declare are judged; `zipfile` never unpacks more than that. Raises InvalidInput, naming the
    file, for what is no archive, is locked with a password, or unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, IndexError) as error:
        raise InvalidInput(
            f"{name} is damaged: it cannot be unpacked.", remedy="Fetch or export it again, complete."
        ) from error
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise InvalidInput(f"{name} is locked with a password.", remedy="Save it without a password.")
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, min(len(data), sum(entry.compress_size for entry in entries)))
    swollen = unpacked > _HARMLESS and unpacked > _HIGHEST_RATIO * packed
    if len(entries) > _MOST_ENTRIES or unpacked > LARGEST or swollen:
        raise InvalidInput(
            f"{name} is too large when unpacked: {len(entries):,} entries, {unpacked / 1e6:,.0f} MB.",
            remedy="Split it into smaller files; if you did not make it yourself, do not trust it.",
        )
    return archive
