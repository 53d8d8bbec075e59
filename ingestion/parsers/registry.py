"""Find the parser for a file: by its content, else by its name."""

from __future__ import annotations

import pkgutil
from functools import lru_cache
from importlib import import_module

from engine.errors import InvalidInput
from ingestion.parsers import formats as _folder
from ingestion.parsers.protocol import Parser
from ingestion.parsers.sniffing import extension_of, promises_binary, refuse_known, text_extension

__all__ = ["misnamed", "parser_for", "parsers"]


@lru_cache(maxsize=1)
def parsers() -> tuple[Parser, ...]:
    """Return every parser, one for each module in the folder `formats`."""
    names = sorted(module.name for module in pkgutil.iter_modules(_folder.__path__))
    return tuple(import_module(f"{_folder.__name__}.{name}").PARSER for name in names)


def parser_for(name: str, data: bytes) -> Parser:
    """Return the parser for a file: marks in the content decide, then its name, unless the content contradicts it.

    Raises InvalidInput for encrypted documents and for formats that nothing here reads; it says what can be done.
    """
    extension = extension_of(name)
    recognized = [parser for parser in parsers() if parser.recognizes(data)]
    if recognized:
        return next((parser for parser in recognized if extension in parser.extensions), recognized[0])
    refuse_known(name, data)
    if not extension or promises_binary(name):
        extension = text_extension(name, data) or extension
    named = _of_extension(extension)
    if named is not None:
        return named
    known = ", ".join(f"{parser.format} ({' '.join(parser.extensions)})" for parser in parsers())
    raise InvalidInput(f"{name} is in no known format.", remedy=f"Known formats: {known}.")


def misnamed(name: str, parser: Parser, data: bytes) -> bool:
    """Tell whether a file's name says plainly that it is something else than what `parser` reads."""
    extension = extension_of(name)
    if extension in parser.extensions or _of_extension(extension) is None:
        return False
    return promises_binary(name) or b"\0" in data[:1024]


def _of_extension(extension: str) -> Parser | None:
    return next((parser for parser in parsers() if extension in parser.extensions), None)
