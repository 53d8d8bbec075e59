"""What every adapter of the SuggestionRepository port must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.domain.feedback import Verdict
from engine.domain.knowledge import KnowledgeBase
from engine.domain.suggestion import JudgedSuggestion, ShownSuggestion, SuggestionKind, Tally
from engine.errors import NotFound
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.suggestions import SqlSuggestionRepository
from engine.ports import KnowledgeRepository, SuggestionRepository
from tests.fakes.repositories import database

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=365)
CANNED = SuggestionKind.CANNED
FIRST = ShownSuggestion("s.0", "shop", "night", CANNED, "late", "Sorry.", 0.5, "talk")
SECOND = ShownSuggestion("s.1", "shop", "night", SuggestionKind.KNOWLEDGE, "d", "30 days\x00", 0.25, "talk")
Both = tuple[SuggestionRepository, KnowledgeRepository]


@pytest.fixture(params=["sqlite"])
def both(request: pytest.FixtureRequest) -> Iterator[Both]:
    with database() as engine:
        knowledge = SqlKnowledgeRepository(engine)
        knowledge.add_knowledge_base(KnowledgeBase("shop"))
        yield SqlSuggestionRepository(engine), knowledge


@pytest.fixture
def repository(both: Both) -> SuggestionRepository:
    return both[0]


def judged(shown: ShownSuggestion, verdict: Verdict = Verdict.ACCEPTED, distance: float = 0.0) -> JudgedSuggestion:
    return JudgedSuggestion(shown, verdict, shown.text, distance, NOW)


def test_what_was_shown_comes_back(repository: SuggestionRepository) -> None:
    repository.show("s", [FIRST, SECOND], NOW, keep_since=LONG_AGO)
    assert (repository.shown("s.0"), repository.shown("s.1")) == (FIRST, SECOND)
    for ghost in ("s.2", "t.0", "s", ""):
        with pytest.raises(NotFound, match="no suggestion"):
            repository.shown(ghost)


def test_nothing_shown_is_nothing_kept(repository: SuggestionRepository) -> None:
    repository.show("s", [], NOW, keep_since=LONG_AGO)
    with pytest.raises(NotFound):
        repository.shown("s.0")


def test_old_sets_are_forgotten(repository: SuggestionRepository) -> None:
    repository.show("s", [FIRST], NOW, keep_since=LONG_AGO)
    repository.show("t", [replace(FIRST, id="t.0")], NOW + timedelta(days=8), keep_since=NOW + timedelta(days=1))
    with pytest.raises(NotFound):
        repository.shown("s.0")
    assert repository.shown("t.0").id == "t.0"


def test_verdicts_are_counted_for_all_and_for_the_group(repository: SuggestionRepository) -> None:
    repository.judge(judged(FIRST))
    repository.judge(judged(replace(FIRST, id="s.5", group="day", expected=0.25), Verdict.REJECTED, 1.0))
    repository.judge(judged(SECOND, Verdict.EDITED, 0.25))
    found = repository.tallies("shop", "night", ["late"])
    assert found == {
        ("", CANNED, ""): Tally(2, 1.0, 0.75),
        ("", CANNED, "late"): Tally(2, 1.0, 0.75),
        ("night", CANNED, ""): Tally(1, 1.0, 0.5),
        ("night", CANNED, "late"): Tally(1, 1.0, 0.5),
        ("", SuggestionKind.KNOWLEDGE, ""): Tally(1, 0.75, 0.25),
        ("night", SuggestionKind.KNOWLEDGE, ""): Tally(1, 0.75, 0.25),
    }


def test_a_later_verdict_takes_the_place_of_an_earlier_one(repository: SuggestionRepository) -> None:
    repository.judge(judged(FIRST))
    repository.judge(judged(FIRST, Verdict.REJECTED, 1.0))
    assert repository.verdict("s.0") == judged(FIRST, Verdict.REJECTED, 1.0)
    assert repository.tallies("shop", "", ["late"])["", CANNED, "late"] == Tally(1, 0.0, 0.5)
    assert repository.verdict("s.1") is None


def test_without_a_group_agents_count_once(repository: SuggestionRepository) -> None:
    repository.judge(judged(replace(FIRST, group="")))
    assert repository.tallies("shop", "", ["late"]) == {
        ("", CANNED, ""): Tally(1, 1.0, 0.5),
        ("", CANNED, "late"): Tally(1, 1.0, 0.5),
    }


def test_an_unknown_knowledge_base_is_named(repository: SuggestionRepository) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        repository.show("s", [replace(FIRST, knowledge_base="nowhere")], NOW, keep_since=LONG_AGO)
    with pytest.raises(NotFound, match="nowhere"):
        repository.judge(judged(replace(FIRST, knowledge_base="nowhere")))


def test_they_go_with_their_knowledge_base(both: Both) -> None:
    repository, knowledge = both
    repository.show("s", [FIRST], NOW, keep_since=LONG_AGO)
    repository.judge(judged(FIRST))
    knowledge.delete_knowledge_base("shop")
    assert repository.verdict("s.0") is None
    assert repository.tallies("shop", "night", ["late"]) == {}
    with pytest.raises(NotFound):
        repository.shown("s.0")
