from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.domain.event import Event
from engine.errors import Misconfigured
from engine.insights.proactive.rules import Caps, ProactiveRule, cause_of, load_rules, worded

NOW = datetime(2026, 7, 3, 12, tzinfo=UTC)
SAID = {"en": "About {subject}", "zh-Hans": "关于{subject}", "ja": "{subject}について"}


def rule(**changes: Any) -> ProactiveRule:
    return ProactiveRule.model_validate({"name": "r", "kind": "*failed", "question": SAID, "opening": SAID, **changes})


def events(*told: tuple[str, float], subject: str = "R3", **details: float) -> list[Event]:
    """Return events by kind and how many hours ago, the oldest first."""
    made = [Event(f"{kind}{ago}", "c", kind, NOW - timedelta(hours=ago), subject, details) for kind, ago in told]
    return sorted(made, key=lambda each: each.at)


@pytest.mark.parametrize(
    ("changes", "told", "count"),
    [
        ({}, [("payment.FAILED", 1)], 1),
        ({"times": 3}, [("failed", 1), ("failed", 2)], None),
        ({"times": 3}, [("failed", 1), ("failed", 2), ("failed", 30)], None),
        ({"times": 3}, [("failed", 1), ("failed", 2), ("failed", 3)], 3),
        ({"unless": ["*paid"]}, [("failed", 2), ("order.paid", 1)], None),
        ({"unless": ["*paid"]}, [("order.paid", 3), ("failed", 2)], 1),
        ({"after_hours": 20, "within_hours": 72}, [("failed", 10)], None),
        ({"after_hours": 20, "within_hours": 72}, [("failed", 30)], 1),
        ({"after_hours": 20, "within_hours": 72}, [("failed", 30), ("failed", 1)], None),
        ({"subject": "K*"}, [("failed", 1)], None),
        ({"subject": "r*"}, [("failed", 1)], 1),
        ({}, [("failed", -1)], None),
    ],
)
def test_a_rule_has_a_cause_or_none(changes: dict[str, Any], told: list[tuple[str, float]], count: int | None) -> None:
    found = cause_of(rule(**changes), events(*told), NOW)
    assert (len(found.events) if found else None) == count


def test_events_count_for_each_subject_alone_and_the_latest_is_heard() -> None:
    told = [*events(("failed", 5), ("failed", 4)), *events(("failed", 3), ("failed", 2), subject="K2")]
    assert cause_of(rule(times=3), told, NOW) is None
    found = cause_of(rule(times=2), told, NOW)
    assert found
    assert found.subject == "K2"


@pytest.mark.parametrize(("seconds", "held"), [(300.0, True), (299.0, False)])
def test_it_may_have_to_last(seconds: float, held: bool) -> None:
    found = cause_of(rule(lasting_s=300), events(("failed", 1), seconds=seconds), NOW)
    assert (found is not None) is held


@pytest.mark.parametrize(
    ("language", "said"),
    [("ja", "R3について"), ("zh-Hans", "关于R3"), ("zh-Hant", "关于R3"), ("zh", "关于R3"), ("fr", "About R3")],
)
def test_words_are_in_the_nearest_language(language: str, said: str) -> None:
    assert worded(SAID, language, "R3")[0] == said


def test_the_shipped_rules_are_told_in_four_languages() -> None:
    shipped = load_rules()
    assert [each.name for each in shipped.rules] == ["failed-repeatedly", "delivered", "looked-long"]
    assert shipped.caps == Caps(per_day=1, per_week=3)
    assert shipped.reach == timedelta(hours=72)
    for each in shipped.rules:
        assert each.question.keys() == each.opening.keys() == {"en", "zh-Hans", "zh-Hant", "ja"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("rules = [", "not TOML"),
        ("", "rules: Field required"),
        ('rules = [{name = "a"}]', "kind"),
        ('rules = [{name = "a", kind = "x", question = {ja = "?"}, opening = {en = "!"}}]', "English"),
        ('rules = [{name = "a", kind = "x", question = {en = "{who}"}, opening = {en = "!"}}]', "braces"),
        ('rules = [{name = "a", kind = "x", after_hours = 25, question = {en = "?"}, opening = {en = "!"}}]', "never"),
        (2 * '[[rules]]\nname = "a"\nkind = "x"\nquestion = {en = "?"}\nopening = {en = "!"}\n', "differ: a"),
    ],
)
def test_wrong_rules_are_named(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured, match=problem):
        load_rules(tmp_path / "own.toml")
    with pytest.raises(Misconfigured, match=r"none\.toml cannot be read"):
        load_rules(tmp_path / "none.toml")
