from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.domain.proposals import Observation, ProposalKind, ProposalState
from engine.embedding.static import StaticEmbedder
from engine.insights.mining import Matched, agree, grouped, mined
from engine.ports import Vector

NOW = datetime(2026, 7, 1, tzinfo=UTC)
ENCODER = StaticEmbedder()


def embed(texts: Sequence[str]) -> Vector:
    return ENCODER.embed_passages(texts)


def seen(id: str, question: str, answer: str, language: str = "en", access: tuple[str, ...] = ()) -> Observation:
    return Observation(id, question, answer, language, document_id=id, access=access)


KETTLE = seen("1", "Why does my kettle not switch off?", "Boil it once with citric acid. Rinse it twice.")
KETTLE_TOO = seen("2", "My kettle does not switch off, why?", "Boil it with citric acid.")
OTHERWISE = seen("3", "Why does the kettle not switch off?", "Send it to our workshop in Leiden.")
PARCEL = seen("4", "Where is my parcel?", "Look at the tracking page.")


def test_questions_that_ask_the_same_are_grouped() -> None:
    assert grouped([KETTLE, KETTLE_TOO, PARCEL], embed) == [[KETTLE, KETTLE_TOO], [PARCEL]]
    assert grouped([], embed) == []


def test_readers_and_languages_are_kept_apart() -> None:
    staff = replace(KETTLE_TOO, access=("access:staff",))
    german = replace(KETTLE_TOO, language="de")
    assert len(grouped([KETTLE, staff, german], embed)) == 3


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Within 30 days.", "You have 30 days.", True),
        ("Within 30 days.", "You have 14 days.", False),
        ("Within two weeks.", "14 days.", True),
        ("You can wash it in the dishwasher.", "You cannot wash it in the dishwasher.", False),
        ("Boil it once with citric acid.", "Boil it with citric acid, then rinse.", True),
        ("Boil it once with citric acid.", "Send the parcel to Leiden.", False),
    ],
)
def test_answers_agree_by_values_and_by_words(one: str, other: str, same: bool) -> None:
    assert agree(replace(KETTLE, answer=one), replace(KETTLE, answer=other)) is same


def test_most_agents_decide_and_the_fullest_answer_speaks() -> None:
    (found,) = mined("shop", [OTHERWISE, KETTLE_TOO, KETTLE], embed=embed, match=_new, now=NOW)
    assert (found.answer, found.question) == (KETTLE.answer, KETTLE.question)
    assert {each.observation.id: each.agrees for each in found.evidence} == {"1": True, "2": True, "3": False}
    assert found.confidence == pytest.approx(2.5 / 4)
    assert (found.state, found.kind, found.created_at) == (ProposalState.PROPOSED, ProposalKind.NEW, NOW)


def test_more_evidence_makes_surer_and_leaves_the_id() -> None:
    (alone,) = mined("shop", [KETTLE], embed=embed, match=_new, now=NOW)
    (both,) = mined("shop", [KETTLE_TOO, KETTLE], embed=embed, match=_new, now=NOW)
    assert both.confidence > alone.confidence
    assert both.id == alone.id
    (elsewhere,) = mined("desk", [KETTLE], embed=embed, match=_new, now=NOW)
    assert elsewhere.id != alone.id


def _new(_: Observation) -> Matched:
    return Matched(ProposalKind.NEW)
