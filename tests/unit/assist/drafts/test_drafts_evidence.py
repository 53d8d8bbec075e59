from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.assist.drafts.evidence import LEAST, Evidence, evidence_for
from engine.assist.service import Assist
from engine.assist.suggesting.finding import found_passages
from engine.assist.suggesting.situation import Situation, situation_of
from engine.domain.channel import Channel
from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.suggestion import SuggestionRequest, WarningKind
from tests.unit.assist.drafts.desk import assist_desk
from tests.unit.engine.desk import KB, Desk, page

TABLE = (
    "How long returns take, by country\n\n"
    "Country: Japan; Days to return the lamp: 14 days\nCountry: Canada; Days to return the lamp: 7 days\n"
)


@pytest.fixture(scope="module")
def assist(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assist]:
    with assist_desk(tmp_path_factory.mktemp("desk")) as made:
        Desk(made.engine).add(
            page("lamp", TABLE, title="Days to return the lamp"),
            page("socks-a", "Orders of socks are sent within 3 days after payment.", title="Socks"),
            page("socks-b", "Orders of socks are sent within 9 days after payment.", title="Socks"),
            page("list", "The vase:\n- The vase holds 2 litres of water.\n- It is made of glass.", title="Vase"),
        )
        yield made


def situation(assist: Assist, *turns: Turn | str) -> Situation:
    said = tuple(turn if isinstance(turn, Turn) else Turn(Role.CUSTOMER, turn) for turn in turns)
    return situation_of(KB, SuggestionRequest(turns=said), assist.engine.parts.detector, limit=4000)


def found(assist: Assist, *turns: Turn | str, language: str = "en") -> Evidence:
    return evidence_for(assist.engine, situation(assist, *turns), language, Channel.CHAT)


def test_quotes_are_exact_and_come_from_one_document(assist: Assist) -> None:
    evidence = found(assist, "How many days do I have to return a kettle after delivery?")
    assert evidence.may_be_sent
    assert len({evidence.passages[quote.passage].document_id for quote in evidence.extraction.quotes}) == 1
    for quote in evidence.extraction.quotes:
        where = evidence.passages[quote.passage]
        assert where.text[quote.span.start - where.span.start : quote.span.end - where.span.start] == quote.text


def test_bullets_are_not_quoted(assist: Assist) -> None:
    evidence = found(assist, "How many litres of water does the vase hold?")
    texts = [quote.text for quote in evidence.extraction.quotes]
    assert "The vase holds 2 litres of water." in texts
    assert not any(text.startswith("-") for text in texts)


def test_steps_keep_their_numbers(assist: Assist) -> None:
    evidence = found(assist, "How do I descale the kettle?")
    assert evidence.extraction.steps
    assert evidence.extraction.quotes[0].text.startswith("1. ")


def test_where_nothing_decides_between_documents_none_is_quoted(assist: Assist) -> None:
    evidence = found(assist, "Within how many days after payment are orders of socks sent?")
    assert (evidence.doubt, evidence.may_be_sent) == (WarningKind.CONFLICT, False)


def test_without_evidence_the_nearest_is_named_but_stands_nowhere(assist: Assist) -> None:
    evidence = found(assist, "Do you sell pianos with golden keys?")
    assert (evidence.doubt, evidence.confidence < LEAST) == (WarningKind.NO_EVIDENCE, True)
    assert evidence.nearest is None or evidence.nearest.answer_span == Span(0, 0)


def test_past_conversations_are_found_but_no_evidence(assist: Assist) -> None:
    asked = situation(assist, "Is the toaster blue?")
    kinds = {each.kind for each in found_passages(assist.engine, asked, limit=20)}
    assert DocumentKind.TRANSCRIPT in kinds
    evidence = evidence_for(assist.engine, asked, "en", Channel.CHAT)
    assert DocumentKind.TRANSCRIPT not in {each.kind for each in evidence.passages}


def test_other_languages_are_told_apart(assist: Assist) -> None:
    question = "How many days do I have to return a kettle after delivery?"
    assert found(assist, question, language="fr").doubt is WarningKind.OTHER_LANGUAGE
    assert {each.language for each in found(assist, question).passages} == {"en"}


def test_a_case_that_the_customer_chose_is_answered(assist: Assist) -> None:
    asked = found(assist, "How many days do I have to return the lamp?")
    assert asked.clarify is not None
    assert asked.clarify.options == ("Japan", "Canada")
    back = Turn(Role.ASSISTANT, "Which of these applies to you?\n- Japan\n- Canada", TurnAction.CLARIFY)
    chosen = found(assist, "How many days do I have to return the lamp?", back, "Canada")
    assert chosen.clarify is None
    assert [quote.text for quote in chosen.extraction.quotes] == ["Country: Canada; Days to return the lamp: 7 days"]
    assert chosen.doubt is None


def test_nothing_found_is_no_evidence() -> None:
    assert (Evidence().doubt, Evidence().nearest, Evidence().may_be_sent) == (WarningKind.NO_EVIDENCE, None, False)


def test_what_stands_before_the_last_words_is_history(assist: Assist) -> None:
    told = situation(assist, "Order number MV-2026-118420", Turn(Role.AGENT, "Yes?"), "It is late.", "Where is it?")
    assert [turn.text for turn in told.history] == ["Order number MV-2026-118420", "Yes?"]
    assert "order_number" in told.told
