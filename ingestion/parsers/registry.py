"""Find the parser for a file: by its content, else by its name."""

from __future__ import annotations

import pkgutil
from functools import lru_cache
from importlib import import_module
from pathlib import PurePosixPath

from engine.errors import InvalidInput
from ingestion.parsers import formats as _folder
from ingestion.parsers.protocol import Parser

__all__ = ["parser_for", "parsers"]


@lru_cache(maxsize=1)
def parsers() -> tuple[Parser, ...]:
    """Return every parser, one for each module in the folder `formats`."""
    names = sorted(module.name for module in pkgutil.iter_modules(_folder.__path__))
    return tuple(import_module(f"{_folder.__name__}.{name}").PARSER for name in names)


def parser_for(name: str, data: bytes) -> Parser:
    """Return the parser for a file; InvalidInput lists the known formats if there is none."""
    extension = PurePosixPath(name).suffix.lower()
    for parser in parsers():
        if parser.recognizes(data):
            return parser
    for parser in parsers():
        if extension in parser.extensions:
            return parser
    known = ", ".join(f"{parser.format} ({' '.join(parser.extensions)})" for parser in parsers())
    raise InvalidInput(f"{name} is in no known format.", remedy=f"Known formats: {known}.")
