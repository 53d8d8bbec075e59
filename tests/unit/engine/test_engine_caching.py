from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engine.answering.request import AnswerRequest
from engine.caching import AnswerCache
from engine.domain.answer import Answer, DoneEvent, TokenEvent
from engine.domain.calibration import Calibration
from engine.domain.conversation import Role, Turn
from engine.domain.search import SearchFilter
from engine.errors import BackendFailed, NotFound
from engine.service import Engine
from tests.unit.engine.desk import KB, TODAY, Desk, open_desk, page

TEXT = "The kettle has a warranty of 24 months. Keep the receipt."
ASKED = AnswerRequest("How long is the warranty of the kettle?", threshold=0.0)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "data") as opened:
        opened.add(page("warranty", TEXT), page("returns", "Returns are free within 30 days."))
        yield opened


def _ask(
    cache: AnswerCache, engine: Engine, request: AnswerRequest = ASKED, scope: str = "shop/bot"
) -> tuple[bool | None, Answer]:
    found = cache.stream(engine, KB, request, scope=scope)
    events = list(found.events)
    assert isinstance(events[-1], DoneEvent)
    answer = events[-1].answer
    if answer.text:
        assert "".join(event.text for event in events if isinstance(event, TokenEvent)) == answer.text.text
    return found.hit, answer


def _hits(cache: AnswerCache, engine: Engine, *requests: AnswerRequest) -> list[bool | None]:
    return [_ask(cache, engine, request)[0] for request in requests]


def test_the_same_question_gets_the_same_answer_as_a_new_one(desk: Desk) -> None:
    cache = AnswerCache(10)
    (first_hit, first), (again_hit, again) = _ask(cache, desk.engine), _ask(cache, desk.engine)
    assert (first_hit, again_hit) == (False, True)
    assert (again.text, again.citations, again.confidence) == (first.text, first.citations, first.confidence)
    assert {first.answer_id, first.conversation_id}.isdisjoint({again.answer_id, again.conversation_id})
    assert set(again.timings_ms) == {"cache"}
    assert [turn.text for turn in desk.engine.parts.conversations.history(again.conversation_id, last=9)] == [
        ASKED.question,
        first.text.text if first.text else "",
    ]


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, question=ASKED.question + "?"),
        replace(ASKED, language="ja"),
        replace(ASKED, threshold=0.01),
        replace(ASKED, filter=SearchFilter(tags=("secret",))),
        replace(ASKED, filter=SearchFilter(as_of=TODAY - timedelta(days=1))),
    ],
)
def test_another_request_is_another_key(desk: Desk, other: AnswerRequest) -> None:
    cache = AnswerCache(10)
    _ask(cache, desk.engine)
    assert _ask(cache, desk.engine, other)[0] is False


def test_nobody_gets_what_another_tenant_or_caller_asked(desk: Desk) -> None:
    cache = AnswerCache(10)
    scopes = ("shop/bot", "other/bot", "shop/ann")
    assert [_ask(cache, desk.engine, scope=scope)[0] for scope in scopes] == [False] * 3
    assert [_ask(cache, desk.engine, scope=scope)[0] for scope in scopes] == [True] * 3


def test_what_belongs_to_a_conversation_is_never_looked_up(desk: Desk) -> None:
    cache = AnswerCache(10)
    talk = replace(ASKED, conversation_id="c")
    told = replace(ASKED, history=(Turn(Role.CUSTOMER, "Hello"),))
    assert _hits(cache, desk.engine, ASKED, talk, talk, told, told) == [False, None, None, None, None]


def test_a_change_of_the_knowledge_is_seen_at_once(desk: Desk) -> None:
    cache = AnswerCache(10)
    _ask(cache, desk.engine)
    desk.add(page("warranty", TEXT.replace("24", "36"), version=2))
    hit, answer = _ask(cache, desk.engine)
    assert hit is False
    assert answer.text
    assert "36" in answer.text.text


@pytest.mark.parametrize("name", ["warranty", "returns"])
def test_a_deletion_is_seen_at_once(desk: Desk, name: str) -> None:
    cache = AnswerCache(10)
    _ask(cache, desk.engine)
    desk.engine.delete_document(page(name, "")[0].id)
    hit, answer = _ask(cache, desk.engine)
    assert hit is False
    assert name == "returns" or "24" not in (answer.text.text if answer.text else "")


def test_a_quote_that_does_not_stand_there_any_more_is_not_given(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = AnswerCache(10)
    _ask(cache, desk.engine)
    stored = desk.engine.parts.knowledge.stored_text(page("warranty", "")[0].id, 1)
    monkeypatch.setattr(
        desk.engine.parts.knowledge, "stored_text", lambda *_: replace(stored, text=stored.text.replace("24", "12"))
    )
    assert cache.stream(desk.engine, KB, ASKED, scope="shop/bot").hit is False


def test_a_calibration_and_a_new_day_are_another_key(desk: Desk) -> None:
    cache, calibrations = AnswerCache(10), _Calibrations()
    engine = Engine(replace(desk.engine.parts, calibrations=calibrations), desk.engine.options)  # type: ignore[arg-type]
    assert _hits(cache, engine, ASKED, ASKED) == [False, True]
    calibrations.value = object()
    assert _hits(cache, engine, ASKED, ASKED) == [False, True]
    tomorrow = replace(desk.engine.options, today=lambda: TODAY + timedelta(days=1))
    assert _hits(cache, Engine(desk.engine.parts, tomorrow), ASKED) == [False]


class _Calibrations:
    value: object = None

    def calibration(self, _: str) -> Calibration | None:
        return _Value(repr(self.value)) if self.value else None  # type: ignore[return-value]


class _Value(str):
    basis = "other"


def test_an_abstention_is_not_kept(desk: Desk) -> None:
    strict = replace(ASKED, question="Who painted the ceiling of the chapel?", threshold=1.0)
    assert _hits(AnswerCache(10), desk.engine, strict, strict) == [False, False]


def test_an_answer_that_words_alone_found_is_not_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise BackendFailed("The embedding service is away.")

    cache = AnswerCache(10)
    with monkeypatch.context() as away:
        away.setattr(desk.engine.parts.embedder, "embed_query", fail)
        assert _hits(cache, desk.engine, ASKED, ASKED) == [False, False]
    assert _hits(cache, desk.engine, ASKED, ASKED) == [False, True]


def test_the_least_used_goes_first(desk: Desk) -> None:
    cache = AnswerCache(2)
    one, two, three = (replace(ASKED, question=f"{ASKED.question}{'?' * n}") for n in range(3))
    assert _hits(cache, desk.engine, one, two, one, three, one, two) == [False, False, True, False, True, False]


def test_an_answer_grows_old_and_can_be_forgotten(desk: Desk) -> None:
    now = [0.0]
    cache = AnswerCache(10, ttl_s=60, clock=lambda: now[0])
    assert _hits(cache, desk.engine, ASKED, ASKED) == [False, True]
    now[0] = 60.0
    assert _hits(cache, desk.engine, ASKED, ASKED) == [False, True]
    cache.clear()
    assert _hits(cache, desk.engine, ASKED) == [False]


def test_an_unknown_knowledge_base_is_told_at_once(desk: Desk) -> None:
    with pytest.raises(NotFound):
        AnswerCache(10).stream(desk.engine, "none", ASKED, scope="")
