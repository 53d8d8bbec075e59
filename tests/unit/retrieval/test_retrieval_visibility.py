"""What of an index a search shows, while documents change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from engine.domain.validity import InForce
from engine.ports import KnowledgeRepository
from engine.retrieval.fusion import Candidate
from engine.retrieval.visibility import Visibility, doubled
from tests.builders import record

DAY = date(2026, 6, 1)


@dataclass
class Knowledge:
    """Versions in force; `activate` is what a writer does."""

    versions: dict[str, InForce] = field(default_factory=dict)
    activations: int = 0
    asked: list[Sequence[str]] = field(default_factory=list)

    def activate(self, name: str, version: int) -> None:
        self.activations += 1
        self.versions[name] = InForce(version, self.activations)

    def generation(self, knowledge_base: str) -> int:
        return self.activations

    def in_force(self, document_ids: Sequence[str], day: date) -> Mapping[str, InForce]:
        assert day == DAY
        self.asked.append(document_ids)
        return {key: self.versions[key] for key in document_ids if key in self.versions}


def candidate(name: str, version: int) -> Candidate:
    return Candidate(record(name, version=version), {}, {})


@dataclass
class Index:
    """Candidates that are found; `meanwhile` happens in the middle of the first search."""

    found: list[Candidate]
    meanwhile: list[object] = field(default_factory=list)
    limits: list[int] = field(default_factory=list)

    def find(self, limit: int) -> tuple[Candidate, ...]:
        self.limits.append(limit)
        found = tuple(self.found[:limit])
        while self.meanwhile:
            self.meanwhile.pop(0)()  # type: ignore[operator]
        return found


def seen(knowledge: Knowledge, index: Index, *, candidates: int = 10, wanted: int = 5) -> list[tuple[str, int]]:
    visibility = Visibility(cast("KnowledgeRepository", knowledge), "kb", DAY)
    found = visibility.candidates(index.find, candidates=candidates, wanted=wanted)
    return [(each.record.chunk_id, each.record.version) for each in found]


def test_only_versions_in_force_are_seen() -> None:
    knowledge, index = Knowledge(), Index([candidate("a@0", 1), candidate("a@0", 2), candidate("gone@0", 1)])
    knowledge.activate("a", 2)
    assert seen(knowledge, index) == [("a@0", 2)]
    assert sorted(knowledge.asked[0]) == ["a", "gone"]
    assert len(index.limits) == 1


def test_a_document_that_changes_meanwhile_is_searched_again() -> None:
    knowledge = Knowledge()
    knowledge.activate("a", 1)
    index = Index([candidate("a@0", 1)])
    index.meanwhile = [lambda: knowledge.activate("a", 2), lambda: index.found.append(candidate("a@1", 2))]
    assert seen(knowledge, index) == [("a@1", 2)]
    assert len(index.limits) == 2


def test_other_documents_may_change_meanwhile() -> None:
    knowledge, index = Knowledge(), Index([candidate("a@0", 1)])
    knowledge.activate("a", 1)
    index.meanwhile = [lambda: knowledge.activate("b", 1)]
    assert seen(knowledge, index) == [("a@0", 1)]
    assert len(index.limits) == 1


def test_a_document_that_never_rests_does_not_keep_a_reader_for_ever() -> None:
    knowledge = Knowledge()

    class Busy(Index):
        def find(self, limit: int) -> tuple[Candidate, ...]:
            knowledge.activate("a", 1)
            return super().find(limit)

    busy = Busy([candidate("a@0", 1)])
    assert seen(knowledge, busy) == [("a@0", 1)]
    assert len(busy.limits) == 5


def test_versions_that_are_not_seen_do_not_crowd_out_the_others() -> None:
    old = [candidate(f"a@{n}", 1) for n in range(30)]
    knowledge, index = Knowledge(), Index([*old, *(candidate(f"b@{n}", 1) for n in range(9))])
    knowledge.activate("a", 2)
    knowledge.activate("b", 1)
    assert len(seen(knowledge, index)) >= 5
    assert index.limits == [10, 40]


def test_when_there_is_no_more_nobody_looks_for_it() -> None:
    knowledge, index = Knowledge(), Index([candidate("a@0", 1), candidate("b@0", 1)])
    knowledge.activate("a", 1)
    assert seen(knowledge, index) == [("a@0", 1)]
    assert index.limits == [10]


def test_candidates_of_two_versions_are_counted() -> None:
    assert doubled([candidate("a@0", 1), candidate("b@0", 1)]) == 0
    assert doubled([candidate("a@0", 1), candidate("a@1", 1), candidate("a@0", 2), candidate("b@0", 4)]) == 2
