"""Find the sentiment lexicon of a language by its tag."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType

from engine.assist.sentiment import lexicons as _folder
from engine.assist.sentiment.lexicon import Lexicon

__all__ = ["lexicon_for", "lexicons"]


@lru_cache(maxsize=1)
def lexicons() -> Mapping[str, Lexicon]:
    """Return every lexicon by the primary subtags that it serves: one for each module in the folder `lexicons`."""
    names = (module.name for module in pkgutil.iter_modules(_folder.__path__))
    found = [import_module(f"{_folder.__name__}.{name}").LEXICON for name in names]
    return MappingProxyType({code: lexicon for lexicon in found for code in lexicon.codes})


def lexicon_for(tag: str) -> Lexicon:
    """Return the lexicon for a BCP 47 tag; one without words for a language that has none: signs still tell."""
    return lexicons().get(tag.partition("-")[0].lower(), _NONE)


_NONE = Lexicon(codes=())
