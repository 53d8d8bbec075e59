from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.assembly import build_assist, build_engine
from engine.assist.service import Assist
from engine.assist.triage.taxonomy import read_taxonomy, written_taxonomy
from engine.domain.assist import Alarm, Trend
from engine.domain.conversation import Role, Turn
from engine.domain.handoff import FactKind, Polarity, Priority
from engine.domain.triage import CustomerTier, Intent, TriageRequest
from engine.errors import InvalidInput, NotFound
from engine.settings import load_settings
from tests.fakes.embedding import HashEmbedder

SAMPLE = Path(__file__).parents[3] / "evals" / "sample" / "intents.yaml"
KB = "shop"


@pytest.fixture
def assist(tmp_path: Path) -> Iterator[Assist]:
    settings = load_settings(data_dir=tmp_path, intent_encoder="bundled")
    engine = build_engine(settings, embedder=HashEmbedder())
    engine.create_knowledge_base(KB)
    made = build_assist(engine, settings)
    made.put_intents(KB, read_taxonomy(SAMPLE))
    yield made
    engine.close()


def intents(assist: Assist, text: str) -> list[str]:
    return [found.id for found in assist.triage(KB, TriageRequest(text)).intents]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("where is my parcel right now?", "track_parcel"),
        ("I want to return the coffee machine", "return_item"),
        ("我的包裹怎么还没到，物流一直没更新", "track_parcel"),
        ("發票的統編打錯了", "invoice"),
        ("ポイントの有効期限はいつですか", "club_points"),
    ],
)
def test_the_sample_taxonomy_is_understood_in_its_languages(assist: Assist, text: str, intent: str) -> None:
    assert intents(assist, text)[:1] == [intent]


@pytest.mark.parametrize("text", ["hello", "will it rain tomorrow?", "讲个笑话吧", "今日の天気は", "who won the cup?"])
def test_what_no_desk_works_on_is_none_of_these(assist: Assist, text: str) -> None:
    found = assist.triage(KB, TriageRequest(text))
    assert found.intents == ()
    assert found.none_probability > 0.5
    assert len(found.candidates) == 5


@pytest.mark.parametrize("text", ["🙂", "1234", "???"])
def test_a_message_without_letters_wants_nothing(assist: Assist, text: str) -> None:
    found = assist.triage(KB, TriageRequest(text))
    assert (found.intents, found.candidates, found.none_probability) == ((), (), 1.0)


def test_a_message_may_want_several_things_each_with_its_part(assist: Assist) -> None:
    text = "Where is my parcel? And please send me the invoice as well."
    found = {each.id: each.span.of(text) for each in assist.triage(KB, TriageRequest(text)).intents}
    assert set(found) == {"track_parcel", "invoice"}
    assert found["track_parcel"] == "Where is my parcel?"


def test_a_triage_tells_who_how_soon_and_what_is_missing(assist: Assist) -> None:
    text = "Where is my parcel? I need it by Friday"
    found = assist.triage(KB, TriageRequest(text, tier=CustomerTier.PREFERRED))
    assert (found.category, found.queue, found.priority) == ("delivery", "delivery", Priority.URGENT)
    assert [fact.kind for fact in found.missing] == [FactKind.ORDER_NUMBER]
    known = TriageRequest(text, earlier=("it is MV-2026-118420",))
    assert assist.triage(KB, known).missing == ()


def test_questions_are_in_the_customer_s_language(assist: Assist) -> None:
    (fact,) = assist.triage(KB, TriageRequest("荷物は今どこにありますか")).missing
    assert fact.question.endswith("。")


def test_edits_are_taken_up_at_once(assist: Assist) -> None:
    text = "Do you sell umbrellas made of bamboo?"
    assert "umbrellas" not in intents(assist, text)
    assist.put_intents(KB, [Intent("umbrellas", ("Are there bamboo umbrellas?", "I want an umbrella"), queue="rain")])
    assert intents(assist, text) == ["umbrellas"]
    assert assist.triage(KB, TriageRequest(text)).queue == "rain"
    assist.delete_intent(KB, "umbrellas")
    assert "umbrellas" not in intents(assist, text)


def test_without_intents_everything_is_none_of_them(assist: Assist) -> None:
    assist.put_intents(KB, [], replace_all=True)
    found = assist.triage(KB, TriageRequest("Where is my parcel?"))
    assert (found.intents, found.none_probability, found.queue) == ((), 1.0, "delivery")


def test_unknown_names_and_wrong_intents_are_refused(assist: Assist) -> None:
    with pytest.raises(NotFound, match="nothing"):
        assist.triage("nothing", TriageRequest("Hello"))
    with pytest.raises(NotFound, match="ghost"):
        assist.intent(KB, "ghost")
    for wrong in (Intent("a b", ("x",)), Intent("a", ()), Intent("a", ("  ",)), Intent("a", ("x" * 1001,))):
        with pytest.raises(InvalidInput):
            assist.put_intents(KB, [wrong])
    with pytest.raises(InvalidInput):
        assist.triage(KB, TriageRequest(" "))


def test_a_conversation_s_mood_has_a_direction(assist: Assist) -> None:
    turns = [
        Turn(Role.CUSTOMER, "Hi, when does my order arrive?"),
        Turn(Role.AGENT, "THIS IS TERRIBLE!!!"),
        Turn(Role.CUSTOMER, "That is disappointing, you said Monday"),
        Turn(Role.CUSTOMER, "Useless liars!! I want my money back NOW"),
    ]
    found = assist.sentiment(turns)
    assert [turn.place for turn in found.turns] == [0, 2, 3]
    assert (found.trend, found.alarm, found.alarm_place) == (Trend.WORSENING, Alarm.FURY, 3)
    assert found.overall.polarity is Polarity.NEGATIVE


def test_a_turn_without_words_takes_the_language_of_the_one_before(assist: Assist) -> None:
    turns = [Turn(Role.CUSTOMER, "返金はいつですか"), Turn(Role.CUSTOMER, "😡")]
    assert [turn.language for turn in assist.sentiment(turns).turns] == ["ja", "ja"]
    assert assist.sentiment([]).turns == ()
    assert assist.mood("Thank you, perfect!").polarity is Polarity.POSITIVE


def test_a_taxonomy_survives_writing_and_reading(tmp_path: Path) -> None:
    import json

    intents = read_taxonomy(SAMPLE)
    copy = tmp_path / "intents.json"
    copy.write_text(json.dumps(written_taxonomy(intents)), encoding="utf-8")
    assert read_taxonomy(copy) == intents


@pytest.mark.parametrize(
    "text",
    ["{", "a: b", "- id: x", "- id: x\n  examples: [a]\n  priority: soon", "- id: x\n  examples: 3", "- examples: [a]"],
)
def test_a_taxonomy_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "intents.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"intents\.yaml"):
        read_taxonomy(file)
