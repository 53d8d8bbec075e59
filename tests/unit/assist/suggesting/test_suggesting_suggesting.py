from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.assembly import build_assist, build_engine
from engine.assist.service import Assist
from engine.domain.canned_reply import CannedReply
from engine.domain.conversation import Role, Turn
from engine.domain.feedback import Verdict
from engine.domain.knowledge import DocumentKind
from engine.domain.suggestion import Suggestion, SuggestionKind, SuggestionRequest, Suggestions
from engine.errors import InvalidInput, NotFound
from engine.settings import load_settings
from tests.fakes.embedding import HashEmbedder
from tests.unit.engine.desk import KB, Desk, page

CHAT = (
    "[10:02] Customer: My kettle leaks at the lid, what can I do?\n"
    "[10:03] Agent: Hello [name 1]. Please press the lid seal of the kettle into its groove.\n"
    "[10:05] Customer: It works, thanks"
)
LATE = CannedReply(KB, "late", "en", "Where is my parcel?", "Sorry, order {order_number} of {customer_name} is late.")
CANNED, CASE, STEP = SuggestionKind.CANNED, SuggestionKind.SIMILAR_CASE, SuggestionKind.NEXT_STEP


@pytest.fixture
def assist(tmp_path: Path) -> Iterator[Assist]:
    settings = load_settings(data_dir=tmp_path, intent_encoder="bundled")
    engine = build_engine(settings, embedder=HashEmbedder())
    engine.create_knowledge_base(KB)
    chat, text = page("chat", CHAT)
    Desk(engine).add(
        page("returns", "You may return a kettle within 30 days of delivery. The label is free.", title="Returns"),
        page("warranty", "The warranty of the kettle lasts 24 months. A leaking lid is covered.", title="Warranty"),
        (replace(chat, kind=DocumentKind.TRANSCRIPT), text),
    )
    made = build_assist(engine, settings)
    made.canned.put(KB, [LATE])
    yield made
    engine.close()


def suggested(assist: Assist, *said: str, **fields: object) -> Suggestions:
    turns = tuple(Turn(Role.CUSTOMER, text) for text in said)
    return assist.suggesting.suggest(KB, SuggestionRequest(turns=turns, **fields))  # type: ignore[arg-type]


def only(found: Suggestions, kind: SuggestionKind) -> list[Suggestion]:
    return [each for each in found.items if each.kind is kind]


def test_a_canned_reply_is_filled_and_its_gaps_are_marked(assist: Assist) -> None:
    found = only(suggested(assist, "Where is my parcel? The order is MV-2026-118420"), CANNED)[0]
    assert found.text == "Sorry, order MV-2026-118420 of {customer_name} is late."
    assert [gap.name for gap in found.gaps] == ["customer_name"]
    named = suggested(assist, "Where is my parcel?", facts={"customer_name": "Mia", "order_number": "MV-1"})
    assert only(named, CANNED)[0].text == "Sorry, order MV-1 of Mia is late."


def test_knowledge_is_quoted_with_its_place(assist: Assist) -> None:
    found = only(suggested(assist, "How long may I return the kettle?"), SuggestionKind.KNOWLEDGE)[0]
    assert "30 days" in found.text
    for cited in found.evidence:
        stored = assist.engine.parts.knowledge.stored_text(cited.document_id, cited.version).text
        assert cited.span.of(stored) == cited.quote == cited.answer_span.of(found.text)


def test_a_similar_case_gives_what_the_agent_answered(assist: Assist) -> None:
    (found,) = only(suggested(assist, "My kettle leaks at the lid"), CASE)
    assert found.text.endswith("press the lid seal of the kettle into its groove.")
    (cited,) = found.evidence
    assert cited.span.of(CHAT) == cited.quote
    assert "similar case" in found.reason


def test_the_record_of_the_conversation_itself_is_left_out(assist: Assist) -> None:
    assert only(suggested(assist, "My kettle leaks at the lid", without=("chat.md",)), CASE) == []


def test_one_question_decides_between_cases(assist: Assist) -> None:
    fees = {"Japan": "JPY 550", "Taiwan": "TWD 80", "Norway": "EUR 9"}
    table = "\n".join(f"Country: {country}; Delivery fee: {fee}" for country, fee in fees.items())
    Desk(assist.engine).add(page("fees", table, title="Delivery fee"))
    found = suggested(assist, "How much is the delivery fee?", limit=20)
    (back,) = only(found, SuggestionKind.CLARIFY)
    assert back.options == ("Japan", "Taiwan", "Norway")
    for cited in back.evidence:
        assert cited.answer_span.of(back.text) == back.text
        assert cited.span.of(table) == cited.quote


def test_an_agent_calls_a_reply_by_its_shortcut(assist: Assist) -> None:
    found = suggested(assist, "My kettle leaks at the lid", typed="/late")
    assert (found.items[0].kind, found.items[0].reason) == (CANNED, "Called by its shortcut /late")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("Where is my parcel?", "ask_order_number"),
        ("I want to talk to a human agent", "hand_over"),
        ("That solved it, thank you!", "close"),
        ("My kettle caught fire and there is smoke", "hand_over"),
    ],
)
def test_next_steps(assist: Assist, said: str, key: str) -> None:
    assert key in [each.key for each in only(suggested(assist, said, limit=20), STEP)]


def test_who_asks_about_their_own_order_is_asked_for_its_number(assist: Assist) -> None:
    own, any_order = (
        next(each for each in suggested(assist, said, limit=20).items if each.key == "ask_order_number").confidence
        for said in ("Has my order left the warehouse yet?", "How long does a delivery take?")
    )
    assert own > 0.3 > any_order


def test_what_was_told_is_not_asked_for(assist: Assist) -> None:
    found = suggested(assist, "Where is my parcel MV-2026-118420?", limit=20)
    assert "ask_order_number" not in [each.key for each in found.items]


def test_feedback_moves_what_agents_use_up_and_the_rest_down(assist: Assist) -> None:
    before = suggested(assist, "Where is my parcel?", group="night")
    first = only(before, CANNED)[0]
    for _ in range(8):
        again = only(suggested(assist, "Where is my parcel?", group="night"), CANNED)[0]
        assist.suggesting.judge(again.id, Verdict.REJECTED)
    after = only(suggested(assist, "Where is my parcel?", group="night", limit=20), CANNED)[0]
    assert after.confidence < first.confidence
    assert after.fit == first.fit
    assert "0% of it in 8 conversations" in after.reason


def test_edits_count_by_their_distance_and_verdicts_are_taken_back(assist: Assist) -> None:
    found = only(suggested(assist, "Where is my parcel?"), CANNED)[0]
    assert assist.suggesting.judge(found.id, Verdict.ACCEPTED).distance == 0
    edited = assist.suggesting.judge(found.id, Verdict.EDITED, found.text[:-4])
    assert edited.distance == pytest.approx(4 / len(found.text))
    (reply,) = assist.canned.repository.replies(KB)
    assert (reply.used, reply.accepted) == (1, 0)
    assert assist.suggesting.judge(found.id, Verdict.REJECTED).credit == 0
    (reply,) = assist.canned.repository.replies(KB)
    assert (reply.used, reply.accepted) == (0, 0)


@pytest.mark.parametrize(
    ("verdict", "sent"),
    [(Verdict.SOLVED, ""), (Verdict.EDITED, " "), (Verdict.ACCEPTED, "text"), (Verdict.REJECTED, "text")],
)
def test_feedback_that_contradicts_itself_is_refused(assist: Assist, verdict: Verdict, sent: str) -> None:
    found = suggested(assist, "Where is my parcel?").items[0]
    with pytest.raises(InvalidInput):
        assist.suggesting.judge(found.id, verdict, sent)


def test_wrong_requests_are_refused(assist: Assist) -> None:
    with pytest.raises(InvalidInput, match="said nothing"):
        assist.suggesting.suggest(KB, SuggestionRequest(turns=(Turn(Role.AGENT, "Hello"),)))
    with pytest.raises(NotFound, match="nowhere"):
        assist.suggesting.suggest("nowhere", SuggestionRequest(turns=(Turn(Role.CUSTOMER, "Hello"),)))
    with pytest.raises(NotFound, match="no suggestion"):
        assist.suggesting.judge("ghost.0", Verdict.ACCEPTED)


def test_the_order_is_the_same_every_time_and_bounded(assist: Assist) -> None:
    one, other = (suggested(assist, "My kettle leaks, may I return it?", limit=3) for _ in range(2))
    assert [each.text for each in one.items] == [each.text for each in other.items]
    assert len(one.items) == 3
    assert [each.confidence for each in one.items] == sorted((each.confidence for each in one.items), reverse=True)
