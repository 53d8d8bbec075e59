"""Several wordings of one question with the same answer: what they say together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.answering.neighbours import neighbours
from engine.domain.knowledge import DocumentKind
from engine.domain.search import Passage
from tests.builders import passage
from tests.fakes.reranking import WordReranker

QUESTION = "where is my parcel"


def entry(question: str, answer: str, cosine: float = 0.5) -> Passage:
    text = f"{question}\n\n{answer}"
    return passage(text, section=(question,), cosine=cosine, kind=DocumentKind.FAQ, document=question)


ENTRIES = (
    entry("where is my order", "Track it.", 0.9),
    entry("parcel not here", "Track it.", 0.7),
    entry("where is the shop", "In Graz.", 0.8),
)


def test_agreement_is_the_share_of_the_answer_that_most_have() -> None:
    found = neighbours(QUESTION, ENTRIES, WordReranker())
    assert found is not None
    assert found.agreement == pytest.approx(2 / 3)
    assert found.near == pytest.approx(0.8)


def test_together_the_wordings_know_more_words_than_each() -> None:
    found = neighbours(QUESTION, ENTRIES, WordReranker())
    assert found is not None
    assert found.union == 1.0


def test_without_a_reranker_the_union_is_not_known() -> None:
    found = neighbours(QUESTION, ENTRIES, None)
    assert found is not None
    assert found.union == 0.0


def test_the_nearest_wordings_decide_which_answer_most_have() -> None:
    far = [entry(f"far {n}", "No.", 0.1) for n in range(3)]
    found = neighbours(QUESTION, [*ENTRIES, *far], None)
    assert found is not None
    assert found.agreement == pytest.approx(2 / 6)


def test_what_is_not_known_of_a_wording_counts_nothing() -> None:
    unknown = [replace(each, scores={}) for each in ENTRIES]
    found = neighbours(QUESTION, unknown, None)
    assert found is not None
    assert found.near == 0.0


@pytest.mark.parametrize(
    "passages",
    [
        (),
        (ENTRIES[0], ENTRIES[2]),
        (passage("Track it."), *ENTRIES),
        (ENTRIES[0], passage("Track it.")),
    ],
    ids=["nothing", "each answer once", "a page first", "one entry"],
)
def test_other_knowledge_has_no_neighbours(passages: tuple[Passage, ...]) -> None:
    assert neighbours(QUESTION, passages, WordReranker()) is None
