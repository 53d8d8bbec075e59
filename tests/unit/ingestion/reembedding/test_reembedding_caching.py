"""Answers that were kept before an index changed are not given after it."""

from __future__ import annotations

from dataclasses import replace

from engine.answering.request import AnswerRequest
from engine.caching import AnswerCache
from engine.domain.answer import DoneEvent
from engine.ports import BuiltIndex
from engine.service import Engine
from engine.settings import Settings
from ingestion.reembedding.gate import Gate
from ingestion.reembedding.service import Reembedding
from tests.unit.ingestion.reembedding.shop import KB, PAGES, QUESTIONS, built, changed, write

ASKED = AnswerRequest("How long does the warranty of the kettle last?", threshold=0.0)


def hit(cache: AnswerCache, engine: Engine) -> bool | None:
    """Ask, and tell whether the answer was given before."""
    found = cache.stream(engine, KB, ASKED, scope="shop/bot")
    *_, done = found.events
    assert isinstance(done, DoneEvent)
    assert done.answer.text
    assert "24 months" in done.answer.text.text
    return found.hit


def first_of(engine: Engine) -> BuiltIndex:
    found = engine.parts.knowledge.index(KB)
    assert found
    return found


def test_the_change_is_seen_at_once(engine: Engine, indexes: Reembedding) -> None:
    cache = AnswerCache(10)
    assert [hit(cache, engine), hit(cache, engine)] == [False, True]
    changed(indexes)
    assert [hit(cache, engine), hit(cache, engine)] == [False, True]


def test_building_and_filling_beside_it_forget_nothing(engine: Engine, indexes: Reembedding) -> None:
    cache = AnswerCache(10)
    assert hit(cache, engine) is False
    other = built(indexes)
    assert hit(cache, engine) is True
    indexes.compare(other, Gate(QUESTIONS, tolerance=1.0))
    assert hit(cache, engine) is True


def test_the_way_back_finds_what_the_index_before_answered(engine: Engine, indexes: Reembedding) -> None:
    cache, first = AnswerCache(10), first_of(engine)
    assert hit(cache, engine) is False
    changed(indexes)
    assert hit(cache, engine) is False
    indexes.use(first)
    assert hit(cache, engine) is True


def test_a_page_that_changed_meanwhile_is_answered_anew_on_the_way_back(
    engine: Engine, settings: Settings, indexes: Reembedding
) -> None:
    cache, first = AnswerCache(10), first_of(engine)
    assert hit(cache, engine) is False
    changed(indexes)
    write(engine, settings, {"warranty.md": PAGES["warranty.md"] + "\nKeep the receipt.\n"})
    indexes.use(first)
    assert hit(cache, engine) is False


def test_an_index_that_is_tried_is_not_answered_from_the_one_in_use(engine: Engine, indexes: Reembedding) -> None:
    cache, other = AnswerCache(10), built(indexes)
    assert hit(cache, engine) is False
    trying = Engine(engine.parts, replace(engine.options, tried=other))
    assert [hit(cache, trying), hit(cache, trying), hit(cache, engine)] == [False, True, True]


def test_every_engine_over_the_same_knowledge_sees_the_change(engine: Engine, indexes: Reembedding) -> None:
    cache, elsewhere = AnswerCache(10), Engine(engine.parts, engine.options)
    assert [hit(cache, engine), hit(cache, elsewhere)] == [False, True]
    changed(indexes)
    assert [hit(cache, elsewhere), hit(cache, engine)] == [False, True]
