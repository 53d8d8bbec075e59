"""Evaluate answers over a BEIR folder: do they contain the gold answer, and does their confidence tell when not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.domain.knowledge import stable_id
from engine.errors import InvalidInput
from evals.asking import Asked, Judged, ask
from evals.datasets.beir import BeirDataset, Query
from evals.index import fill, index_folder, working_copy
from evals.metrics import RiskPoint, aurc, auroc, expected_calibration_error, percentile, risk_coverage
from evals.report import Stopwatch, Summary, Track, mean, quiet
from evals.sampling import halves, shuffled
from evals.subject import Indexed, Subject, System

__all__ = ["ROUNDS", "AnswersReport", "answer_all", "answer_without_gold", "run_answers", "without_gold"]

ROUNDS = 10


@dataclass(frozen=True, slots=True)
class AnswersReport:
    """An answers run.

    `full` are all questions over the whole corpus. For abstention, the questions of `present` (ids, one seeded half)
    keep those answers, and `without` are the other half asked again with their gold passages taken away.
    """

    summary: Summary
    risk_coverage: tuple[RiskPoint, ...]
    full: tuple[Judged, ...]
    without: tuple[Judged, ...]
    failures: tuple[Indexed, ...]

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        return {**self.summary.as_json(), "risk_coverage": [asdict(point) for point in self.risk_coverage]}

    def details(self) -> dict[str, object]:
        """Return the same with times and every answer."""
        p50, p95 = (percentile([each.milliseconds for each in self.full], q) for q in (50, 95))
        runs = {"full": self.full, "without_gold": self.without}
        results = {name: [asdict(each) for each in answers] for name, answers in runs.items()}
        return {**self.as_json(), "timings": {"answer_p50_ms": p50, "answer_p95_ms": p95}, "results": results}


def run_answers(
    system: System, dataset: BeirDataset, *, seed: int, cache: Path | None = None, track: Track = quiet
) -> AnswersReport:
    """Ask every question over the whole corpus, and a seeded half again without gold passages; nothing is withheld.

    InvalidInput if there are fewer than two questions or one has no answers.
    """
    _check(dataset)
    watch = Stopwatch()
    present, absent = halves(dataset.queries, seed=seed, key=lambda query: query.id)
    with index_folder(system, dataset, cache) as folder:
        with system.open(folder) as subject:
            indexing = track(fill(subject, dataset, folder), total=len(dataset.corpus), description="Indexing")
            failures = tuple(document for document in indexing if document.failure)
        with working_copy(folder) as copy, system.open(copy) as subject:
            answers = answer_all(subject, dataset.queries)
            full = tuple(track(answers, total=len(dataset.queries), description="Asking"))
            answers = answer_without_gold(subject, dataset, absent, seed=seed)
            without = tuple(track(answers, total=len(absent), description="Asking without the gold passage"))
    sample = _Abstention.of(full, without, present)
    settings = {**system.settings, **dataset.sample, "seed": seed, "withheld_rounds": ROUNDS}
    metrics = {**_quality(full, without), **sample.metrics()}
    summary = Summary(dataset.name, dataset.split, len(full), metrics, settings, watch.seconds)
    return AnswersReport(summary, risk_coverage(sample.confidences, sample.right), full, without, failures)


def answer_all(subject: Subject, queries: Sequence[Query]) -> Iterator[Judged]:
    """Ask each question over the index as it stands; nothing is withheld for want of confidence."""
    for query in queries:
        yield ask(subject, Asked(query.id, query.text, query.answers), threshold=0.0)


def answer_without_gold(
    subject: Subject, dataset: BeirDataset, queries: Sequence[Query], *, seed: int, rounds: int = ROUNDS
) -> Iterator[Judged]:
    """Ask each question while its gold passages are out of the index, see `without_gold`."""
    for query in without_gold(subject, dataset, queries, seed=seed, rounds=rounds):
        yield from answer_all(subject, [query])


def without_gold(
    subject: Subject,
    dataset: BeirDataset,
    queries: Sequence[Query],
    *,
    seed: int,
    rounds: int = ROUNDS,
    skip: Collection[str] = (),
) -> Iterator[Query]:
    """Yield each query while its gold passages are out of the index, which is whole again at the end.

    Each round takes away the gold passages of a share of the questions only: were those of all taken away at once,
    few passages might be left to be misled by, and abstaining would be easy. Questions of one gold passage come
    together. Queries whose ids are in `skip` keep their place in a round and are not yielded.
    """
    entries = {entry.uri: entry for entry in dataset.corpus}
    order = shuffled(queries, seed=seed, key=lambda query: stable_id(*sorted(query.relevant)))
    size = max(1, -(-len(order) // rounds))
    for start in range(0, len(order), size):
        batch = order[start : start + size]
        left = [query for query in batch if query.id not in skip]
        if left:
            gold = sorted({uri for query in batch for uri in query.relevant})
            subject.remove(gold)
            yield from left
            for _ in subject.add([entries[uri] for uri in gold]):
                pass


def _check(dataset: BeirDataset) -> None:
    unanswered = [query.id for query in dataset.queries if not any(query.answers)]
    if unanswered:
        raise InvalidInput(
            f"queries.jsonl: {len(unanswered)} queries have no answers, the first is {unanswered[0]!r}.",
            remedy='Add "answers", a list of strings, or evaluate retrieval only.',
        )
    if len(dataset.queries) < 2:
        raise InvalidInput("Abstention needs at least two questions.", remedy="Raise --limit or choose another split.")


@dataclass(frozen=True, slots=True)
class _Abstention:
    """Half of the questions with their gold passages there and half without; the latter are never right."""

    confidences: tuple[float, ...]
    present: tuple[bool, ...]
    right: tuple[bool, ...]

    @classmethod
    def of(cls, full: Sequence[Judged], without: Sequence[Judged], present: Sequence[Query]) -> _Abstention:
        ids = {query.id for query in present}
        kept = [each for each in full if each.query_id in ids]
        return cls(
            confidences=tuple(each.confidence for each in (*kept, *without)),
            present=(True,) * len(kept) + (False,) * len(without),
            right=tuple(each.contained for each in kept) + (False,) * len(without),
        )

    def metrics(self) -> Mapping[str, float]:
        return {
            "abstention_auroc": auroc(self.confidences, self.present),
            "aurc": aurc(self.confidences, self.right),
            "ece": expected_calibration_error(self.confidences, self.right),
        }


def _quality(full: Sequence[Judged], without: Sequence[Judged]) -> Mapping[str, float]:
    """Return what the answers are worth; `containment` counts those of at most two sentences only."""
    given = [each for each in (*full, *without) if each.text is not None]
    return {
        "containment": mean(each.contained and each.brief for each in full),
        "containment_any_length": mean(each.contained for each in full),
        "token_f1": mean(each.token_f1 for each in full),
        "citation_exactness": mean(each.exactness for each in given),
        "two_sentence_violations": sum(not each.brief for each in full),
    }
