from __future__ import annotations

import pytest

from engine.assist.sentiment.cues import FEATURES, read_cues


def feature(text: str, language: str, name: str) -> float:
    return read_cues(text, language).features[FEATURES.index(name)]


def kinds(text: str, language: str) -> set[str]:
    return {cue.kind for cue in read_cues(text, language).cues}


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("I am so disappointed", "en", "regret"),
        ("Still waiting for an answer", "en", "grievance"),
        ("is that safe? I'm worried", "en", "worry"),
        ("the lid is broken", "en", "fault"),
        ("thanks a lot", "en", "thanks"),
        ("what an amazing team", "en", "delight"),
        ("thanks for nothing", "en", "irony"),
        ("我很失望", "zh-Hans", "regret"),
        ("我很失望", "zh-Hant", "regret"),
        ("太過分了", "zh-Hant", "fury"),
        ("有点担心", "zh-Hans", "worry"),
        ("太喜欢了", "zh-Hans", "delight"),
        ("呵呵", "zh-Hans", "irony"),
        ("搞不清楚", "zh-Hans", "puzzle"),
        ("とても残念です", "ja", "regret"),
        ("納得できません", "ja", "grievance"),
        ("助かりました", "ja", "thanks"),
        ("素晴らしい対応", "ja", "delight"),
        ("정말 실망입니다", "ko", "regret"),
        ("Ich bin enttäuscht", "de", "regret"),
    ],
)
def test_words_tell_what_they_are(text: str, language: str, kind: str) -> None:
    assert kind in kinds(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [("I am not happy", "en"), ("it isn't helpful", "en"), ("不满意", "zh-Hans"), ("満足できません", "ja")],
)
def test_praise_that_is_denied_is_none(text: str, language: str) -> None:
    assert not {"content", "delight", "thanks"} & kinds(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [("not bad at all", "en"), ("不错", "zh-Hans"), ("不錯喔", "zh-Hant"), ("悪くないです！", "ja")],
)
def test_blame_that_is_denied_is_praise(text: str, language: str) -> None:
    assert kinds(text, language) & {"litotes", "no_blame"}
    assert not {"regret", "fault", "fury"} & kinds(text, language)


def test_a_negator_in_another_clause_reverses_nothing() -> None:
    assert "content" in kinds("No, that was helpful", "en")


def test_what_comes_before_but_counts_half() -> None:
    assert feature("The robot is great but it is broken", "en", "content") == 0.5
    assert feature("It was broken but the robot is great", "en", "content") == 1.0


def test_spans_are_those_of_the_text_as_typed() -> None:
    text = "Ｔｈａｎｋｓ! 我很失望"
    found = {cue.kind: cue.span.of(text) for cue in read_cues(text, "zh-Hant").cues}
    assert found["regret"] == "失望"


def test_typographic_apostrophes_are_apostrophes() -> None:
    assert kinds("I don’t recommend it", "en") == kinds("I don't recommend it", "en")


def test_questions_without_feeling_are_plain() -> None:
    assert feature("When does it arrive?", "en", "asked_plainly") == 1
    assert feature("When does this garbage arrive?", "en", "asked_plainly") == 0


def test_cues_of_the_hand_over_count_in_every_language() -> None:
    assert feature("Ich gehe zum Anwalt", "sw", "threat") == 1
    assert feature("I got an electric shock", "und", "danger") == 1


def test_features_are_bounded_and_complete() -> None:
    reading = read_cues("terrible awful broken broken broken !!!! 😡😡😡😡 " * 9, "en")
    assert len(reading.features) == len(FEATURES) == len(set(FEATURES))
    assert max(reading.features) <= 3


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\x00", "🧺", "a" * 5000, "۱۲۳"])
def test_strange_texts_are_read(text: str) -> None:
    assert read_cues(text, "en").features
