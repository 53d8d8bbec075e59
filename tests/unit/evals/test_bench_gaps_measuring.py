"""Benches of topics and gaps over a real engine, and their figures where there is little or nothing to count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from engine.assembly import build_assist, build_engine
from engine.assist.service import Assist
from engine.domain.answer import AbstentionReason
from engine.domain.conversation import TurnAction
from engine.domain.handoff import HandoffReason
from engine.domain.insights import GapCause
from engine.settings import Settings, load_settings
from evals.bench.conversations_gaps import Asked, Theme, conversations
from evals.bench.gaps import bench_gaps, scored
from evals.bench.kept_questions import keep_questions
from evals.bench.topics import bench_scale, bench_topics, kept, questions_of
from evals.datasets.intents import Message

PARCELS = ("Where is my parcel?", "My parcel is late.", "Track my parcel please.", "Has my parcel been sent?")
REFUNDS = ("When is my money back?", "I want a refund.", "Is my refund on its way?", "Refund my money please.")
NAMES = ("topics", "scale", "gaps", "turns")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load_settings(data_dir=tmp_path_factory.mktemp("data"), intent_encoder="bundled", parse_workers=0)


@pytest.fixture(scope="module")
def assist(settings: Settings) -> Iterator[Assist]:
    engine = build_engine(settings)
    for name in NAMES:
        engine.create_knowledge_base(name)
    yield build_assist(engine, settings)
    engine.close()


def named(prefix: str, asked: list[Asked]) -> list[Asked]:
    """Return the conversations under ids of their own: several benches share a database here."""
    return [
        replace(
            each,
            exchange=replace(
                each.exchange,
                answer_id=f"{prefix} {each.exchange.answer_id}",
                conversation_id=f"{prefix} {each.exchange.conversation_id}",
            ),
            feedback=each.feedback
            and replace(
                each.feedback, id=f"{prefix} {each.feedback.id}", answer_id=f"{prefix} {each.feedback.answer_id}"
            ),
        )
        for each in asked
    ]


def test_topics_are_compared_with_labels(assist: Assist, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    labelled: list[tuple[str, str]] = []

    def agreement(meant: Sequence[str], found: Sequence[str]) -> float:
        labelled.extend(zip(meant, found, strict=True))
        return 0.5

    monkeypatch.setattr("evals.bench.topics._agreement", agreement)
    said = (*((text, "parcel") for text in PARCELS), *((text, "refund") for text in REFUNDS))
    messages = [Message(f"{text} {n}", intent) for n in range(3) for text, intent in said]
    found = bench_topics(assist, settings, "topics", messages)
    assert (found["questions"], found["intents"], found["ami"]) == (24, 2, 0.5)
    assert Counter(meant for meant, _ in labelled) == {"parcel": 12, "refund": 12}
    assert found["topics"] == len({topic for _, topic in labelled if topic}) >= 2
    assert found["without_topic"] == round(sum(not topic for _, topic in labelled) / 24, 3)
    assert {"ids_kept", "questions_kept"} <= found.keys()
    assert len(found["seconds"]) == 2  # type: ignore[arg-type]


def test_planted_gaps_are_found_in_generated_conversations(assist: Assist, settings: Settings) -> None:
    every = conversations("development", 900, seed=3, knowledge_base="gaps")
    asked = named("gaps", [each for each in every if each.theme.name in {"gift_card", "showroom"}])
    found = bench_gaps(assist, settings, "gaps", asked)
    assert (found["conversations"], found["planted"], found["precision"]) == (len(asked), 2, 1.0)
    assert float(str(found["recall"])) >= 0.5
    told = found["found"]
    assert isinstance(told, list)
    assert {each["theme"] for each in told} <= {"gift_card", "showroom"}
    assert all(each["cause"] == GapCause.MISSING and 0 < each["purity"] <= 1 for each in told)
    assert [each["cost"] for each in told] == sorted((each["cost"] for each in told), reverse=True)


def test_the_scale_is_told_in_two_parts(assist: Assist, settings: Settings) -> None:
    asked = [
        each.exchange for each in named("scale", list(conversations("reported", 202, seed=1, knowledge_base="scale")))
    ]
    found = bench_scale(assist, settings, "scale", asked)
    assert (found["conversations"], found["increment"]) == (200, 2)
    assert max(float(str(found[each])) for each in ("increment_share", "processor_share")) < 1
    assert int(str(found["peak_mb"])) > 50


@pytest.mark.parametrize(
    ("before", "after", "shares"),
    [
        ({}, {}, (1, 1)),
        ({"a": "", "b": ""}, {"a": "x", "b": ""}, (1, 1)),
        ({"a": "x"}, {"a": ""}, (0, 0)),
        ({"a": "x", "b": "y"}, {"a": "y", "b": "x"}, (1, 0)),
        ({"a": "x", "b": "x", "c": "y"}, {"a": "x", "b": "", "c": "y", "d": "z"}, (1, 0.667)),
    ],
)
def test_what_is_kept_is_a_share_of_what_was_there(
    before: dict[str, str], after: dict[str, str], shares: tuple[float, float]
) -> None:
    assert tuple(kept(before, after).values()) == shares


def test_conversations_without_a_planted_gap_have_no_recall() -> None:
    plain = [each for each in conversations("reported", 60, seed=1) if not each.theme.planted]
    assert scored([], plain) == {
        "planted": 0,
        "gaps": 0,
        "recall": 0.0,
        "precision": 0.0,
        "purity": 0.0,
        "cause_right": 0.0,
        "missed": [],
    }
    assert scored([], [])["recall"] == 0.0


def test_what_was_missed_is_named_in_order() -> None:
    asked = conversations("reported", 400, seed=1)
    missed = scored([], asked)["missed"]
    assert missed == sorted({each.theme.name for each in asked if each.theme.planted})
    assert missed


@pytest.mark.parametrize(
    ("fields", "action", "answered"),
    [
        ({}, None, True),
        ({"abstained": AbstentionReason.NO_EVIDENCE, "answer": ""}, TurnAction.ABSTAIN, False),
        ({"handoff": HandoffReason.REQUESTED, "answer": ""}, TurnAction.HANDOFF, False),
    ],
)
def test_questions_are_kept_as_a_desk_keeps_them(
    assist: Assist, settings: Settings, fields: dict[str, object], action: TurnAction | None, answered: bool
) -> None:
    name = f"turns {action}"
    (asked,) = questions_of(["Where is it?"], "turns")
    keep_questions(settings, [replace(asked, answer_id=name, conversation_id=name, **fields)])  # type: ignore[arg-type]
    customer, desk = assist.engine.parts.conversations.history(name)
    assert (customer.text, customer.action) == ("Where is it?", None)
    assert (bool(desk.text.strip("-")), desk.action) == (answered, action)
    (question,) = (each for each in assist.questions.repository.unread("turns", 9) if each.answer_id == name)
    assert (question.abstained, question.handed_over) == (action is TurnAction.ABSTAIN, action is TurnAction.HANDOFF)


def test_many_questions_are_kept_portion_by_portion(
    assist: Assist, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evals.bench.kept_questions.PORTION", 2)
    before = assist.questions.repository.count("turns")[0]
    asked = [
        replace(each, answer_id=f"many {at}", conversation_id=f"many {at}")
        for at, each in enumerate(questions_of(["?"] * 5, "turns"))
    ]
    keep_questions(settings, iter(asked))
    assert assist.questions.repository.count("turns")[0] == before + 5
    keep_questions(settings, [])
    assert assist.questions.repository.count("turns")[0] == before + 5


@pytest.mark.parametrize("half", ["development", "reported"])
def test_generated_questions_are_whole_sentences_in_three_languages(half: str) -> None:
    asked = conversations("development" if half == "development" else "reported", 200, seed=9)
    spoken = {each.exchange.language for each in asked}
    assert {"en", "ja", "zh-Hans"} <= spoken
    for each in asked:
        assert each.exchange.question == each.exchange.standalone.strip() != ""
        assert bool(each.exchange.answer) is not bool(each.exchange.abstained or each.exchange.handoff)
        assert each.feedback is None or each.feedback.answer_id == each.exchange.answer_id


def test_a_hand_over_is_told_by_its_exchange() -> None:
    (asked,) = questions_of(["?"], "kb")
    theme = Theme("parcel", {"en": ("?",)})
    assert not Asked(asked, None, theme).handed_over
    assert Asked(replace(asked, handoff=HandoffReason.REQUESTED), None, theme).handed_over


def test_no_conversations_are_none(tmp_path: Path) -> None:
    assert conversations("reported", 0, seed=1) == ()
    assert questions_of([], "kb") == []
