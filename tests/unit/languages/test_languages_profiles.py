from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

import pytest
import snowballstemmer  # type: ignore[import-untyped]

from engine.languages.folding import fold, to_script
from engine.languages.profile import LanguageProfile, Phrases, QuestionType, calendar_words, folded_cues, folded_words
from engine.languages.registry import profiles

ALL = list(profiles().values())
SPACED = [profile for profile in ALL if profile.spaced]
UNSPACED = [profile for profile in ALL if not profile.spaced]
DURATIONS = {"minute", "hour", "day", "working_day", "week", "month", "year"}
SCRIPTS = {
    "Latn": "[A-Za-zÀ-ɏḀ-ỿ]",
    "Cyrl": "[А-яЁё]",
    "Arab": "[\u0620-\u06ff]",
    "Thai": "[\u0e01-\u0e4e]",
    "Kore": "[가-힣]",
    "Jpan": "[ぁ-ヿ一-鿿]",
    "Hans": "[一-鿿]",
    "Hant": "[一-鿿]",
}


def named(profile: LanguageProfile) -> str:
    return profile.code


def sayings(phrases: Phrases) -> Iterator[tuple[str, str]]:
    return ((field.name, getattr(phrases, field.name)) for field in fields(phrases))


@pytest.mark.parametrize("profile", ALL, ids=named)
def test_a_profile_is_complete(profile: LanguageProfile) -> None:
    assert profile.name
    assert len(profile.stop_words) >= 30
    assert profile.sentence_stops
    assert set(profile.question_cues) == set(QuestionType)
    assert all(profile.question_cues.values())
    assert all(text.strip() == text and text for _, text in sayings(profile.phrases))
    assert set(profile.calendar.durations) == DURATIONS


@pytest.mark.parametrize("profile", ALL, ids=named)
def test_words_and_cues_are_folded(profile: LanguageProfile) -> None:
    cues = {cue for cues in profile.question_cues.values() for cue in cues}
    calendar = {word for words in profile.calendar.durations.values() for word in words}
    calendar |= {word for words in (*profile.calendar.months, *profile.calendar.numerals) for word in words}
    for word in profile.stop_words | profile.common_words | profile.abbreviations | profile.numbered | cues | calendar:
        assert word == fold(word).strip() != ""


@pytest.mark.parametrize("profile", SPACED, ids=named)
def test_function_words_are_single_words(profile: LanguageProfile) -> None:
    assert [word for word in profile.stop_words | profile.common_words if not word.isalpha()] == []


@pytest.mark.parametrize("profile", UNSPACED, ids=named)
def test_function_words_of_languages_without_spaces_tell_something(profile: LanguageProfile) -> None:
    kana = [word for word in profile.stop_words if re.fullmatch("[ぁ-ん]", word)]
    assert kana == []


@pytest.mark.parametrize("profile", ALL, ids=named)
def test_the_stemmer_exists(profile: LanguageProfile) -> None:
    assert profile.stemmer is None or profile.stemmer in snowballstemmer.algorithms()


@pytest.mark.parametrize("profile", ALL, ids=named)
def test_phrases_have_the_right_places_to_fill_in(profile: LanguageProfile) -> None:
    places = {name: set(re.findall(r"{(\w+)}", text)) for name, text in sayings(profile.phrases)}
    for name, found in places.items():
        expected = {"title"} if name.startswith("lead_in") else {"language"} if name == "other_language" else set()
        assert found == expected, name


@pytest.mark.parametrize("profile", ALL, ids=named)
def test_phrases_are_written_in_the_script_of_the_language(profile: LanguageProfile) -> None:
    letters = re.compile("|".join(SCRIPTS[script] for script in profile.scripts))
    for name, text in sayings(profile.phrases):
        bare = re.sub(r"{\w+}", "", text)
        own = len(letters.findall(bare))
        assert own >= 0.9 * sum(char.isalpha() for char in bare), name


@pytest.mark.parametrize("profile", ALL, ids=named)
def test_phrases_differ_from_each_other(profile: LanguageProfile) -> None:
    texts = [text for _, text in sayings(profile.phrases)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("profile", ALL, ids=named)
def test_a_refusal_offers_a_person_and_admits_not_knowing(profile: LanguageProfile) -> None:
    """Each is a question to the customer (Thai writes none of the question marks), or ends as a polite request."""
    for text in (profile.phrases.no_evidence, profile.phrases.low_confidence, profile.phrases.conflict):
        assert text.endswith(("?", "？", "؟", "か。", "คะ"))


@pytest.mark.parametrize("profile", ALL, ids=named)
def test_languages_do_not_share_phrases(profile: LanguageProfile) -> None:
    others = {text for other in ALL if other.code != profile.code for _, text in sayings(other.phrases)}
    mine = {text for _, text in sayings(profile.phrases)}
    shared = mine & others
    assert shared <= {"《{title}》中提到："}


@pytest.mark.parametrize("profile", ALL, ids=named)
def test_joined_sentences_are_separated_where_the_language_does(profile: LanguageProfile) -> None:
    assert profile.joiner == ("" if profile.code in {"zh-Hans", "zh-Hant", "ja"} else " ")


def test_each_chinese_is_written_in_its_own_script() -> None:
    for text in (text for _, text in sayings(profiles()["zh-Hans"].phrases)):
        assert to_script(text, "zh-Hans") == text
    for text in (text for _, text in sayings(profiles()["zh-Hant"].phrases)):
        assert fold(text) != text.lower() or "《" in text


def test_traditional_chinese_knows_the_words_of_simplified_chinese() -> None:
    assert profiles()["zh-Hans"].stop_words < profiles()["zh-Hant"].stop_words


@pytest.mark.parametrize("profile", [p for p in ALL if p.calendar.months], ids=named)
def test_there_are_twelve_months(profile: LanguageProfile) -> None:
    assert len(profile.calendar.months) == 12
    assert len({name for names in profile.calendar.months for name in names}) >= 12


@pytest.mark.parametrize("profile", ALL, ids=named)
def test_a_name_of_a_duration_means_one_unit(profile: LanguageProfile) -> None:
    words = [word for words in profile.calendar.durations.values() for word in words]
    assert len(words) == len(set(words))


def test_no_duration_means_different_units_in_two_languages() -> None:
    meant: dict[str, str] = {}
    for profile in ALL:
        for unit, words in profile.calendar.durations.items():
            for word in words:
                assert meant.setdefault(word, unit) == unit, (profile.code, word)


def test_folded_words_are_split_at_white_space() -> None:
    assert folded_words("Über\n  ＡＢＣ 問") == {"über", "abc", "问"}


def test_folded_cues_are_split_at_bars() -> None:
    cues = folded_cues(when="Wie Lange|何時", what="Was")
    assert cues == {QuestionType.WHEN: ("wie lange", "何时"), QuestionType.WHAT: ("was",)}


def test_folded_cues_refuse_an_unknown_question_type() -> None:
    with pytest.raises(ValueError, match="whither"):
        folded_cues(whither="where to")


def test_calendar_words_have_variants_and_spaces() -> None:
    words = calendar_words(months="Jan|January Feb", day="day|days", working_day="business_day", numerals="one two")
    assert words.months == (("jan", "january"), ("feb",))
    assert words.durations == {"day": ("day", "days"), "working_day": ("business day",)}
    assert words.numerals == (("one",), ("two",))


def test_calendar_words_may_be_missing() -> None:
    assert calendar_words(day="일").months == ()
