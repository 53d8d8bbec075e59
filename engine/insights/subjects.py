"""What a statement is about: products, error codes, names, and countries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.insights.statements import Statement
from engine.languages.folding import fold
from engine.languages.registry import profiles

__all__ = ["Subject", "Subjects", "nameless"]

USUAL = 1 / 3  # of the documents: a name that so many have, such as the company's, tells nothing apart
FEW = 4  # documents that may always share a name
_LATIN = "A-Za-zÀ-ÿ0-9"
_NAME = re.compile(rf"(?<![{_LATIN}])[A-Z][a-zà-ÿ]{{2,}}(?![{_LATIN}])")
_INSIDE = re.compile(rf"(?<=[a-zà-ÿ0-9,;)] ){_NAME.pattern}")  # not where a sentence begins
_LOWER = re.compile(rf"(?<![{_LATIN}])[a-zà-ÿ]{{3,}}(?![{_LATIN}])")
_SPACED = re.compile(r"[a-zà-ÿа-яء-ي]")
_SHORT = {"香港": "HK", "澳门": "MO", "한국": "KR", "uk": "GB", "usa": "US"}
_FALSE_FRIENDS = frozenset({"chad", "turkey", "jordan", "georgia", "mali", "jersey", "guinea"})


@dataclass(frozen=True, slots=True)
class Subject:
    """Codes and names in lower case, and countries (ISO 3166)."""

    names: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is named."""
        return not self.names and not self.countries

    def is_about(self, other: Subject) -> bool:
        """Tell whether it speaks of all that the other one is about."""
        return other.names <= self.names and other.countries <= self.countries

    def overlaps(self, other: Subject) -> bool:
        """Tell whether countries are the same and names do not rule each other out, as those in two scripts do not."""
        apart = self.names and other.names and not self.names & other.names
        return self.countries == other.countries and not apart


class Subjects:
    """Knows the names of a knowledge base: words that are never written in small letters."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        small, held = set[str](), dict[str, set[str]]()
        for each in statements:
            small.update(_LOWER.findall(each.text))
            for found in _named(each):
                held.setdefault(found, set()).add(each.document.id if each.document else "")
        most = max(FEW, USUAL * len(frozenset[str]().union(*held.values())))
        usual = {name for name, where in held.items() if len(where) > most}
        self._names = frozenset(held.keys() - small - usual - _calendar())

    def of(self, statement: Statement) -> Subject:
        """Return what a statement is about."""
        text = f"{statement.context}\n{statement.text}"
        names = {each.lower() for each in _NAME.findall(text)} & self._names
        return Subject(frozenset(names) | statement.codes, _countries(fold(text)))


def _named(statement: Statement) -> Iterator[str]:
    """Yield what is written like a name; in German everything is, beside other scripts every Latin word."""
    if statement.language.startswith("de"):
        return
    pattern = _NAME if statement.language[:2] in {"zh", "ja", "ko", "th"} else _INSIDE
    yield from (found.lower() for found in pattern.findall(statement.text))


def nameless(folded: str, subject: Subject) -> str:
    """Return a folded text without the names of what it is about: what is said of it."""
    pattern, _ = _territories()
    rest = pattern.sub(" ", folded)
    for name in subject.names:
        rest = re.sub(rf"(?<![{_LATIN}]){re.escape(name)}(?![{_LATIN}])", " ", rest)
    return re.sub(r"\s+", " ", rest).strip()


def _countries(folded: str) -> frozenset[str]:
    pattern, codes = _territories()
    return frozenset(codes[found] for found in pattern.findall(folded))


@lru_cache(maxsize=1)
def _calendar() -> frozenset[str]:
    """Return the names of weekdays and months in the languages of the engine, and their plurals in English."""
    from babel import Locale

    found: set[str] = set()
    for language in profiles():
        known = Locale.parse(language.replace("-", "_"))
        for names in (known.days["format"], known.months["format"]):
            found |= {name.lower().strip(".") for width in ("wide", "abbreviated") for name in names[width].values()}
    return frozenset(found | {f"{name}s" for name in found})


@lru_cache(maxsize=1)
def _territories() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return what finds the names of countries in the languages of the engine, folded, and their codes."""
    from babel import Locale

    codes = dict(_SHORT)
    for language in profiles():
        for country, name in Locale.parse(language.replace("-", "_")).territories.items():
            folded = fold(name)
            if len(country) == 2 and country.isalpha() and len(folded) > 1 and folded not in _FALSE_FRIENDS:
                codes.setdefault(folded, country)
    names = sorted(codes, key=lambda name: (-len(name), name))
    either = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" if _SPACED.search(name) else re.escape(name) for name in names)
    return re.compile(either), codes
