"""Turn what libraries raise on broken files into an answer for people."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import InvalidInput
from ingestion.parsers.containers import has_macros

__all__ = ["BROKEN", "MACROS", "macro_warnings", "reading"]

BROKEN: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, RuntimeError),
    SyntaxError,  # of XML, in both libraries for it
    *(AttributeError, LookupError, TypeError, ValueError, AssertionError, ArithmeticError),  # missing or odd parts
)
"""What libraries raise on files that their authors did not think of."""

MACROS = "The file has macros; they were ignored."


@contextmanager
def reading(name: str, what: str, *, remedy: str, also: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Raise InvalidInput, saying that the file `name` is not a readable `what`, if what happens inside fails on it.

    `also` are errors of the library at work, beside those that are common. InvalidInput passes.
    """
    try:
        yield
    except InvalidInput:
        raise
    except (*BROKEN, *also) as error:
        raise InvalidInput(f"{name} is not a readable {what}.", remedy=remedy) from error


def macro_warnings(data: bytes) -> tuple[str, ...]:
    """Return a warning if an office document has macros."""
    return (MACROS,) if has_macros(data) else ()
