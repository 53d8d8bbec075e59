"""Questions with and without the passages that answer them: what confidence is fitted on and measured with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.answering.confidence import Matter, matter_of
from engine.answering.extract import extract
from engine.answering.neighbours import Neighbours
from engine.answering.signals import PASSAGES, Signals, signals
from engine.domain.search import Passage, SearchResult
from engine.embedding.late_interaction import LateInteraction
from engine.embedding.static import StaticEmbedder
from engine.retrieval.fusion import FusionWeights
from engine.retrieval.standalone import standalone_query
from evals.datasets.beir import FITTING_SEED, Query, fitting_halves, load_beir, sampled
from evals.datasets.golden import SAMPLE_FOLDER, load_golden
from evals.engine_system import engine_system
from evals.index import fill, index_folder
from evals.metrics import contains
from evals.sampling import halves
from evals.subject import Subject

__all__ = ["RERANKER", "Example", "examples", "folder_examples", "golden_examples"]

RERANKER = LateInteraction(StaticEmbedder())
DEPTH = 50  # passages found, so that enough are left when those with the answer are taken away
Halves = tuple[Sequence["Example"], Sequence["Example"]]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with what was found: its signals, whether the answer was there, and whether it was given.

    Where another language answers, the gold wording cannot be looked for: an answer is right if it cites a gold
    document. An example that does not teach has no say in the model, only in its scale.
    """

    matter: Matter
    signals: Signals | Neighbours
    answerable: bool
    right: bool
    teaches: bool = True


@dataclass(frozen=True, slots=True)
class Gold:
    """What answers a question: documents, and wordings."""

    documents: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


def folder_examples(folder: Path, *, limit: int, cache: Path | None) -> Halves:
    """Return the examples of both halves of a seeded sample of a BEIR folder's questions."""
    place, _, split = str(folder).partition(":")
    dataset = sampled(load_beir(Path(place), split or None), limit=limit, seed=FITTING_SEED)
    system = engine_system()
    with index_folder(system, dataset, cache) as data, system.open(data) as subject:
        for _ in fill(subject, dataset, data):
            pass
        first, second = fitting_halves(dataset)
        return tuple(examples(subject, first)), tuple(examples(subject, second))


def examples(subject: Subject, queries: Sequence[Query]) -> Iterator[Example]:
    """Yield for each question the signals with the passages that hold the answer, and those without."""
    for query in filter(lambda each: each.text.strip(), queries):
        found = subject.candidates(query.text, limit=DEPTH)
        without = _without(found, query.relevant)
        there = any(passage.uri in query.relevant for passage in found.passages[:PASSAGES])
        yield _example(found, found.passages, Gold(tuple(query.relevant), query.answers), answerable=there)
        yield _example(found, without, Gold(), answerable=False)


def golden_examples() -> Halves:
    """Return the examples of both halves of the sample's golden questions; they only teach the scale."""
    first, second = halves(load_golden(SAMPLE_FOLDER / "golden"), seed=FITTING_SEED, key=lambda each: each.id)
    with TemporaryDirectory() as folder, engine_system().open(Path(folder)) as subject:
        for _ in subject.add_folder(SAMPLE_FOLDER / "knowledge"):
            pass
        asked = []
        for part in (first, second):
            found = [(subject.candidates(standalone_query(q.text, "", q.history), limit=DEPTH), q) for q in part]
            gold = [Gold(question.documents, question.answers) for _, question in found]
            told = [
                _example(each, each.passages, expected, answerable=bool(expected.answers))
                for (each, _), expected in zip(found, gold, strict=True)
            ]
            asked.append([replace(each, teaches=False) for each in told if each.matter is not Matter.ACROSS])
    return asked[0], asked[1]


def _example(found: SearchResult, passages: Sequence[Passage], gold: Gold, *, answerable: bool) -> Example:
    considered = passages[:PASSAGES]
    extraction = extract(found.query, found.language, considered, reranker=RERANKER)
    measured = signals(found.query, found.language, considered, extraction)
    matter = matter_of(found.language, considered)
    cited = any(considered[quote.passage].uri in gold.documents for quote in extraction.quotes)
    said = contains(" ".join(quote.text for quote in extraction.quotes), gold.answers)
    return Example(matter, measured, answerable, cited if matter is Matter.ACROSS else said)


def _without(found: SearchResult, gold: Collection[str]) -> tuple[Passage, ...]:
    """Return the passages as they would have been found without the gold ones, which the reranker compares with."""
    left = [passage for passage in found.passages if passage.uri not in gold]
    relevance = RERANKER.relevance(found.query, ["\n".join((p.title, *p.section, p.text)) for p in left])
    weights = FusionWeights()
    judged = [
        replace(
            passage,
            score=passage.score
            + weights.between(found.language, passage.language).late * (float(late) - passage.scores.get("late", 0.0)),
            scores={**passage.scores, "late": float(late)},
        )
        for passage, late in zip(left, relevance, strict=True)
    ]
    return tuple(sorted(judged, key=lambda each: -each.score))
