"""Chunks by the thousand with their vectors, seeded: real texts, or words of the sample put together anew."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from engine.domain.knowledge import DocumentKind, Span, stable_id
from engine.embedding.static import StaticEmbedder
from engine.errors import InvalidInput
from engine.ports import ChunkRecord, IndexedChunk, StoreQuery
from engine.retrieval.sparse import Bm25Encoder
from evals.datasets.golden import SAMPLE_FOLDER
from evals.datasets.jsonl import read_records

__all__ = ["PORTION", "Corpus"]

PORTION = 1000
STRETCH = 5  # chunks with one context vector, as in a page
TOPIC_WORDS = 20  # known ones, and as many names that are the topic's own: a vocabulary that grows as real ones do
CHUNKS_A_TOPIC = 50
SYLLABLES = tuple(first + vowel + last for first in "bdfgklmnprstvz" for vowel in "aeiou" for last in ("", "n", "r"))
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts that depend on seed and number alone; the first ten thousand of a million are those of ten thousand."""

    texts: Path | None = None
    seed: int = 13

    def portions(self, size: int) -> Iterator[list[IndexedChunk]]:
        """Yield `size` chunks in portions, embedded by the bundled encoder; InvalidInput if there are fewer texts."""
        texts = islice(self._texts(), size)
        model, terms = StaticEmbedder(), Bm25Encoder()
        for begin in range(0, size, PORTION):
            some = list(islice(texts, min(PORTION, size - begin)))
            if len(some) < min(PORTION, size - begin):
                raise InvalidInput(f"There are fewer than {size} texts.", remedy="Name more texts, or a smaller size.")
            rows = model.embed_passages(some)
            yield [
                IndexedChunk(
                    _record(begin + at, text),
                    row,
                    terms.passage(text, LANGUAGE),
                    terms.passage(" ".join(some[at : at + STRETCH]), LANGUAGE) if at % STRETCH == 0 else None,
                )
                for at, (text, row) in enumerate(zip(some, rows, strict=True))
            ]

    def queries(self, size: int, count: int) -> list[StoreQuery]:
        """Return searches for half of the words of `count` chunks among the first `size`."""
        drawn = random.Random(self.seed)  # noqa: S311
        wanted = sorted(drawn.sample(range(size), min(count, size)))
        model, terms = StaticEmbedder(), Bm25Encoder()
        found = []
        texts, passed = self._texts(), 0
        for number in wanted:
            words = next(islice(texts, number - passed, None)).split()
            passed = number + 1
            asked = " ".join(drawn.sample(words, max(1, len(words) // 2)))
            sparse = terms.query(asked, LANGUAGE)
            found.append(StoreQuery(dense=model.embed_query(asked), sparse=sparse, context=sparse, limit=100))
        return found

    def _texts(self) -> Iterator[str]:
        if self.texts:
            return (text for row in read_records(self.texts) if (text := row.text("text").strip()))
        return _generated(self.seed)


def _generated(seed: int) -> Iterator[str]:
    """Yield texts about topics of some words and names each, which come by Zipf's law, beside words of all."""
    words = _vocabulary()
    drawn = random.Random(seed)  # noqa: S311
    shares = [1 / (rank + 1) for rank in range(2 * TOPIC_WORDS)]
    while True:
        topic = drawn.sample(words, TOPIC_WORDS) + ["".join(drawn.choices(SYLLABLES, k=3)) for _ in range(TOPIC_WORDS)]
        drawn.shuffle(topic)
        for _ in range(CHUNKS_A_TOPIC):
            length = drawn.randint(12, 40)
            said = drawn.choices(topic, shares, k=length) + drawn.choices(words, k=length // 3)
            drawn.shuffle(said)
            yield f"{' '.join(said).capitalize()} {drawn.randint(1, 9999)}."


def _vocabulary() -> Sequence[str]:
    pages = sorted((SAMPLE_FOLDER / "knowledge" / "en").rglob("*.md"))
    said = " ".join(page.read_text(encoding="utf-8") for page in pages).lower()
    return sorted(set(re.findall(r"[a-z]{3,}", said)))


def _record(number: int, text: str) -> ChunkRecord:
    page, place = divmod(number, STRETCH)
    return ChunkRecord(
        chunk_id=stable_id("scale", str(number)),
        document_id=stable_id("page", str(page)),
        version=1,
        ordinal=place,
        title=f"Page {page}",
        uri=f"page-{page}.md",
        kind=DocumentKind.PAGE,
        language=LANGUAGE,
        span=Span(0, len(text)),
        text=text,
        context_id=stable_id("page", str(page)),
    )
