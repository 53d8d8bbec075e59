"""Measure an encoder on an owner's questions, alone: without BM25 what it learnt shows best."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.encoder.own_pairs import OwnPage
from engine.errors import InvalidInput
from engine.ports import Embedder, Vector

__all__ = ["Asked", "by_language", "gain_of", "mean_reciprocal_rank", "read_questions", "reciprocal_ranks"]

_DEPTH = 10
_FORM = 'One JSON object a line: {"text": "…", "documents": ["path/of/document.md"]}.'


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the paths of the documents that answer it, any one of which will do, and its language if known."""

    text: str
    documents: frozenset[str]
    language: str = ""


def read_questions(path: Path) -> list[Asked]:
    """Read a golden file, or all `*.jsonl` files of a folder; questions that no document answers are left out.

    InvalidInput if it is none, or none is left.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    questions: list[Asked] = []
    for file in files:
        try:
            rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
            questions += [
                Asked(str(row["text"]), frozenset(row["documents"]), str(row.get("language", "")))
                for row in rows
                if row.get("documents")
            ]
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise InvalidInput(
                f"{file} is no file of golden questions ({type(error).__name__}).",
                remedy=_FORM,
            ) from error
    if not questions:
        raise InvalidInput(f"{path} holds no question that a document answers.", remedy=_FORM)
    return questions


def mean_reciprocal_rank(embedder: Embedder, questions: Sequence[Asked], pages: Sequence[OwnPage]) -> float:
    """Return the mean of `reciprocal_ranks`, 0 without questions or passages."""
    return gain_of(embedder, questions, pages)[""]


def gain_of(embedder: Embedder, questions: Sequence[Asked], pages: Sequence[OwnPage]) -> dict[str, float]:
    """Return the mean of `reciprocal_ranks` over the questions of each language, and over all of them as ""."""
    texts = [passage.text for page in pages for passage in page.passages]
    if not texts or not questions:
        return {"": 0.0}
    asked = np.stack([embedder.embed_query(question.text) for question in questions])
    ranks = reciprocal_ranks(asked, embedder.embed_passages(texts), questions, pages)
    return by_language(questions, ranks) | {"": float(np.mean(ranks))}


def by_language(questions: Sequence[Asked], ranks: Sequence[float]) -> dict[str, float]:
    """Return the means over the questions of each language that is known, in the order of their tags."""
    languages = sorted({question.language for question in questions} - {""})
    return {
        language: float(
            np.mean([rank for each, rank in zip(questions, ranks, strict=True) if each.language == language])
        )
        for language in languages
    }


def reciprocal_ranks(asked: Vector, told: Vector, questions: Sequence[Asked], pages: Sequence[OwnPage]) -> list[float]:
    """Return for each question 1 / rank of the first right document among the first ten, else 0.

    `asked` are the questions' vectors, `told` those of all passages in order. A document counts with its best passage;
    ties count against it. A question whose documents are not in the knowledge base counts 0.
    """
    page_of = np.array([number for number, page in enumerate(pages) for _ in page.passages])
    ranks: list[float] = []
    for question, vector in zip(questions, asked, strict=True):
        scores = np.full(len(pages), -np.inf)
        np.maximum.at(scores, page_of, told @ vector)
        right = np.array([page.uri in question.documents for page in pages]) & np.isfinite(scores)
        better = np.count_nonzero(scores[~right] >= scores[right].max()) if right.any() else _DEPTH
        ranks.append(1 / (better + 1) if better < _DEPTH else 0.0)
    return ranks
