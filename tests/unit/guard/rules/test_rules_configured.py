"""Which packs are in force: the shipped ones by name, an owner's files, and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.domain.check import Severity
from engine.errors import InvalidInput, Misconfigured
from engine.guard.rules.packs import configured_packs, pack_names, shipped_pack
from engine.guard.rules.ruleset import RuleSet

PACK = """
title = "Mine"
[[rules]]
id = "never"
rule = "red_line"
severity = "block"
words = ["{word}"]
[rules.remedy]
en = "Leave it out."
"""


def own(folder: Path, word: str, name: str = "mine.toml") -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(PACK.replace("{word}", word), encoding="utf-8")
    return str(folder / name)


def test_two_files_of_one_name_are_refused_and_named(tmp_path: Path) -> None:
    files = [own(tmp_path / place, place) for place in ("toys", "books")]
    with pytest.raises(Misconfigured, match="called 'mine'") as error:
        configured_packs(files)
    assert "another name" in error.value.remedy
    assert not any(str(tmp_path) in part for part in (error.value.message, error.value.remedy))


def test_one_file_named_twice_is_one(tmp_path: Path) -> None:
    file = own(tmp_path, "frobnicate")
    assert list(configured_packs([file, file])) == ["mine"]


def test_files_of_different_names_are_all_heard(tmp_path: Path) -> None:
    packs = configured_packs([own(tmp_path, "frobnicate"), own(tmp_path, "xyzzy", "more.toml"), "general"])
    found = [each.id for each in RuleSet(packs).findings("Xyzzy, do not frobnicate.", "en")]
    assert sorted(found) == ["mine/never", "more/never"]
    assert set(packs) == {"general", "mine", "more"}


def test_a_shipped_pack_is_the_same_object_each_time() -> None:
    for name in pack_names():
        assert configured_packs([name])[name] is shipped_pack(name)


def test_no_names_are_no_packs() -> None:
    assert configured_packs([]) == {}


@pytest.mark.parametrize("names", [["general", "unheard-of"], ["unheard-of"]])
def test_an_unknown_name_is_told_with_those_that_there_are(names: list[str]) -> None:
    with pytest.raises(InvalidInput, match="unheard-of") as error:
        configured_packs(names)
    assert all(name in error.value.remedy for name in pack_names())


@pytest.mark.parametrize(
    ("word", "text", "said"),
    [
        ("无效退款", "這是無效退款哦", "無效退款"),
        ("無效退款", "这是无效退款", "无效退款"),
        ("ＡＢＣ", "an abc here", "abc"),
        ("straße", "In der STRASSE.", None),
        ("返品不可", "これは返品不可です", "返品不可"),
        ("환불불가", "이 상품은 환불불가 입니다", "환불불가"),
        ("ห้ามคืน", "สินค้านี้ห้ามคืนนะ", "ห้ามคืน"),
        ("ممنوع", "هذا ممنوع تماما", "ممنوع"),
        ("cat", "concatenate", None),
    ],
)
def test_words_are_found_in_every_script_and_not_inside_latin_ones(
    tmp_path: Path, word: str, text: str, said: str | None
) -> None:
    rules = RuleSet(configured_packs([own(tmp_path, word)]))
    found = [each.span.of(text) for each in rules.findings(text, "en")]
    assert found == ([said] if said else [])


def test_a_finding_has_the_severity_and_the_remedy_of_its_rule(tmp_path: Path) -> None:
    (found,) = RuleSet(configured_packs([own(tmp_path, "frobnicate")])).findings("Frobnicate!", "th")
    assert (found.severity, found.remedy, found.disguised) == (Severity.BLOCK, "Leave it out.", False)
