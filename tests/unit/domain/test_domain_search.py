"""Sparse vectors, filters, passages and results."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from engine.domain import search
from engine.domain.knowledge import Span
from engine.domain.search import SearchFilter, SearchResult, SparseVector
from tests.builders import passage


def test_a_sparse_vector_without_terms_is_false() -> None:
    assert not SparseVector((), ())
    assert SparseVector((7,), (0.5,))


@pytest.mark.parametrize(("indices", "values"), [((1, 2), (0.5,)), ((), (0.5,)), ((1,), ())])
def test_a_sparse_vector_needs_a_value_for_each_index(indices: tuple[int, ...], values: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="as many values as indices"):
        SparseVector(indices, values)


def test_an_empty_filter_restricts_nothing() -> None:
    assert SearchFilter() == SearchFilter(kinds=(), languages=(), tags=(), document_ids=(), as_of=None)


def test_a_filter_can_be_a_key() -> None:
    assert len({SearchFilter(tags=("returns",)), SearchFilter(tags=("returns",)), SearchFilter()}) == 2


def test_passages_do_not_share_their_scores() -> None:
    one, other = passage("One."), passage("Two.")
    one.scores["dense"] = 0.5
    assert other.scores == {}


def test_a_passage_has_no_highlights_until_they_are_marked() -> None:
    assert passage("Filters last eight months.").highlights == ()


def test_a_passage_lies_where_its_span_says() -> None:
    assert passage("滤芯每8个月更换一次。", start=40).span == Span(40, 51)


def test_results_do_not_share_their_timings() -> None:
    one, other = SearchResult("returns", "en", ()), SearchResult("returns", "en", ())
    one.timings_ms["search"] = 0.8
    assert other.timings_ms == {}


def test_a_passage_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        passage("One.").score = 99.0  # type: ignore[misc]


@pytest.mark.parametrize("name", search.__all__)
def test_values_of_a_search_are_frozen_and_slotted(name: str) -> None:
    cls = getattr(search, name)
    assert cls.__dataclass_params__.frozen
    assert set(cls.__slots__) == {field.name for field in fields(cls)}
