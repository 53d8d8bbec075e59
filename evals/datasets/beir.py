"""Read BEIR folders: corpus.jsonl, queries.jsonl and qrels/<split>.tsv."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from engine.domain.knowledge import stable_id
from engine.errors import InvalidInput
from evals.datasets.jsonl import Record, read_lines, read_records
from evals.sampling import chosen_half, halves, shuffled
from evals.subject import Entry

__all__ = [
    "FITTING_SEED",
    "BeirDataset",
    "Query",
    "beir_folders",
    "finite",
    "fitting_halves",
    "halved",
    "load_beir",
    "sampled",
    "sampled_corpus",
    "splits",
]

FITTING_SEED = 13  # of the halves: what is shipped was fitted on the first


@dataclass(frozen=True, slots=True)
class Query:
    """A query of one split: `relevant` maps corpus ids to grades above 0; `answers` are gold answers, if there are."""

    id: str
    text: str
    relevant: dict[str, float]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BeirDataset:
    """A corpus and the queries of one split; entries are identified by `uri`, the `_id` in the corpus.

    `sample_seed` is None unless the queries are a sample, and `half` is "all" unless they are one half.
    """

    name: str
    split: str
    corpus: tuple[Entry, ...]
    queries: tuple[Query, ...]
    sample_seed: int | None = None
    half: str = "all"

    @property
    def sample(self) -> dict[str, str | int | None]:
        """Which of the split's queries these are."""
        return {"half": self.half, "sample_seed": self.sample_seed}

    @property
    def corpus_hash(self) -> str:
        """Id of the corpus's content."""
        return stable_id(*(part for entry in self.corpus for part in (entry.uri, entry.title, entry.text)))


def load_beir(folder: Path, split: str | None = None) -> BeirDataset:
    """Read a folder, with those queries that have relevant documents in `split`; without one, the only split there is.

    Source: Thakur et al., BEIR (2021). `title` may be absent, grades of 0 or less are left out, and a query may have
    "answers", a list of strings. InvalidInput names the file, the line and what is missing there.
    """
    if not folder.is_dir():
        raise InvalidInput(f"{folder} is not a folder.", remedy="Name a BEIR folder with --data.")
    qrels_file = _qrels_file(folder, split)
    corpus = tuple(_corpus(folder / "corpus.jsonl"))
    texts = {record.text("_id"): record for record in _unique(folder / "queries.jsonl")}
    qrels = _qrels(qrels_file, queries=texts.keys(), documents={entry.uri for entry in corpus})
    queries = tuple(_query(texts[query_id], relevant) for query_id, relevant in qrels.items())
    if not queries:
        raise InvalidInput(f"qrels/{qrels_file.name} has no relevant document.", remedy="Choose another split.")
    return BeirDataset(folder.resolve().name, qrels_file.stem, corpus, queries)


def halved(dataset: BeirDataset, half: str) -> BeirDataset:
    """Return the dataset with "all" queries, or with the "first" half, which weights are fitted on, or the "second".

    InvalidInput if there is no such half.
    """
    queries = chosen_half(dataset.queries, half, seed=FITTING_SEED, key=lambda query: query.id)
    return replace(dataset, queries=dataset.queries if half == "all" else queries, half=half)


def fitting_halves(dataset: BeirDataset) -> tuple[tuple[Query, ...], tuple[Query, ...]]:
    """Return the queries that weights are fitted on, and the others."""
    return halves(dataset.queries, seed=FITTING_SEED, key=lambda query: query.id)


def sampled(dataset: BeirDataset, *, limit: int | None, seed: int) -> BeirDataset:
    """Return the dataset with at most `limit` of its queries, a seeded sample; the corpus stays whole."""
    if limit is None or limit >= len(dataset.queries):
        return dataset
    queries = shuffled(dataset.queries, seed=seed, key=lambda query: query.id)[:limit]
    return replace(dataset, queries=queries, sample_seed=seed)


def sampled_corpus(dataset: BeirDataset, *, documents: int | None, seed: int) -> BeirDataset:
    """Return the dataset with at most `documents` documents, a seeded sample, and the queries that it answers in full.

    The same documents are taken whatever the split.
    """
    if documents is None or documents >= len(dataset.corpus):
        return dataset
    chosen = {entry.uri for entry in shuffled(dataset.corpus, seed=seed, key=lambda entry: entry.uri)[:documents]}
    corpus = tuple(entry for entry in dataset.corpus if entry.uri in chosen)
    queries = tuple(query for query in dataset.queries if query.relevant.keys() <= chosen)
    return replace(dataset, corpus=corpus, queries=queries, sample_seed=seed)


def splits(folder: Path) -> tuple[str, ...]:
    """Return the names of the splits; InvalidInput if there is none."""
    found = tuple(sorted(path.stem for path in (folder / "qrels").glob("*.tsv")))
    if not found:
        raise InvalidInput(f"{folder} has no qrels/<split>.tsv.", remedy="Name a BEIR folder with --data.")
    return found


def beir_folders(folder: Path) -> tuple[Path, ...]:
    """Return the folder itself if it is a BEIR folder, else those right under it; InvalidInput if there is none."""
    candidates = [folder, *sorted(folder.iterdir())] if folder.is_dir() else []
    found = [path for path in candidates if (path / "corpus.jsonl").is_file()]
    if not found:
        remedy = "Name a folder with corpus.jsonl, queries.jsonl and qrels/, or one that holds such folders."
        raise InvalidInput(f"{folder} is no BEIR folder and holds none.", remedy=remedy)
    return (folder,) if found[0] == folder else tuple(found)


def _qrels_file(folder: Path, split: str | None) -> Path:
    names = splits(folder)
    if split is None and len(names) == 1:
        return folder / "qrels" / f"{names[0]}.tsv"
    if split not in names:
        problem = f"{folder} has no split {split!r}." if split else f"{folder} has several splits."
        raise InvalidInput(problem, remedy=f"Choose one with --split: {', '.join(names)}.")
    return folder / "qrels" / f"{split}.tsv"


def _unique(path: Path) -> Iterator[Record]:
    seen: set[str] = set()
    for record in read_records(path):
        if record.text("_id") in seen:
            raise record.error(f'repeats the "_id" {record.text("_id")!r}')
        seen.add(record.text("_id"))
        yield record


def _corpus(path: Path) -> Iterator[Entry]:
    for record in _unique(path):
        yield Entry(uri=record.text("_id"), title=record.text("title", default=""), text=record.text("text"))


def _query(record: Record, relevant: dict[str, float]) -> Query:
    return Query(record.text("_id"), record.text("text"), relevant, record.texts("answers"))


def _qrels(path: Path, *, queries: Iterable[str], documents: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return query id → {corpus id: grade}, in the order of the file."""
    known_queries, known_documents = set(queries), set(documents)
    qrels: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for where, (query_id, document_id, grade) in _judgements(path):
        if query_id not in known_queries:
            raise InvalidInput(f"qrels/{where}: {query_id!r} is not in queries.jsonl.", remedy="Correct that line.")
        if document_id not in known_documents:
            raise InvalidInput(f"qrels/{where}: {document_id!r} is not in corpus.jsonl.", remedy="Correct that line.")
        if grade > 0:
            qrels[query_id][document_id] = grade
    return dict(qrels)


def finite(grade: str) -> float:
    """Return the number; ValueError for anything else, infinity and NaN included."""
    number = float(grade)
    if not math.isfinite(number):
        raise ValueError(grade)
    return number


def _judgements(path: Path) -> Iterator[tuple[str, tuple[str, str, float]]]:
    for number, (where, line) in enumerate(read_lines(path)):
        fields = line.rstrip("\r\n").split("\t")
        if number == 0 and fields[-1] == "score":
            continue
        try:
            query_id, document_id, grade = fields
            yield where, (query_id, document_id, finite(grade))
        except ValueError as error:
            remedy = "Give query-id, corpus-id and a number, separated by tabs."
            raise InvalidInput(f"qrels/{where}: not a judgement.", remedy=remedy) from error
