"""Signals for knowledge that has several wordings of one question, each with the same answer: a FAQ of utterances.

There the best passage alone says little; what tells a question that belongs from one that does not is how near its
neighbours are, whether they agree, and whether together they know its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.answering.signals import PASSAGES
from engine.domain.knowledge import DocumentKind
from engine.domain.search import Passage
from engine.ports import Reranker

__all__ = ["Neighbours", "neighbours"]

NEAREST = 5


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`near`: mean cosine of question and the five best passages; one that is not known counts 0.

    `agreement`: share of the passages with the answer that most of them have, each counting by its cosine. `union`:
    what the reranker makes of all passages with that answer, taken as one text; 0 without one.
    """

    near: float = 0.0
    agreement: float = 0.0
    union: float = 0.0


def neighbours(question: str, passages: Sequence[Passage], reranker: Reranker | None) -> Neighbours | None:
    """Return the signals; None unless the best passage is an entry of a FAQ and two passages have the same answer."""
    entries = [each for each in passages[:PASSAGES] if each.kind is DocumentKind.FAQ]
    if not entries or passages[0].kind is not DocumentKind.FAQ:
        return None
    wordings: dict[str, list[Passage]] = {}
    for each in entries:
        wordings.setdefault(_answer(each), []).append(each)
    if len(wordings) == len(entries):
        return None
    votes = {answer: sum(_cosine(each) ** 4 for each in found) for answer, found in wordings.items()}
    most = max(votes, key=lambda answer: (votes[answer], len(wordings[answer])))
    texts = ["\n".join(each.text for each in found) for found in wordings.values()]
    relevance = reranker.relevance(question, texts) if reranker else [0.0] * len(texts)
    nearest = passages[:NEAREST]
    return Neighbours(
        near=sum(map(_cosine, nearest)) / len(nearest),
        agreement=len(wordings[most]) / len(passages[:PASSAGES]),
        union=float(relevance[list(wordings).index(most)]),
    )


def _answer(entry: Passage) -> str:
    """Return what stands below the question."""
    return entry.text.removeprefix(entry.section[-1] if entry.section else "").strip()


def _cosine(passage: Passage) -> float:
    return max(passage.scores.get("dense", 0.0), 0.0)
