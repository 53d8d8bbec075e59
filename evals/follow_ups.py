"""How well a follow-up finds its documents: alone, as the engine makes it stand alone, and as a person wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.datasets.golden import GoldenQuestion
from evals.report import mean
from evals.subject import Desk

__all__ = ["DEPTH", "FollowUpOutcome", "follow_up_metrics", "search_follow_ups"]

DEPTH = 5  # passages


@dataclass(frozen=True, slots=True)
class FollowUpOutcome:
    """Whether one of the expected documents is among the first five passages for each form of a question.

    `rewritten` is the question as the engine made it stand alone.
    """

    id: str
    language: str
    rewritten: str
    last_turn: bool
    rewriting: bool
    human: bool


def search_follow_ups(desk: Desk, questions: Sequence[GoldenQuestion]) -> Iterator[FollowUpOutcome]:
    """Search for the last turn, for what the engine makes of it, and for the form that a person wrote."""
    for each in questions:
        rewritten = desk.answer(each.text, history=each.history).question.standalone
        hits = [_found(desk, text, each.documents) for text in (each.text, rewritten, each.standalone)]
        yield FollowUpOutcome(each.id, each.language, rewritten, *hits)


def follow_up_metrics(outcomes: Sequence[FollowUpOutcome]) -> Mapping[str, float]:
    """Return recall@5 of each form (any one of the documents will do), and the rewriting's share of the human's."""
    if not outcomes:
        return {}
    human = mean(each.human for each in outcomes)
    rewriting = mean(each.rewriting for each in outcomes)
    return {
        "recall@5_last_turn": mean(each.last_turn for each in outcomes),
        "recall@5_rewriting": rewriting,
        "recall@5_human": human,
        "rewriting_of_human": rewriting / human if human else 0.0,
    }


def _found(desk: Desk, query: str, documents: Sequence[str]) -> bool:
    return any(passage.uri in documents for passage in desk.search(query, limit=DEPTH).passages)
