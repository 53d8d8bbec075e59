"""A BEIR folder as a unit of a run: its queries are searched for, and asked where there are answers in its passages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path

from engine.answering.questions import question_types
from engine.domain.knowledge import stable_id
from evals.answers import without_gold
from evals.datasets.beir import BeirDataset, Query, load_beir, sampled, splits
from evals.datasets.golden import GoldenKind, GoldenQuestion
from evals.index import build_index, index_folder, working_copy
from evals.metrics import contains
from evals.runs.case import Case
from evals.runs.manifest import UnitPlan
from evals.runs.scoring import Put, answer_case, search_case
from evals.runs.units import Event, Work, concurrently, main_language
from evals.sampling import halves
from evals.subject import Desk

__all__ = ["BeirUnit"]


MOST_WITHHELD = 300  # questions; more make no surer figure, and each costs taking its passages out and in again


@dataclass(frozen=True)
class BeirUnit:
    """All splits of a folder, at most `limit` queries of each, a sample of `seed`.

    A split is asked for answers if most of its gold passages hold one. A seeded half of those questions, at most
    MOST_WITHHELD, is asked again without their gold passages: then not to answer is right.
    """

    folder: Path
    limit: int | None = None
    seed: int = 13
    withheld: bool = True

    def __getstate__(self) -> dict[str, object]:
        """Leave what was read behind: another process reads it again."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.resolve().name

    def plan(self) -> UnitPlan:
        """Hash corpus, queries and judgements."""
        parts = [self._splits[0].corpus_hash]
        cases = 0
        for split in self._splits:
            parts += [
                split.split,
                *(f"{q.id} {q.text} {q.answers} {sorted(q.relevant.items())}" for q in split.queries),
            ]
            asked = self._asked(split)
            without = len(self._without(asked)) if self.withheld else 0
            cases += len(split.queries) + len(asked) + without
        return UnitPlan(self.name, stable_id(*parts), len(self._splits[0].corpus), cases)

    def run(self, work: Work) -> Iterator[Event]:
        """Index the corpus, then ask; questions without their gold passages are asked of a copy."""
        dataset = self._splits[0]
        with index_folder(work.system, dataset, work.indexes) as folder:
            yield from build_index(work.system, folder, lambda subject: subject.add(dataset.corpus))
            with work.system.open(folder) as subject:
                yield from self.ask(subject, work.done)
            yield from self._ask_without_gold(folder, work)

    def ask(self, desk: Desk, done: Collection[str] = (), *, threads: int = 1) -> Iterator[Case]:
        """Search for every query, and ask those of splits with answers."""
        for split in self._splits:
            slices = self._slices(split)
            wanted = [query for query in split.queries if self._id(split, "search", query) not in done]

            def search(query: Query, split: BeirDataset = split, slices: Mapping[str, str] = slices) -> Case:
                case_id = self._id(split, "search", query)
                return search_case(desk, query, id=case_id, unit=self.name, slices=_typed(slices, query))

            yield from concurrently(search, wanted, threads=threads)
            puts = [self._put(split, query, "answer", slices) for query in self._asked(split)]
            left = (put for put in puts if put.id not in done)
            yield from concurrently(lambda put: answer_case(desk, put)[0], left, threads=threads)

    def _ask_without_gold(self, folder: Path, work: Work) -> Iterator[Case]:
        for split in self._splits:
            slices = {**self._slices(split), "kind": "unanswerable"}
            queries = self._without(self._asked(split))
            done = {query.id for query in queries if self._id(split, "without", query) in work.done}
            if len(done) == len(queries):
                continue
            with working_copy(folder) as copy, work.system.open(copy) as subject:
                for query in without_gold(subject, split, queries, seed=self.seed, skip=done):
                    yield answer_case(subject, self._put(split, query, "without", slices))[0]

    @cached_property
    def _splits(self) -> Sequence[BeirDataset]:
        """Return the splits with their samples; they share one corpus."""
        names = splits(self.folder)
        first = load_beir(self.folder, names[0])
        others = [replace(load_beir(self.folder, name), corpus=first.corpus) for name in names[1:]]
        return [sampled(split, limit=self.limit, seed=self.seed) for split in (first, *others)]

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return {entry.uri: f"{entry.title}\n{entry.text}" for entry in self._splits[0].corpus}

    @cached_property
    def _language(self) -> str:
        return main_language(list(self._texts.values()))

    def _slices(self, split: BeirDataset) -> dict[str, str]:
        spoken = main_language([query.text for query in split.queries])
        return {
            "dataset": self.name,
            "cell": f"{self.name} {spoken}",
            "language": spoken,
            "pair": f"{spoken} → {self._language}",
            "kind": "answerable" if spoken == self._language else "cross_language",
        }

    def _asked(self, split: BeirDataset) -> list[Query]:
        queries = [query for query in split.queries if any(query.answers)]
        held = [any(contains(self._texts[uri], query.answers) for uri in query.relevant) for query in queries]
        return queries if sum(held) * 2 > len(held) else []

    def _without(self, asked: Sequence[Query]) -> tuple[Query, ...]:
        half = halves(asked, seed=self.seed, key=lambda query: query.id)[1] if self.withheld else ()
        return half[:MOST_WITHHELD]

    def _put(self, split: BeirDataset, query: Query, stage: str, slices: Mapping[str, str]) -> Put:
        scope = GoldenKind.OUT_OF_SCOPE if stage == "without" else GoldenKind.ANSWERABLE
        gold = ((), ()) if stage == "without" else (tuple(query.relevant), query.answers)
        question = GoldenQuestion(query.id, query.text, slices["language"], scope, (), *gold)
        return Put(self._id(split, stage, query), self.name, question, _typed(slices, query))

    def _id(self, split: BeirDataset, stage: str, query: Query) -> str:
        return f"{self.name}/{split.split}/{stage}/{query.id}"


def _typed(slices: Mapping[str, str], query: Query) -> dict[str, str]:
    """Add what the question asks for, by its cue words."""
    types = sorted(question_types(query.text, slices["language"]))
    return {**slices, "question": types[0].value if len(types) == 1 else "several" if types else "other"}
