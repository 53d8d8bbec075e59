"""Recognise the same page in several languages by its name, its links, or what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

from engine.domain.knowledge import Document
from engine.languages.kinship import Kinship, kinship
from ingestion.language import normalize_tag

__all__ = ["ALTERNATES", "page_keys"]

ALTERNATES = "alternates"
"""Field of a document's metadata: addresses of the same page in other languages, separated by white space."""

_NAMED = ("translation_key", "translation-key", "translationkey")
_LINKED = ("translation_of", "translation-of", "translationof", ALTERNATES)
_COUNTRIES = {"cn": "zh-Hans", "tw": "zh-Hant", "hk": "zh-Hant", "jp": "ja", "kr": "ko", "vn": "vi"}
_ASKED_FOR = {"lang", "language", "locale", "hl"}
_SUFFIX = re.compile(r"(.+?)[._-]([a-z]{2,3}(?:[-_][a-z0-9]{2,4})*)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index(?:\.\w+)?)?$")


def page_keys(document: Document) -> tuple[str, ...]:
    """Return keys that the document shares with the same page in other languages, and with nothing else.

    They come from a key in its front matter, from links to its translations (`translation_of` in the front matter,
    hreflang in HTML), and from its name without what names its own language: a folder ("de/returns.md"), a suffix
    ("returns.de.md"), a part of an address ("?lang=de", "de.shop.example").
    """
    named = (f"key:{document.metadata[name]}" for name in _NAMED if document.metadata.get(name))
    linked = [link for name in _LINKED for link in document.metadata.get(name, "").split()]
    place = document.uri if "://" in document.uri else f"{document.source.rstrip('/')}/{document.uri}"
    addresses = (f"uri:{_address(link)}" for link in (place, *(urljoin(place, link) for link in linked)))
    return tuple(dict.fromkeys((*named, *addresses, f"path:{_neutral(place, document.language)}")))


def _address(link: str) -> str:
    """Return an address without what does not matter."""
    return _INDEX.sub("", urldefrag(link).url)


def _neutral(place: str, language: str) -> str:
    """Return where a document lies, without extension and without what names its language."""
    parts = urlsplit(place)
    asked = [(name, value) for name, value in parse_qsl(parts.query) if name.lower() not in _ASKED_FOR]
    host = ".".join(label for label in parts.netloc.split(".") if not _names(label, language))
    return urlunsplit((parts.scheme, host, "/".join(_neutral_path(parts.path, language)), urlencode(asked), ""))


def _neutral_path(path: str, language: str) -> Iterator[str]:
    *folders, name = _INDEX.sub("", path).split("/")
    stem = name.rsplit(".", 1)[0] if "." in name else name
    found = _SUFFIX.fullmatch(stem)
    parts = (*folders, found[1] if found and _names(found[2], language) else stem)
    yield from (part for part in parts if not _names(part, language))


def _names(part: str, language: str) -> bool:
    """Tell whether a part of a path is a tag of that language, or of a country that speaks it."""
    tag = _COUNTRIES.get(part.lower()) or normalize_tag(part)
    if tag is None or len(part) < 2:
        return False
    return tag == language or ("zh" in (tag, language) and kinship(tag, language) is Kinship.LANGUAGE)
