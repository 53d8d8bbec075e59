"""Proposals as the API shows them, what may be said of them, and vectors as OpenAI's clients read them."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from pydantic import BaseModel, ValidationError

from api.schemas.embeddings import ChatEmbeddingsIn
from api.schemas.proposals import EditIn, GoldenIn, MineIn, ProposalOut, ProposalsQuery, PublishIn, RejectIn
from api.schemas.upkeep import ContradictionsQuery, StaleQuery
from engine.domain.knowledge import Span
from engine.domain.proposals import (
    Effect,
    Evidence,
    Expected,
    Observation,
    Outcome,
    Place,
    Proposal,
    ProposalKind,
    ProposalState,
    Publication,
    Rehearsed,
    Reply,
)
from engine.insights.proposals import MAX_GOLDEN

AT = datetime(2026, 7, 1, tzinfo=UTC)
SEEN = Observation("o", "Why?", "So.", "en", document_id="d", access=("access:staff",))
BARE = Proposal(
    id="p",
    knowledge_base="shop",
    kind=ProposalKind.NEW,
    state=ProposalState.PROPOSED,
    language="en",
    question="Why?",
    answer="So.",
    confidence=0.75,
    evidence=(Evidence(SEEN, agrees=True), Evidence(replace(SEEN, id="o2"), agrees=False)),
    created_at=AT,
    changed_at=AT,
    access=("access:staff",),
)
WRONG, RIGHT = Reply(Outcome.ABSTAINED, "", 0.1, False), Reply(Outcome.ANSWERED, "So.", 0.9, True)


def test_what_nobody_published_has_neither_place_nor_effect() -> None:
    found = ProposalOut.shown(BARE)
    assert (found.place, found.publication, found.effect, found.reason) == (None, None, None, "")
    assert (found.count, [each.agrees for each in found.evidence]) == (2, [True, False])
    assert found.access == ("access:staff",)


def test_a_published_one_is_shown_whole() -> None:
    done = replace(
        BARE,
        state=ProposalState.PUBLISHED,
        place=Place("d", 2, "Page", Span(3, 7), "that"),
        publication=Publication("d", 3, 2, AT),
        effect=Effect(0.5, (Rehearsed("Why?", "o", WRONG, RIGHT), Rehearsed("Who?", "", RIGHT, RIGHT))),
    )
    found = ProposalOut.shown(done)
    assert found.place
    assert (found.place.span.start, found.place.span.end, found.place.quote) == (3, 7, "that")
    assert found.publication
    assert (found.publication.version, found.publication.previous) == (3, 2)
    assert found.effect
    assert (found.effect.better, found.effect.same, found.effect.worse) == (1, 1, 0)
    assert [each.verdict for each in found.effect.questions] == ["better", "same"]
    assert ProposalOut.model_validate_json(found.model_dump_json()) == found


@pytest.mark.parametrize("state", ProposalState)
@pytest.mark.parametrize("kind", ProposalKind)
def test_every_state_and_kind_can_be_shown(state: ProposalState, kind: ProposalKind) -> None:
    found = ProposalOut.shown(replace(BARE, state=state, kind=kind))
    assert (found.state, found.kind) == (state, kind)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (EditIn, {"question": "x" * 1001}),
        (EditIn, {"answer": "x" * 8001}),
        (EditIn, {"state": "approved"}),
        (RejectIn, {}),
        (RejectIn, {"reason": ""}),
        (GoldenIn, {"question": ""}),
        (GoldenIn, {"question": "Why?", "wordings": ["x"] * 21}),
        (GoldenIn, {"question": "Why?", "language": "zh_Hant"}),
        (PublishIn, {"golden": [{"question": "Why?"}] * (MAX_GOLDEN + 1)}),
        (MineIn, {"knowledge_base": "shop", "talks": ["t"] * 21}),
        (MineIn, {"knowledge_base": ""}),
        (ProposalsQuery, {"knowledge_base": "shop", "limit": 501}),
        (ProposalsQuery, {"knowledge_base": "shop", "state": ["done"]}),
        (ProposalsQuery, {"knowledge_base": "shop", "kind": "old"}),
        (ContradictionsQuery, {"knowledge_base": "shop", "sure": 1.1}),
        (ContradictionsQuery, {"knowledge_base": "shop", "sure": float("nan")}),
        (StaleQuery, {"knowledge_base": "shop", "days": -1}),
        (StaleQuery, {"knowledge_base": "shop", "days": 3651}),
    ],
)
def test_what_is_too_much_or_unknown_is_refused(model: type[BaseModel], fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        model.model_validate(fields)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"question": "Why?"}, Expected("Why?", ())),
        (
            {"question": "为什么？", "wordings": ["因为"], "language": "zh-Hans"},
            Expected("为什么？", ("因为",), "zh-Hans"),
        ),
        ({"question": "なぜ？\ud83d"}, Expected("なぜ？?", ())),
    ],
)
def test_a_golden_question_becomes_what_is_expected(fields: dict[str, object], expected: Expected) -> None:
    assert GoldenIn.model_validate(fields).to_domain() == expected


def test_an_edit_may_leave_either_out() -> None:
    assert EditIn.model_validate({}) == EditIn(question="", answer="")
    assert EditIn.model_validate({"answer": "So."}).question == ""


@pytest.mark.parametrize(
    ("given", "texts"),
    [("one", ("one",)), (["one", "two"], ("one", "two")), ("", ("",)), (["退货", "返品"], ("退货", "返品"))],
)
def test_one_text_or_several_are_embedded(given: object, texts: tuple[str, ...]) -> None:
    assert ChatEmbeddingsIn.model_validate({"model": "shop", "input": given}).texts == texts


@pytest.mark.parametrize("given", [[], ["x"] * 257, [1, 2, 3], [["x"]], None, "x" * 20_001])
def test_other_inputs_are_refused(given: object) -> None:
    with pytest.raises(ValidationError):
        ChatEmbeddingsIn.model_validate({"model": "shop", "input": given})


def test_a_vector_is_the_same_in_either_form() -> None:
    vector = np.array([0.5, -0.25, 1e-8], dtype=np.float32)
    numbers = ChatEmbeddingsIn.model_validate({"model": "shop", "input": "x"}).encoded(vector)
    packed = ChatEmbeddingsIn.model_validate({"model": "shop", "input": "x", "encoding_format": "base64"})
    text = packed.encoded(vector)
    assert isinstance(text, str)
    assert np.frombuffer(base64.b64decode(text), dtype="<f4").tolist() == numbers == vector.tolist()


def test_fields_of_other_systems_are_left_unread() -> None:
    found = ChatEmbeddingsIn.model_validate({"model": "shop", "input": "x", "dimensions": 12, "user": "u"})
    assert "dimensions" not in found.model_dump()
