from __future__ import annotations

import time

import pytest

from engine.assist.sentiment.cues import FEATURES, read_cues
from engine.assist.sentiment.model import EMOTIONS, LEVELS, mood_of, polarity, shipped_weights
from engine.assist.sentiment.reader import NEUTRAL, CueMoodReader
from engine.domain.assist import Emotion
from engine.domain.handoff import Polarity
from engine.embedding.static import StaticEmbedder

READERS = {"cues": CueMoodReader(), "vector": CueMoodReader(StaticEmbedder())}


@pytest.fixture(params=sorted(READERS))
def reader(request: pytest.FixtureRequest) -> CueMoodReader:
    return READERS[request.param]


@pytest.mark.parametrize(
    ("text", "language", "polarity", "emotion"),
    [
        ("This is ridiculous!! I want my money back NOW", "en", Polarity.NEGATIVE, Emotion.ANGER),
        ("Unfortunately I'm disappointed with the quality", "en", Polarity.NEGATIVE, Emotion.DISAPPOINTMENT),
        ("I'm worried, is it safe for my baby?", "en", Polarity.NEGATIVE, Emotion.ANXIETY),
        ("Which filter fits the P5?", "en", Polarity.NEUTRAL, Emotion.NEUTRAL),
        ("Thank you so much, you are amazing!", "en", Polarity.POSITIVE, Emotion.JOY),
        ("骗子公司，再不退款我就投诉", "zh-Hans", Polarity.NEGATIVE, Emotion.ANGER),
        ("請問什麼時候出貨", "zh-Hant", Polarity.NEUTRAL, Emotion.NEUTRAL),
        ("太喜歡了，謝謝你們！", "zh-Hant", Polarity.POSITIVE, Emotion.JOY),
        ("何度もお願いしていますが、まだ連絡がありません", "ja", Polarity.NEGATIVE, Emotion.ANGER),
        ("とても気に入りました。ありがとうございます！", "ja", Polarity.POSITIVE, Emotion.JOY),
        ("Vielen Dank, alles super!", "de", Polarity.POSITIVE, Emotion.JOY),
        ("😡😡", "und", Polarity.NEGATIVE, Emotion.ANGER),
    ],
)
def test_plain_cases(reader: CueMoodReader, text: str, language: str, polarity: Polarity, emotion: Emotion) -> None:
    mood = reader.read(text, language)
    assert (mood.polarity, mood.emotion) == (polarity, emotion)
    assert 0 <= mood.confidence <= 1


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_no_words_are_neutral(reader: CueMoodReader, text: str) -> None:
    assert reader.read(text, "en") == NEUTRAL


def test_a_polite_japanese_complaint_is_a_complaint(reader: CueMoodReader) -> None:
    text = "恐れ入りますが、届いた商品に傷があり、大変残念に思っております"
    assert reader.read(text, "ja").level <= 2


def test_shouting_makes_it_worse(reader: CueMoodReader) -> None:
    calm, loud = reader.read("that is bad service", "en"), reader.read("THAT IS BAD SERVICE!!!", "en")
    assert loud.level <= calm.level


def test_level_polarity_and_emotion_agree(reader: CueMoodReader) -> None:
    for text in ("ok", "great!!", "useless", "why???", "hm", "terrible, but thanks", "love it", "is it?"):
        mood = reader.read(text, "en")
        assert polarity(mood.level) is mood.polarity
        assert (mood.emotion is Emotion.JOY) == (mood.polarity is Polarity.POSITIVE)


def test_the_weights_fit_the_features_and_the_bundled_encoder() -> None:
    weights, info = shipped_weights(), StaticEmbedder().info
    width = len(FEATURES) + info.dimension + 1
    assert weights.levels.shape == (len(LEVELS), width)
    assert weights.emotions.shape == (len(EMOTIONS), width)
    assert weights.encoder == info.revision


def test_the_vector_has_a_say() -> None:
    reading, encoder = read_cues("hm", "en"), StaticEmbedder()
    vectors = [encoder.embed_query(text) for text in ("wonderful happy delight", "awful angry disaster")]
    good, bad = (mood_of(reading, vector) for vector in vectors)
    assert (good.level, good.confidence) != (bad.level, bad.confidence)


@pytest.mark.parametrize("text", ["1", "a ", "了", "-", "not ", "!"])
@pytest.mark.parametrize("language", ["en", "zh-Hans", "ja"])
def test_endless_messages_take_no_time(text: str, language: str) -> None:
    begun = time.process_time()
    READERS["cues"].read(text * 20_000, language)
    assert time.process_time() - begun < 2
