"""Rule packs: the shipped ones are sound, broken ones are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import InvalidInput, Misconfigured
from engine.guard.rules.packs import compiled, configured_packs, load_pack, pack_names, shipped_pack

RULE = """
title = "Mine"
[[rules]]
id = "{id}"
rule = "red_line"
severity = "block"
{body}
[rules.remedy]
{remedy}
"""


def write(path: Path, *, id: str = "a", body: str = 'words = ["x"]', remedy: str = 'en = "Do."') -> Path:
    path.write_text(RULE.format(id=id, body=body, remedy=remedy), encoding="utf-8")
    return path


def test_the_shipped_packs() -> None:
    assert pack_names() == ("e-commerce", "finance", "general", "health")


@pytest.mark.parametrize("name", pack_names())
def test_every_shipped_rule_has_remedies_in_the_languages_of_agents(name: str) -> None:
    for rule in shipped_pack(name).rules:
        assert {"en", "zh-Hans", "ja"} <= set(rule.remedy), rule.id


@pytest.mark.parametrize("name", pack_names())
def test_no_shipped_pattern_finds_nothing_at_all_or_an_empty_stretch(name: str) -> None:
    for rule in shipped_pack(name).rules:
        assert all(compiled(pattern).fullmatch("") is None for pattern in rule.patterns), rule.id


def test_an_unknown_pack_is_named_with_those_that_there_are() -> None:
    with pytest.raises(InvalidInput, match=r"'nope'.*general"):
        shipped_pack("nope")


def test_own_files_are_called_by_their_names(tmp_path: Path) -> None:
    packs = configured_packs(("general", str(write(tmp_path / "mine.toml"))))
    assert list(packs) == ["general", "mine"]
    assert packs["mine"].rules[0].words == ("x",)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"body": 'wrods = ["x"]'}, r"mine\.toml.*rule 1\.wrods"),
        ({"body": ""}, "needs words or patterns"),
        ({"body": 'patterns = ["("]'}, r"rule 1.*'\(' is no regular expression"),
        ({"remedy": 'ja = "x"'}, "remedy in English"),
        ({"id": "A B"}, r"rule 1\.id"),
        ({"body": "words = [x]"}, "is not TOML"),
    ],
)
def test_a_broken_pack_names_file_rule_and_field(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    with pytest.raises(Misconfigured, match=told):
        load_pack(write(tmp_path / "mine.toml", **changed))


def test_rules_of_a_pack_have_ids_of_their_own(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.toml")
    once = path.read_text(encoding="utf-8")
    path.write_text(once + once.replace('title = "Mine"\n', ""), encoding="utf-8")
    with pytest.raises(Misconfigured, match="must differ: a"):
        load_pack(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"gone\.toml cannot be read"):
        load_pack(tmp_path / "gone.toml")


def test_patterns_may_be_written_in_either_script() -> None:
    assert compiled("絕對").search("绝对")
