"""Packs of an owner: what a rule may say, how faults are told, and how several packs work together."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from engine.domain.check import CheckRule, Severity
from engine.errors import InvalidInput, Misconfigured
from engine.guard.rules.packs import Rule, RulePack, configured_packs, load_pack, shipped_pack
from engine.guard.rules.ruleset import RuleSet


def rule(id: str = "a", **given: object) -> Rule:
    base: dict[str, object] = {"id": id, "rule": "red_line", "severity": "warn", "remedy": {"en": "Do."}}
    return Rule.model_validate(base | given)


def pack(*rules: Rule) -> RulePack:
    return RulePack(title="Mine", rules=rules)


def found(rules: RuleSet, text: str) -> list[tuple[str, str, bool]]:
    return [(each.id, each.span.of(text), each.disguised) for each in rules.findings(text, "en")]


SOUND = """
title = "Mine"
[[rules]]
id = "first"
rule = "red_line"
severity = "block"
words = ["x"]
remedy = {en = "Do."}
[[rules]]
id = "second"
rule = "red_line"
severity = "warn"
patterns = ["y"]
remedy = {en = "Do."}
"""


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ('title = "Mine"', "", r"title: Field required"),
        ('title = "Mine"', 'title = ""', r"title: "),
        ('title = "Mine"', 'title = "Mine"\nversion = 2', r"version: Extra inputs"),
        ('id = "second"', "", r"rules\.rule 2\.id: Field required"),
        ('id = "second"', 'id = "Second"', r"rules\.rule 2\.id: .*pattern"),
        ('id = "second"', f'id = "{"s" * 61}"', r"rules\.rule 2\.id: .*60"),
        ('id = "second"', 'id = "first"', r"rule ids must differ: first"),
        (
            'rule = "red_line"\nseverity = "warn"',
            'rule = "pink_line"\nseverity = "warn"',
            r"rule 2\.rule: .*'red_line'",
        ),
        ('severity = "warn"', 'severity = "error"', r"rules\.rule 2\.severity: .*'warn' or 'block'"),
        ('severity = "block"', "severity = 1", r"rules\.rule 1\.severity"),
        ('patterns = ["y"]', 'patterns = "y"', r"rules\.rule 2\.patterns: .*tuple"),
        ('patterns = ["y"]', 'patterns = ["y", ""]', r"rules\.rule 2\.patterns\.1: .*1 character"),
        ('patterns = ["y"]', 'patterns = ["[a"]', r"rules\.rule 2: .*'\[a' is no regular expression: unterminated"),
        ('patterns = ["y"]', 'patterns = ["y"]\nunless = ["*"]', r"rules\.rule 2: .*'\*' is no regular expression"),
        ('patterns = ["y"]', "patterns = []", r"rules\.rule 2: .*needs words or patterns"),
        ('words = ["x"]', "words = [7]", r"rules\.rule 1\.words\.0: .*string"),
        ('words = ["x"]', 'words = ["x"]\ndisguised = "perhaps"', r"rules\.rule 1\.disguised: .*boolean"),
        ('words = ["x"]\nremedy = {en = "Do."}', 'words = ["x"]', r"rules\.rule 1\.remedy: Field required"),
        ('words = ["x"]\nremedy = {en = "Do."}', 'words = ["x"]\nremedy = {de = "Tu."}', r'rule 1: .*English \("en"\)'),
        ('words = ["x"]\nremedy = {en = "Do."}', 'words = ["x"]\nremedy = {en = ""}', r"rules\.rule 1\.remedy\.en"),
        ('words = ["x"]', 'words = ["x"', r"is not TOML: .*line 8"),
        ('words = ["x"]', 'words = ["x"]\nwords = ["y"]', r"is not TOML: .*overwrite"),
        (SOUND, 'title = "Mine"\nrules = []', r"rules: .*at least 1"),
        (SOUND, "", r"title: Field required; rules: Field required"),
    ],
)
def test_a_fault_names_file_rule_and_field(tmp_path: Path, wrong: str, right: str, told: str) -> None:
    assert wrong in SOUND
    file = tmp_path / "mine.toml"
    file.write_text(SOUND.replace(wrong, right, 1), encoding="utf-8")
    with pytest.raises(Misconfigured, match=rf"^The rule pack mine\.toml .*{told}") as error:
        load_pack(file)
    assert error.value.remedy
    assert str(tmp_path) not in str(error.value)


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SOUND.replace('"first"', '"F"').replace('severity = "warn"', 'severity = "w"'), encoding="utf-8")
    with pytest.raises(Misconfigured, match=r"rule 1\.id: .*; rules\.rule 2\.severity: "):
        load_pack(file)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"title = \x80"])
def test_what_is_not_utf8_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mine.toml").write_bytes(content)
    with pytest.raises(Misconfigured, match=r"mine\.toml cannot be read"):
        load_pack(tmp_path / "mine.toml")


def test_a_folder_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").mkdir()
    with pytest.raises(Misconfigured, match=r"mine\.toml cannot be read"):
        load_pack(tmp_path / "mine.toml")


def test_a_sound_file_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SOUND, encoding="utf-8")
    first, second = load_pack(file).rules
    assert (first.words, first.patterns, first.severity, first.disguised) == (("x",), (), Severity.BLOCK, False)
    assert (second.words, second.patterns, second.rule) == ((), ("y",), CheckRule.RED_LINE)


def test_an_own_file_may_stand_in_for_a_shipped_pack(tmp_path: Path) -> None:
    file = tmp_path / "general.toml"
    file.write_text(SOUND, encoding="utf-8")
    packs = configured_packs(("general", "finance", str(file)))
    assert [each.id for each in packs["general"].rules] == ["first", "second"]
    assert packs["finance"] is shipped_pack("finance")


@pytest.mark.parametrize("name", ["", "General", "../general", "general.TOML"])
def test_only_known_names_are_shipped(name: str) -> None:
    with pytest.raises(InvalidInput, match="There is no rule pack"):
        configured_packs((name,))


def test_a_rule_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        rule(words=("x",)).id = "b"


def test_rules_are_named_by_their_packs_and_all_are_heard() -> None:
    one, other = pack(rule("a", words=("Acme",))), pack(rule("a", patterns=("acme corp",)))
    rules = RuleSet({"one": one, "other": other})
    assert found(rules, "Acme Corp") == [("one/a", "Acme", False), ("other/a", "Acme Corp", False)]


def test_no_packs_find_nothing() -> None:
    assert found(RuleSet({}), "idiot") == []


def test_words_are_found_hidden_only_where_the_rule_says_so() -> None:
    rules = RuleSet({"p": pack(rule("plain", words=("moron",)), rule("any", words=("idiot",), disguised=True))})
    assert found(rules, "m0ron 1d10t MORON idiot") == [
        ("p/any", "1d10t", True),
        ("p/plain", "MORON", False),
        ("p/any", "idiot", False),
    ]


def test_unless_counts_for_words_and_patterns_where_it_overlaps() -> None:
    given = {"unless": ("not (?:acme|beta)",)}
    rules = RuleSet({"p": pack(rule("w", words=("acme",), **given), rule("p", patterns=("beta",), **given))})
    assert found(rules, "not acme, not beta") == []
    text = "acme, not acme, beta, not beta"
    assert [(each.id, each.span.start) for each in rules.findings(text, "en")] == [("p/w", 0), ("p/p", 16)]


def test_overlapping_patterns_of_a_rule_are_one_finding() -> None:
    rules = RuleSet({"p": pack(rule(patterns=("free gift", "gift card", "free")))})
    assert [said for _, said, _ in found(rules, "a free gift card")] == ["free gift"]


def test_patterns_that_match_nothing_at_all_are_no_finding() -> None:
    assert found(RuleSet({"p": pack(rule(patterns=("x*",)))}), "yxxy") == [("p/a", "xx", False)]


@pytest.mark.parametrize("written", ["絕對", "绝对"])
def test_either_script_in_the_rule_finds_either_in_the_reply(written: str) -> None:
    by_word = RuleSet({"p": pack(rule(words=(written,)))})
    by_pattern = RuleSet({"p": pack(rule(patterns=(written,)))})
    for rules in (by_word, by_pattern):
        assert [said for _, said, _ in found(rules, "絕對，绝对")] == ["絕對", "绝对"]


@pytest.mark.parametrize(
    ("remedy", "language", "told"),
    [
        ({"en": "Do.", "zh-Hans": "请删除。"}, "zh-Hant", "請刪除。"),
        ({"en": "Do.", "zh-Hans": "请删除。", "zh-Hant": "請移除。"}, "zh-HK", "請移除。"),
        ({"en": "Do.", "zh-Hant": "請移除。"}, "zh-CN", "Do."),
        ({"en": "Do.", "de": "Tu."}, "de-AT", "Tu."),
        ({"en": "Do.", "ja": "削除。"}, "ja-JP", "削除。"),
        ({"en": "Do."}, "", "Do."),
        ({"en": "Do."}, "xx-unknown", "Do."),
    ],
)
def test_the_remedy_in_the_language_of_the_agent(remedy: dict[str, str], language: str, told: str) -> None:
    (finding,) = RuleSet({"p": pack(rule(words=("x",), remedy=remedy))}).findings("x", language)
    assert finding.remedy == told
