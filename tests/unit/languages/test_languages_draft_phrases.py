from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from string import Formatter

import pytest

from engine.answering.spoken import written_in
from engine.domain.assist import Emotion
from engine.domain.draft import Tone
from engine.domain.handoff import Queue
from engine.guard.promises.extraction import promises
from engine.guard.reply_findings import abuse, instructions, personal_data
from engine.guard.rules.packs import shipped_pack
from engine.guard.rules.ruleset import RuleSet
from engine.languages.detection import ScriptDetector
from engine.languages.draft_phrases import DraftPhrases, Voice, draft_phrases, every_language
from engine.languages.kinship import Kinship, kinship
from engine.languages.quantities import quantities
from engine.languages.registry import profiles

LANGUAGES = sorted(profiles())
PACKS = ("general", "e-commerce", "finance", "health")
RULES = RuleSet({name: shipped_pack(name) for name in PACKS}, is_word=lambda _: True)
ORDER = "MV-2026-118420"


def voices(phrases: DraftPhrases) -> tuple[Voice, Voice]:
    return phrases.formal, phrases.friendly


def whole(phrases: DraftPhrases) -> Iterator[str]:
    """Yield everything that is said, filled in."""
    for voice in voices(phrases):
        yield from (voice.named.format(name="Lena"), voice.unnamed, *voice.empathy.values(), voice.steps)
        yield from (voice.invite, voice.ask, voice.closing, voice.patience, voice.sign_off)
        yield from (voice.holding.format(team=team) for team in phrases.teams.values())
    yield from (phrases.about.format(order_number=ORDER), phrases.sorry, phrases.glad)


def test_every_language_of_the_desk_has_phrases() -> None:
    assert sorted(every_language()) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_out_and_nothing_is_trimmed_away(language: str) -> None:
    phrases = draft_phrases(language)
    assert list(phrases.teams) == list(Queue)
    assert len(set(phrases.teams.values())) == len(Queue)
    for voice in voices(phrases):
        assert set(voice.empathy) == set(Emotion)
        assert len(set(voice.empathy.values())) == len(Emotion)
    assert all(said == said.strip() and said for said in whole(phrases))


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_where_they_belong(language: str) -> None:
    def fields(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    phrases = draft_phrases(language)
    assert fields(phrases.about) == {"order_number"}
    for voice in voices(phrases):
        assert (fields(voice.named), fields(voice.holding)) == ({"name"}, {"team"})
        others = (voice.unnamed, *voice.empathy.values(), voice.steps, voice.invite, voice.ask, voice.closing)
        assert not any(map(fields, others))


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_promise_nothing_and_no_check_objects(language: str) -> None:
    for said in whole(draft_phrases(language)):
        found = (
            *RULES.findings(said, "en"),
            *instructions(said, "en"),
            *abuse(said, language, "en"),
            *personal_data(said, language, "en", ()),
        )
        assert (list(found), promises(said)) == ([], ()), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_name_no_numbers(language: str) -> None:
    for said in whole(draft_phrases(language)):
        assert [each for each in quantities(said) if each.span.of(said).strip(" :") != ORDER] == [], said


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_in_their_language(language: str) -> None:
    said = list(whole(draft_phrases(language)))
    assert all(written_in(text, language) for text in said)
    assert kinship(ScriptDetector().detect(" ".join(said)), language) is Kinship.LANGUAGE


def test_the_two_scripts_of_chinese_are_told_apart() -> None:
    detect = ScriptDetector().detect
    for language in ("zh-Hans", "zh-Hant"):
        assert detect(" ".join(whole(draft_phrases(language)))) == language


@pytest.mark.parametrize(
    ("tag", "sorry"), [("zh-TW", "很抱歉造成您的困擾。"), ("de-AT", "das tut mir leid."), ("sw", "Sorry about this.")]
)
def test_tags_find_their_language_or_english(tag: str, sorry: str) -> None:
    assert draft_phrases(tag).sorry == sorry


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_concise_reply_is_short_with_feelings(language: str) -> None:
    phrases = draft_phrases(language)
    brief, friendly = phrases.voice(Tone.CONCISE), phrases.voice(Tone.FRIENDLY)
    for emotion in Emotion:
        assert len(brief.empathy[emotion]) <= len(friendly.empathy[emotion])
    assert brief.empathy[Emotion.ANGER] == phrases.sorry
    assert (brief.invite, brief.closing, brief.patience) == ("", "", "")
    assert (brief.holding, brief.sign_off) == (friendly.holding, friendly.sign_off)


def test_formal_and_friendly_differ() -> None:
    for language, part in product(LANGUAGES, ("invite", "holding", "ask")):
        formal, friendly = voices(draft_phrases(language))
        assert getattr(formal, part) != getattr(friendly, part), (language, part)
