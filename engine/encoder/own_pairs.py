"""What a knowledge base says of itself: titles and headings with the passages below them, in every language it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Final

from engine.domain.knowledge import stable_id

__all__ = ["OwnPage", "OwnPassage", "is_apart", "own_pairs", "set_apart"]

_LANGUAGE_FOLDER: Final = re.compile(r"(?<![^/])[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?(?=/)")
_MOST: Final = 8  # passages of one page that its title is paired with


@dataclass(frozen=True, slots=True)
class OwnPassage:
    """A passage with the headings above it, outermost first."""

    text: str
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A document of the knowledge base; `uri` is its path."""

    uri: str
    title: str
    language: str
    passages: tuple[OwnPassage, ...]


def own_pairs(pages: Iterable[OwnPage]) -> list[tuple[str, str]]:
    """Return pairs of texts that belong together, each once, in the order of the pages.

    Pages whose paths differ in nothing but a folder named like a language are taken for translations: the title of
    each is paired with the titles and the passages of the others.
    """
    families: dict[str, list[OwnPage]] = {}
    for page in pages:
        families.setdefault(_LANGUAGE_FOLDER.sub("*", page.uri), []).append(page)
    pairs = (pair for family in families.values() for pair in _family_pairs(family))
    return list(dict.fromkeys(pair for pair in pairs if all(map(str.strip, pair)) and pair[0] != pair[1]))


def is_apart(uri: str, share: int) -> bool:
    """Tell whether a page is one of about one of `share`, by its path alone."""
    return int(stable_id(uri)[:8], 16) % share == 0


def set_apart(pages: Sequence[OwnPage], *, share: int = 8) -> tuple[list[OwnPage], list[OwnPage]]:
    """Split pages into those to learn from and about one of `share` to measure with, by their paths alone."""
    apart = {page.uri for page in pages if page.title and is_apart(page.uri, share)}
    return [page for page in pages if page.uri not in apart], [page for page in pages if page.uri in apart]


def _family_pairs(family: Sequence[OwnPage]) -> Iterator[tuple[str, str]]:
    for page in family:
        yield from _page_pairs(page.title, page)
        for passage in page.passages:
            yield from ((heading, passage.text) for heading in passage.section[-1:])
    for one, other in permutations(family, 2):
        if one.language != other.language:
            yield one.title, other.title
            yield from _page_pairs(one.title, other)


def _page_pairs(title: str, page: OwnPage) -> Iterator[tuple[str, str]]:
    return ((title, passage.text) for passage in page.passages[:_MOST])
