"""Measure an encoder on an owner's questions, alone: without BM25 what it learnt shows best."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.encoder.own_pairs import OwnPage
from engine.errors import InvalidInput
from engine.ports import Embedder

__all__ = ["Asked", "mean_reciprocal_rank", "read_questions"]

_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the paths of the documents that answer it, any one of which will do."""

    text: str
    documents: frozenset[str]


def read_questions(path: Path) -> list[Asked]:
    """Read a golden file, or all `*.jsonl` files of a folder; questions that no document answers are left out."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    questions: list[Asked] = []
    for file in files:
        try:
            rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
            questions += [Asked(str(row["text"]), frozenset(row["documents"])) for row in rows if row.get("documents")]
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise InvalidInput(
                f"{file} is no file of golden questions ({type(error).__name__}).",
                remedy='One JSON object a line: {"text": "…", "documents": ["path/of/document.md"]}.',
            ) from error
    return questions


def mean_reciprocal_rank(embedder: Embedder, questions: Sequence[Asked], pages: Sequence[OwnPage]) -> float:
    """Return the mean over the questions of 1 / rank of the first right document among the first ten, else 0.

    A document counts with its best passage; ties count against it. A question whose documents are not in the
    knowledge base counts 0.
    """
    passages = [(number, passage.text) for number, page in enumerate(pages) for passage in page.passages]
    if not passages or not questions:
        return 0.0
    vectors = embedder.embed_passages([text for _, text in passages])
    page_of = np.array([number for number, _ in passages])
    ranks: list[float] = []
    for question in questions:
        scores = np.full(len(pages), -np.inf)
        np.maximum.at(scores, page_of, vectors @ embedder.embed_query(question.text))
        right = np.array([page.uri in question.documents for page in pages]) & np.isfinite(scores)
        better = np.count_nonzero(scores[~right] >= scores[right].max()) if right.any() else _DEPTH
        ranks.append(1 / (better + 1) if better < _DEPTH else 0.0)
    return float(np.mean(ranks))
