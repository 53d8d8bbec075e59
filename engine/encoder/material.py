"""Read aligned segments and pages: `<product>.jsonl.gz` with one segment a line, `pages.jsonl.gz` with one page."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from engine.errors import InvalidInput

__all__ = ["LANGUAGES", "Aligned", "Page", "read_pages", "read_segments"]

LANGUAGES: Final = ("en", "zh-Hans", "zh-Hant", "ja", "ko", "de", "es", "fr")
_KEYS: Final = {"ja-JP": "ja", "ko-KR": "ko", "de-DE": "de", "es-ES": "es", "fr-FR": "fr"}
_PAGES: Final = "pages.jsonl.gz"
_LABEL: Final = re.compile(r"\[!\w+\s*([^\]]*)\]")
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKUP: Final = re.compile(r"\{[^}]*\}|<[^>]+>|https?://\S+")

Aligned = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language; parts that it lacks are empty."""

    title: str
    description: str
    body: str


def read_segments(folder: Path) -> Iterator[Aligned]:
    """Yield each segment's texts by language; InvalidInput if the folder has none or a file cannot be read."""
    files = sorted(path for path in folder.glob("*.jsonl.gz") if path.name != _PAGES)
    if not files:
        raise InvalidInput(f"There are no aligned segments (*.jsonl.gz) in {folder}.", remedy="Check --material.")
    for path in files:
        for row in _rows(path):
            texts = {_KEYS.get(key, key): _clean(str(value)) for key, value in row.items()}
            yield {language: text for language, text in texts.items() if language in LANGUAGES and text}


def read_pages(folder: Path) -> Iterator[Mapping[str, Page]]:
    """Yield each page by language; nothing where the folder has no pages."""
    path = folder / _PAGES
    if not path.is_file():
        return
    for row in _rows(path):
        versions = {_KEYS.get(key, key): value for key, value in row.items() if isinstance(value, dict)}
        yield {language: _page(value) for language, value in versions.items() if language in LANGUAGES}


def _page(parts: Mapping[str, object]) -> Page:
    title, description, body = (_clean(str(parts.get(name) or "")) for name in ("title", "description", "body"))
    return Page(title, description, body)


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield cast("Mapping[str, object]", json.loads(line))
    except (OSError, ValueError, EOFError) as error:
        raise InvalidInput(f"{path} could not be read ({type(error).__name__}).", remedy="Copy it again.") from error


def _clean(text: str) -> str:
    """Return the words of a piece of Markdown: entities resolved, link targets, tags and addresses left out."""
    text = html.unescape(html.unescape(text)).replace("\u200b", "")
    text = _LINK.sub(r"\1", _LABEL.sub(r"\1", text))
    return " ".join(_MARKUP.sub(" ", text).split())
