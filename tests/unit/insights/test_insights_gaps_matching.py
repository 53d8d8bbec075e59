"""Gaps held against what agents promised, what is in force on other days, and what was answered beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from engine.checks import CheckRequest
from engine.domain.answer import Citation
from engine.domain.check import Checked, PromiseMatter, PromiseStanding, PromiseVerdict, Verdict
from engine.domain.conversation import TurnAction
from engine.domain.feedback import Verdict as Opinion
from engine.domain.insights import AskedQuestion, ClusterKind, GapCause
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import SearchFilter
from engine.insights.gaps import FAILING
from engine.insights.gaps_matching import GapComparing, GapMatcher
from engine.service import Engine
from tests.fakes.questions import NOON, HashPoints, KeptDesk, cluster, kept_desk, opinion

TODAY = date(2026, 6, 1)
CITED = Citation(
    "c", "d", 1, "Returns", "returns.md", DocumentKind.POLICY, "en", (), None, Span(0, 1), "x", Span(0, 1), 1
)
AGAINST, FINE, UNSUPPORTED = PromiseStanding.CONTRADICTED, PromiseStanding.FINE, PromiseStanding.UNSUPPORTED
GAP = cluster("gap", ClusterKind.GAP)
ASKED = [AskedQuestion("a", "c", "How long?", "en", NOON)]


class Desk:
    """Stands in for an engine that knows nothing; `promised` are the standings of the promises of each reply."""

    def __init__(self, promised: dict[str, Sequence[PromiseStanding]] | None = None) -> None:
        self.promised = promised or {}
        self.versions: dict[str, list[tuple[date | None, date | None]]] = {}
        self.searched: list[SearchFilter] = []
        self.cited: Citation | None = CITED
        knowledge = SimpleNamespace(
            generation=lambda _: 7,
            out_of_force=lambda *_: tuple(self.versions),
            versions=lambda key: [
                SimpleNamespace(effective_from=first, effective_until=last) for first, last in self.versions[key]
            ],
        )
        self.parts = SimpleNamespace(knowledge=knowledge, reranker=None)
        self.options = SimpleNamespace(quarantine=0.5, extraction=None, today=lambda: TODAY)
        self.checks = SimpleNamespace(check=self.check)

    def standard(self, _: str) -> SimpleNamespace:
        return SimpleNamespace(needed=0.5)

    def search(self, _: str, text: str, *, filter: SearchFilter, **options: object) -> SimpleNamespace:
        self.searched.append(filter)
        return SimpleNamespace(passages=())

    def check(self, _: str, request: CheckRequest) -> Checked:
        verdicts = [
            PromiseVerdict(Span(0, 1), PromiseMatter.RETURN, (), (), each, self.cited)
            for each in self.promised[request.text]
        ]
        return Checked(Verdict.PASS, "en", (), tuple(verdicts))


@pytest.fixture
def kept() -> Iterator[KeptDesk]:
    with kept_desk() as made:
        yield made


def matcher(desk: Desk, kept: KeptDesk) -> GapMatcher:
    return GapMatcher(cast("Engine", desk), kept.insights)


def reply(kept: KeptDesk, *texts: str) -> None:
    for text in texts:
        asked = kept.ask("How long?").answer_id
        kept.read()
        kept.insights.group(ClusterKind.GAP, {asked: "gap"})
        kept.feedback.add(opinion(asked, verdict=Opinion.EDITED, edited=text))


@pytest.mark.parametrize(
    ("promised", "cause"),
    [
        ([[AGAINST]], GapCause.CONTRADICTED),
        ([[AGAINST], []], GapCause.CONTRADICTED),
        ([[FINE, AGAINST], [AGAINST], []], GapCause.CONTRADICTED),
        ([[AGAINST], [], []], GapCause.MISSING),
        ([[AGAINST, AGAINST, AGAINST], [FINE], [], [UNSUPPORTED], []], GapCause.MISSING),
        ([[FINE], [UNSUPPORTED]], GapCause.MISSING),
        ([[]], GapCause.MISSING),
        ([], GapCause.MISSING),
    ],
)
def test_half_of_the_replies_must_promise_something_else(
    kept: KeptDesk, promised: Sequence[Sequence[PromiseStanding]], cause: GapCause
) -> None:
    said = {f"Reply {at}": standings for at, standings in enumerate(promised)}
    reply(kept, *said)
    found = matcher(Desk(said), kept).match("kb", GAP, ASKED, failing=0.4, size=9)
    assert (found.cause, found.failing, found.size, found.generation) == (cause, 0.4, 9, 7)
    assert (found.title, found.uri) == (("Returns", "returns.md") if cause is GapCause.CONTRADICTED else ("", ""))


def test_what_no_passage_bears_out_is_no_contradiction(kept: KeptDesk) -> None:
    reply(kept, "Reply")
    desk = Desk({"Reply": [AGAINST]})
    desk.cited = None
    assert matcher(desk, kept).match("kb", GAP, ASKED, failing=1, size=1).cause is GapCause.MISSING


@pytest.mark.parametrize(
    ("first", "last", "day"),
    [
        (None, date(2026, 5, 31), date(2026, 5, 31)),
        (date(2020, 1, 1), date(2020, 2, 1), date(2020, 2, 1)),
        (date(2026, 6, 2), None, date(2026, 6, 2)),
        (date(2026, 6, 2), date(2026, 7, 1), date(2026, 6, 2)),
        (None, None, None),
        (date(2026, 5, 1), TODAY, None),
        (TODAY, None, None),
    ],
)
def test_what_is_not_in_force_is_asked_on_a_day_when_it_is(
    kept: KeptDesk, first: date | None, last: date | None, day: date | None
) -> None:
    desk = Desk()
    desk.versions = {"old": [(first, last)]}
    matcher(desk, kept).match("kb", GAP, ASKED, failing=1, size=1)
    asked = [(each.as_of, each.document_ids) for each in desk.searched[1:]]
    assert asked == ([(day, ("old",))] if day else [])


def test_of_many_days_the_latest_are_asked_each_with_all_its_documents(kept: KeptDesk) -> None:
    desk = Desk()
    desk.versions = {f"d{month}": [(None, date(2025, month, 1))] for month in range(1, 9)}
    desk.versions["too"] = [(None, date(2025, 8, 1))]
    matcher(desk, kept).match("kb", GAP, ASKED, failing=1, size=1)
    other = desk.searched[1:]
    assert [each.as_of.month for each in other if each.as_of] == [8, 7, 6, 5, 4]
    assert other[0].document_ids == ("d8", "too")


def test_of_many_questions_some_are_looked_up(kept: KeptDesk) -> None:
    desk = Desk()
    matcher(desk, kept).match("kb", GAP, [replace(ASKED[0], answer_id=str(at)) for at in range(40)], failing=1, size=40)
    assert len(desk.searched) == 5


@pytest.mark.parametrize(("failing", "searches"), [(FAILING, 1), (FAILING - 0.01, 0)])
def test_nobody_looks_for_the_cause_where_too_few_fail(kept: KeptDesk, failing: float, searches: int) -> None:
    desk = Desk()
    found = matcher(desk, kept).match("kb", GAP, ASKED, failing=failing, size=3)
    assert len(desk.searched) == searches
    assert (found.failing, found.generation, found.size) == (failing, 7, 3)


def test_a_gap_without_questions_is_missing(kept: KeptDesk) -> None:
    found = matcher(Desk(), kept).match("kb", GAP, [], failing=0, size=0)
    assert (found.cause, found.confidence, found.document_id) == (GapCause.MISSING, 0, "")


def compared(kept: KeptDesk, direction: str) -> float:
    """Return the share of failures among the questions like those of a gap about a matter."""
    encoder = HashPoints()
    point = encoder.points([direction])
    gap = replace(GAP, first=point.first[0], second=np.zeros(1, dtype=np.float32))
    found = GapComparing(kept.insights, matcher(Desk(), kept), encoder, "kb").matched(gap, 3)
    assert found.match
    assert (found.id, found.match.size) == ("gap", 3)
    return found.match.failing


@pytest.mark.parametrize(("answered", "share"), [(0, 1.0), (1, 0.75), (3, 0.5), (9, 0.25)])
def test_the_more_are_answered_beside_it_the_less_fails(kept: KeptDesk, answered: int, share: float) -> None:
    failed = [kept.ask("Where is my parcel?", told=TurnAction.ABSTAIN) for _ in range(3)]
    fine = [kept.ask("Where is my parcel?") for _ in range(answered)]
    kept.read()
    kept.insights.group(ClusterKind.TOPIC, {each.answer_id: "topic" for each in (*failed, *fine)})
    kept.insights.group(ClusterKind.GAP, {each.answer_id: "gap" for each in failed})
    assert compared(kept, "Where is my parcel?") == pytest.approx(share)


def test_answers_to_other_questions_of_the_topic_do_not_count(kept: KeptDesk) -> None:
    failed = [kept.ask("Where is my parcel?", told=TurnAction.ABSTAIN) for _ in range(3)]
    fine = [kept.ask("Zebra quiz jukebox") for _ in range(5)]
    kept.read()
    kept.insights.group(ClusterKind.TOPIC, {each.answer_id: "topic" for each in (*failed, *fine)})
    kept.insights.group(ClusterKind.GAP, {each.answer_id: "gap" for each in failed})
    assert compared(kept, "Where is my parcel?") == 1


def test_questions_of_no_topic_have_nothing_beside_them(kept: KeptDesk) -> None:
    failed = [kept.ask("Where is my parcel?", told=TurnAction.ABSTAIN) for _ in range(3)]
    [kept.ask("Where is my parcel?") for _ in range(5)]
    kept.read()
    kept.insights.group(ClusterKind.GAP, {each.answer_id: "gap" for each in failed})
    assert compared(kept, "Where is my parcel?") == 1
