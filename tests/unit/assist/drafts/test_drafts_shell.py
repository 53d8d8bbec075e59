from __future__ import annotations

import pytest

from engine.assist.drafts.room import ROOMS
from engine.assist.drafts.shell import Shell, emotion_of
from engine.assist.sentiment.model import polarity
from engine.domain.assist import Emotion, Mood
from engine.domain.channel import Channel
from engine.domain.draft import Tone
from engine.domain.handoff import Queue


def shell(**fields: object) -> Shell:
    given: dict[str, object] = {"language": "en", "tone": Tone.FRIENDLY, "channel": Channel.CHAT, **fields}
    return Shell(**given)  # type: ignore[arg-type]


def mood(emotion: Emotion, level: int, confidence: float = 0.9) -> Mood:
    return Mood(polarity(level), emotion, level, confidence)


@pytest.mark.parametrize(
    ("felt", "answered"),
    [
        (mood(Emotion.ANGER, 1), Emotion.ANGER),
        (mood(Emotion.ANXIETY, 2), Emotion.ANXIETY),
        (mood(Emotion.NEUTRAL, 2), Emotion.DISAPPOINTMENT),
        (mood(Emotion.JOY, 1), Emotion.DISAPPOINTMENT),
        (mood(Emotion.ANGER, 3), Emotion.NEUTRAL),
        (mood(Emotion.CONFUSION, 3), Emotion.CONFUSION),
        (mood(Emotion.JOY, 5), Emotion.JOY),
        (mood(Emotion.ANGER, 2, 0.5), Emotion.NEUTRAL),
    ],
)
def test_what_a_reply_answers_to_fits_level_and_emotion(felt: Mood, answered: Emotion) -> None:
    assert emotion_of(felt) is answered


@pytest.mark.parametrize(
    ("fields", "greeting"),
    [
        ({}, "Hello,"),
        ({"name": "  Lena \n Fischer "}, "Hi Lena Fischer,"),
        ({"name": "Lena", "tone": Tone.FORMAL}, "Dear Lena,"),
        ({"name": "x" * 81}, "Hello,"),
        ({"name": "{team}"}, "Hi {team},"),
        ({"begun": True}, ""),
        ({"begun": True, "channel": Channel.SMS}, ""),
        ({"begun": True, "channel": Channel.EMAIL}, "Hello,"),
        ({"language": "ja", "name": "高橋", "tone": Tone.FORMAL}, "高橋様"),
        ({"language": "zh-Hans", "name": "王女士"}, "王女士，您好！"),
        ({"language": "sw"}, "Hello,"),
    ],
)
def test_the_customer_is_greeted_by_name_where_it_is_known(fields: dict[str, object], greeting: str) -> None:
    assert shell(**fields).greeting == greeting


@pytest.mark.parametrize(
    ("fields", "empathy"),
    [
        ({}, "Thanks for getting in touch."),
        ({"begun": True}, ""),
        ({"begun": True, "emotion": Emotion.CONFUSION}, ""),
        ({"begun": True, "emotion": Emotion.JOY}, "That's great to hear, thank you!"),
        ({"emotion": Emotion.ANGER}, "I'm really sorry about this, and I can see why you are upset."),
        ({"emotion": Emotion.ANGER, "mild": True}, "Sorry about this."),
        (
            {"emotion": Emotion.ANGER, "mild": True, "tone": Tone.FORMAL},
            "We are sorry that this has not met your expectations.",
        ),
        ({"emotion": Emotion.ANGER, "tone": Tone.CONCISE}, "Sorry about this."),
        ({"tone": Tone.CONCISE}, ""),
        ({"emotion": Emotion.ANGER, "channel": Channel.SMS}, ""),
    ],
)
def test_empathy_fits_mood_tone_and_channel(fields: dict[str, object], empathy: str) -> None:
    assert shell(**fields).empathy == empathy


@pytest.mark.parametrize(
    ("fields", "closing"),
    [
        ({}, "Have a nice day!"),
        ({"emotion": Emotion.ANXIETY}, "Thanks for bearing with us."),
        ({"tone": Tone.CONCISE}, ""),
        ({"channel": Channel.SMS}, ""),
        ({"channel": Channel.EMAIL}, "Have a nice day!\nBest wishes"),
        (
            {"channel": Channel.EMAIL, "agent": "Tom", "tone": Tone.FORMAL},
            "Thank you for choosing us.\nKind regards\nTom",
        ),
        ({"channel": Channel.EMAIL, "agent": "Tom", "tone": Tone.CONCISE}, "Best wishes\nTom"),
    ],
)
def test_letters_are_signed(fields: dict[str, object], closing: str) -> None:
    assert shell(**fields).closing == closing


def test_a_holding_reply_says_who_looks_into_it() -> None:
    assert "our returns team will look into it" in shell().holding(Queue.RETURNS)
    assert "我的同事" in shell(language="zh-Hans").holding(Queue.GENERAL)


def test_what_leads_over_is_joined_as_the_language_joins_sentences() -> None:
    assert shell().about("MV-1") == "Regarding your order MV-1: "
    assert shell(language="zh-Hans").about("MV-1") == "关于您的订单 MV-1："
    assert shell().about("") == ""
    assert shell(language="ja").asking("いつですか。") == "確認のため、ひとつ教えてください。いつですか。"


def test_nobody_is_invited_where_there_is_no_room() -> None:
    assert (shell().invite, shell(channel=Channel.SMS).invite) == ("If anything is unclear, just write back.", "")


def test_every_channel_has_room_for_the_longest_sentence() -> None:
    assert set(ROOMS) == set(Channel)
    assert min(room.characters for room in ROOMS.values()) > 400
