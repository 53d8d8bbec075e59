"""Evaluate one knowledge base that holds the same pages in several languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from engine.errors import InvalidInput
from evals.datasets.beir import BeirDataset, Query, load_beir, sampled
from evals.index import fill, index_folder
from evals.report import Stopwatch, Summary, Track, mean, quiet
from evals.retrieval import ranking
from evals.subject import Desk, Entry, Indexed, System

__all__ = ["LanguageOutcome", "LanguageReport", "Languages", "load_languages", "run_languages"]

TOP = 10  # documents in which a page counts as found


@dataclass(frozen=True, slots=True)
class Languages:
    """A corpus in which a page's uri is "language/id", and the queries in each language, which are about ids."""

    corpus: BeirDataset
    queries: Mapping[str, tuple[Query, ...]]


@dataclass(frozen=True, slots=True)
class LanguageOutcome:
    """One query: the rank, from 1, of the first right page in any language and in its own; 0 if not in the top 10."""

    query_id: str
    language: str
    any_rank: int
    own_rank: int

    @property
    def own_first(self) -> bool:
        """Whether no other language's version of the page stands before the one in the query's language."""
        return 0 < self.own_rank == self.any_rank


@dataclass(frozen=True, slots=True)
class LanguageReport:
    """A run: metrics over all queries in `summary`, and the same by language."""

    summary: Summary
    languages: Mapping[str, Mapping[str, float]]
    outcomes: tuple[LanguageOutcome, ...]
    failures: tuple[Indexed, ...]

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        return {**self.summary.as_json(), "languages": {tag: dict(row) for tag, row in self.languages.items()}}

    def details(self) -> dict[str, object]:
        """Return the same with every query's ranks."""
        return {**self.as_json(), "results": [asdict(each) for each in self.outcomes]}


def load_languages(folders: Sequence[Path], *, limit: int | None, seed: int) -> Languages:
    """Read BEIR folders, one a language, whose names end in ".<language>"; pages of one id are the same page.

    A folder's queries are those of its split of that name; of each language, `limit` are sampled. InvalidInput if
    there are fewer than two folders, or a name has no such ending.
    """
    if len(folders) < 2:
        raise InvalidInput("One language cannot be told from others.", remedy="Give --data once for each language.")
    corpus: list[Entry] = []
    queries: dict[str, tuple[Query, ...]] = {}
    for folder in folders:
        language = folder.resolve().suffix.removeprefix(".")
        if not language or language in queries:
            raise InvalidInput(f"{folder.name} names no language of its own.", remedy='Name it like "pages.zh-CN".')
        dataset = sampled(load_beir(folder, language), limit=limit, seed=seed)
        corpus += (replace(entry, uri=f"{language}/{entry.uri}") for entry in dataset.corpus)
        queries[language] = dataset.queries
    name = folders[0].resolve().stem
    return Languages(BeirDataset(name, "+".join(queries), tuple(corpus), (), seed if limit else None), queries)


def run_languages(
    system: System, languages: Languages, *, cache: Path | None = None, track: Track = quiet
) -> LanguageReport:
    """Index all pages in one knowledge base (or take it from `cache`), search for every query, and report."""
    watch = Stopwatch()
    corpus, count = languages.corpus, sum(map(len, languages.queries.values()))
    with index_folder(system, corpus, cache) as folder, system.open(folder) as subject:
        indexing = track(fill(subject, corpus, folder), total=len(corpus.corpus), description="Indexing")
        failures = tuple(document for document in indexing if document.failure)
        searching = track(_search_all(subject, languages.queries), total=count, description="Searching")
        outcomes = tuple(searching)
    rows = {tag: _metrics([each for each in outcomes if each.language == tag]) for tag in languages.queries}
    settings = {**system.settings, "sample_seed": corpus.sample_seed}
    summary = Summary(corpus.name, corpus.split, count, _metrics(outcomes), settings, watch.seconds)
    return LanguageReport(summary, rows, outcomes, failures)


def _search_all(desk: Desk, queries: Mapping[str, Sequence[Query]]) -> Iterator[LanguageOutcome]:
    for language, asked in queries.items():
        for query in asked:
            found = [uri.split("/", 1) for uri, _ in ranking(desk, query.text)[0][:TOP]]
            right = [(rank, tag) for rank, (tag, page) in enumerate(found, start=1) if page in query.relevant]
            own = next((rank for rank, tag in right if tag == language), 0)
            yield LanguageOutcome(query.id, language, right[0][0] if right else 0, own)


def _metrics(outcomes: Sequence[LanguageOutcome]) -> Mapping[str, float]:
    """Return the share of queries whose page is found, and of those the share that get their own language's first."""
    found = [each for each in outcomes if each.any_rank]
    return {
        "found@10": mean(each.any_rank > 0 for each in outcomes),
        "own_language_first": mean(each.own_first for each in found),
        "own_language_mrr@10": mean(1 / each.own_rank if each.own_rank else 0.0 for each in outcomes),
    }
