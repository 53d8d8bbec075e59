"""Turn what libraries raise on broken Word documents into an answer for people."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import InvalidInput

__all__ = ["reading_word"]

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError),
    *(AttributeError, IndexError, KeyError, TypeError, ValueError),  # parts or attributes that are missing
)


@contextmanager
def reading_word(name: str) -> Iterator[None]:
    """Raise InvalidInput, naming the file, if what happens inside fails on the document."""
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    try:
        yield
    except (*_BROKEN, OpcError, LxmlError) as error:
        raise InvalidInput(
            f"{name} is not a readable Word document.", remedy="Open it in a word processor and save it again."
        ) from error
