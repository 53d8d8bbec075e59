"""Next steps in every language: what is said to the customer is theirs, why is the agent's."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.assist.sentiment.reader import NEUTRAL
from engine.assist.suggesting.candidate import Candidate
from engine.assist.suggesting.situation import situation_of
from engine.assist.suggesting.steps import step_candidates
from engine.domain.assist import Alarm, Mood, Trajectory, Trend
from engine.domain.conversation import Role, Turn
from engine.domain.suggestion import SuggestionKind, SuggestionRequest
from engine.languages.detection import ScriptDetector
from engine.languages.registry import profile_for, profiles

CALM = Trajectory((), NEUTRAL, Trend.STEADY, 0.0)
SOLVED: Mapping[str, str] = {
    "ar": "شكرا، تم حل المشكلة",
    "de": "Super, jetzt funktioniert es, danke!",
    "en": "Great, that works now, thank you!",
    "es": "Perfecto, ya funciona, gracias",
    "fr": "Super, ça marche maintenant, merci !",
    "it": "Perfetto, ora funziona, grazie",
    "ja": "解決しました。ありがとうございます。",
    "ko": "해결됐어요. 감사합니다!",
    "pt": "Perfeito, já funciona, obrigado",
    "ru": "Отлично, всё работает, спасибо",
    "th": "ใช้ได้แล้ว ขอบคุณค่ะ",
    "vi": "Đã được rồi, cảm ơn bạn",
    "zh-Hans": "好了，问题解决了，谢谢",
    "zh-Hant": "可以了，問題解決了，謝謝",
}
PERSON: Mapping[str, str] = {
    "ar": "أريد التحدث إلى موظف",
    "de": "Ich möchte mit einem Mitarbeiter sprechen",
    "en": "I want to talk to a person",
    "es": "Quiero hablar con una persona",
    "fr": "Je veux parler à un conseiller",
    "it": "Voglio parlare con una persona",
    "ja": "担当者につないでください",
    "ko": "상담원 연결해 주세요",
    "pt": "Quero falar com uma pessoa",
    "ru": "Хочу поговорить с человеком",
    "th": "ขอคุยกับเจ้าหน้าที่",
    "vi": "Tôi muốn nói chuyện với nhân viên",
    "zh-Hans": "我要转人工",
    "zh-Hant": "我要找真人客服",
}
LANGUAGES = sorted(profiles())


def steps(text: str, language: str, *, mood: Trajectory = CALM, agent: str = "") -> dict[str, Candidate]:
    """Return the steps that a message calls for, by name."""
    request = SuggestionRequest(turns=(Turn(Role.CUSTOMER, text),), language=language, agent_language=agent)
    situation = situation_of("shop", request, ScriptDetector(), limit=4000)
    return {each.key: each for each in step_candidates(situation, mood)}


def test_the_cases_are_of_every_language() -> None:
    assert sorted(SOLVED) == sorted(PERSON) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conversation_that_is_settled_is_closed_in_the_customer_s_language(language: str) -> None:
    (step,) = steps(SOLVED[language], language).values()
    assert (step.kind, step.key, step.language) == (SuggestionKind.NEXT_STEP, "close", language)
    assert ScriptDetector().detect(step.text) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_customer_who_asks_for_a_person_is_told_who_comes(language: str) -> None:
    step = steps(PERSON[language], language)["hand_over"]
    assert step.text == profile_for(language).phrases.handoff
    assert step.fixed == 0.9


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_asks_for_a_person_is_not_sent_home(language: str) -> None:
    assert "close" not in steps(f"{SOLVED[language]} {PERSON[language]}", language)


@pytest.mark.parametrize("language", ["en", "de", "ko", "ja", "zh-Hant"])
def test_what_is_solved_but_for_a_question_is_not_closed(language: str) -> None:
    question = {"en": " But when?", "de": " Aber wann?", "ko": " 근데 언제요?", "ja": " でもいつですか？"}
    assert "close" not in steps(SOLVED[language] + question.get(language, " 可是什麼時候？"), language)


def test_a_customer_who_is_upset_is_not_told_that_all_is_well() -> None:
    upset = Trajectory((), Mood(NEUTRAL.polarity, NEUTRAL.emotion, 2, 0.9), Trend.WORSENING, -1.0)
    assert "close" not in steps(SOLVED["en"], "en", mood=upset)


@pytest.mark.parametrize(
    ("alarm", "confidence", "why"),
    [
        (Alarm.DANGER, 0.95, "there may be danger"),
        (Alarm.THREAT, 0.85, "threat of law or press"),
        (Alarm.FURY, 0.5, "the customer is furious"),
        (Alarm.FALLING, 0.2, "the mood has dropped"),
        (Alarm.LASTING, 0.2, "the customer stays upset"),
    ],
)
def test_the_graver_the_alarm_the_surer_the_hand_over(alarm: Alarm, confidence: float, why: str) -> None:
    alarmed = Trajectory((), NEUTRAL, Trend.WORSENING, -1.0, alarm=alarm, alarm_place=0)
    step = steps("the kettle", "de", mood=alarmed, agent="en")["hand_over"]
    assert (step.fixed, step.reason) == (confidence, f"The conversation calls for a senior colleague: {why}")
    assert step.text == profile_for("de").phrases.handoff


@pytest.mark.parametrize("agent", ["en", "zh-Hans", "zh-Hant", "ja"])
@pytest.mark.parametrize("language", ["ko", "ar", "en"])
def test_the_reason_is_in_the_agent_s_language_whatever_the_customer_s(language: str, agent: str) -> None:
    reason = steps(PERSON[language], language, agent=agent)["hand_over"].reason
    assert ScriptDetector().detect(reason) == agent


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("Where is my parcel?", "en", "ask_order_number"),
        ("我的包裹到哪里了？", "zh-Hans", "ask_order_number"),
        ("荷物がまだ届きません", "ja", "ask_order_number"),
        ("Where is my parcel MV-2026-118420?", "en", None),
        ("What are your opening hours?", "en", None),
    ],
)
def test_what_is_missing_is_asked_for_once_and_only_where_it_is_needed(
    text: str, language: str, key: str | None
) -> None:
    assert [each for each in steps(text, language) if each.startswith("ask_")] == ([key] if key else [])
