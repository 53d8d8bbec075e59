"""What speaks for a sentence as an answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from engine.answering.evidence import candidate_sentences
from engine.answering.sentence_features import WEIGHTS, SentenceFeatures, judged
from engine.domain.search import Passage
from engine.ports import Vector
from tests.builders import passage

RETURNS = "Kettles may be returned. The period is thirty days. Parts are excluded."


class Letters:
    """A reranker that looks for the query as it is."""

    def relevance(self, query: str, texts: Sequence[str]) -> Vector:
        return np.array([float(query.casefold() in text.casefold()) for text in texts], dtype=np.float32)


def features(question: str, language: str, *passages: Passage) -> list[SentenceFeatures]:
    found = judged(question, language, passages, candidate_sentences(passages), reranker=Letters())
    return [each.features for each in found]


def test_a_score_is_the_weighted_sum() -> None:
    found = SentenceFeatures(relevance=1.0, beyond=0.5, misses=1.0)
    assert found.score(SentenceFeatures(relevance=2.0, beyond=4.0, misses=-1.0)) == pytest.approx(3.0)


def test_every_weight_but_that_of_a_missing_form_speaks_for_a_sentence() -> None:
    assert WEIGHTS.misses < 0
    assert all(weight > 0 for name, weight in WEIGHTS._asdict().items() if name != "misses")


def test_relevance_is_relative_to_the_best_passage() -> None:
    found = features("lid", "en", passage("The lid.", score=8.0), passage("A lid.", document="other", score=2.0))
    assert [each.relevance for each in found] == [1.0, 0.25]


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("How long may kettles be returned?", RETURNS, "en"),
        ("水壶的退货期限多久？", "水壶可以退货。期限三十天。配件除外。", "zh-Hans"),
        ("水壺的退貨期限多久？", "水壺可以退貨。期限三十天。配件除外。", "zh-Hant"),
        ("ケトルの返品期限はいつ？", "ケトルは返品できます。期限は三十日。部品は対象外。", "ja"),
    ],
)
def test_a_sentence_gains_from_the_one_before_it(question: str, text: str, language: str) -> None:
    first, second, _ = features(question, language, passage(text, language=language))
    assert first.before == 0.0
    assert second.before > 0.2
    assert first.beyond > 0.0


def test_nothing_stands_after_the_last_sentence_of_a_passage() -> None:
    found = features("thirty parts", "en", passage(RETURNS), passage("Thirty parts.", document="other"))
    assert [each.after > 0 for each in found] == [True, True, False, False]


def test_what_the_title_says_already_does_not_count() -> None:
    titled = passage("The kettle is white. The hinge is steel.", title="Kettle")
    white, steel = features("kettle hinge", "en", titled)
    assert white.beyond == 0.0
    assert steel.beyond == 1.0


def test_what_a_heading_says_counts_less_the_further_above_it_stands() -> None:
    first, second = features("delivery", "en", passage("Delivery\n\nWe take three days. Sundays are free."))
    assert first.beyond == pytest.approx(1.0)
    assert second.beyond == pytest.approx(0.7)


def test_the_words_around_the_question_word_are_its_focus() -> None:
    colour, size = features(
        "What colour is the lid of the kettle?", "en", passage("Its colour is red. The kettle is big.")
    )
    assert colour.focus > 0.2
    assert colour.focus > size.focus


def test_the_form_that_is_asked_for_is_found_or_missed() -> None:
    sold = passage("水壶自2021年起销售。水壶已停止销售。", language="zh-Hans")
    dated, other = features("水壶什么时候开始销售？", "zh-Hans", sold)
    assert (dated.fits, dated.misses) == (1.0, 0.0)
    assert (other.fits, other.misses) == (0.0, 1.0)


def test_a_question_of_two_types_can_miss_the_one_that_has_a_form() -> None:
    (found,) = features("How many parts did the kettle have?", "en", passage("The kettle had a lid."))
    assert (found.fits, found.misses) == (0.0, 1.0)


def test_a_question_without_a_form_misses_nothing() -> None:
    (found,) = features("Did the kettle have a lid?", "en", passage("The kettle is white."))
    assert (found.fits, found.misses) == (0.0, 0.0)


def test_a_date_that_the_question_names_is_no_answer() -> None:
    (found,) = features("When did the fair of 1893 end?", "en", passage("The fair of 1893 ended."))
    assert found.fits == 0.0


def test_the_reranker_is_asked_for_the_question_and_for_its_end() -> None:
    (found,) = features("ask the lid", "en", passage("Ask the lid."))
    assert (found.late, found.late_end) == (1.0, 1.0)
    (found,) = features("ask the lid", "en", passage("Lift the lid."))
    assert (found.late, found.late_end) == (0.0, 1.0)


def test_across_languages_the_reranker_stands_in_for_words() -> None:
    (found,) = features("E4", "en", passage("E4 清洁边刷。", language="zh-Hans"))
    assert (found.beyond, found.focus, found.before) == (1.0, 1.0, 0.0)


def test_without_a_reranker_words_alone_count() -> None:
    where = [passage(RETURNS)]
    found = judged("kettles", "en", where, candidate_sentences(where))
    assert {each.features.late for each in found} == {0.0}
    assert found[0].coverage == pytest.approx(1.0)


def test_without_candidates_there_is_nothing_to_judge() -> None:
    assert judged("kettles", "en", [], ()) == []
