"""The words of the pages: the same keys in four languages, and none asked for that is missing."""

from __future__ import annotations

import json
import re

import pytest
from opencc import OpenCC

from api.pages.files import STATIC

LOCALES = STATIC / "shared" / "locales"
LANGUAGES = ("zh-Hans", "zh-Hant", "en", "ja")
PARTS = sorted(path.stem for path in (LOCALES / "en").glob("*.json"))
MODULES = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js"))
CALL = re.compile(r"""(?<![.\w])(?:t|has)\(\s*(?:"([^"]+)"|`([^`]+)`)""")
PLACE = re.compile(r"\{(\w+)\}")
BOTH = set("台里后只干系面表范制准布占出回才千几采周向于余克升群")  # written so in both scripts


def words(language: str, part: str) -> dict[str, str | dict[str, str]]:
    read: dict[str, str | dict[str, str]] = json.loads(
        (LOCALES / language / f"{part}.json").read_text(encoding="utf-8")
    )
    return read


def forms(said: str | dict[str, str]) -> list[str]:
    return [said] if isinstance(said, str) else list(said.values())


def asked(module: str) -> set[str]:
    """Return the keys that a module asks for; a key with something filled in, up to there."""
    text = (STATIC / module).read_text(encoding="utf-8")
    return {plain or made.split("${")[0] for plain, made in CALL.findall(text)}


@pytest.mark.parametrize("part", PARTS)
def test_the_four_languages_say_the_same_things(part: str) -> None:
    english = words("en", part)
    for language in LANGUAGES:
        said = words(language, part)
        assert list(said) == list(english), language
        for key, value in said.items():
            assert all(forms(value)), (language, key)
            places = {place for form in forms(value) for place in PLACE.findall(form)}
            assert places == {place for form in forms(english[key]) for place in PLACE.findall(form)}, (language, key)


def test_no_language_has_a_part_of_its_own() -> None:
    for language in LANGUAGES:
        assert sorted(path.stem for path in (LOCALES / language).glob("*.json")) == PARTS


@pytest.mark.parametrize("module", MODULES)
def test_every_key_that_is_asked_for_exists(module: str) -> None:
    known = {f"{part}.{key}" for part in PARTS for key in words("en", part)}
    begun = {key for key in asked(module) if key not in known}
    assert {key for key in begun if "." not in key or not any(each.startswith(key) for each in known)} == set()


def test_plurals_have_the_form_that_every_language_has() -> None:
    for language in LANGUAGES:
        for part in PARTS:
            for key, said in words(language, part).items():
                assert isinstance(said, str) or "other" in said, (language, part, key)
                assert isinstance(said, str) or language == "en", (language, part, key)


def test_traditional_and_simplified_are_not_mixed() -> None:
    to_simplified, to_traditional = OpenCC("t2s"), OpenCC("s2t")
    for part in PARTS:
        hans = "".join(form for said in words("zh-Hans", part).values() for form in forms(said))
        hant = "".join(form for said in words("zh-Hant", part).values() for form in forms(said))
        assert {each for each in set(hans) - BOTH if to_simplified.convert(each) != each} == set(), part
        assert {each for each in set(hant) - BOTH if to_traditional.convert(each) != each} == set(), part


def test_a_key_that_is_missing_would_be_seen() -> None:
    assert [plain or made for plain, made in CALL.findall('t("a.b") t(`a.${x}`) has("c.d") set("no")')] == [
        "a.b",
        "a.${x}",
        "c.d",
    ]
