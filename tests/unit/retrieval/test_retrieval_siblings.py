"""Of a page in several languages, the customer's own comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

import pytest

from engine.domain.knowledge import Sibling
from engine.domain.search import Passage
from engine.ports import KnowledgeRepository
from engine.retrieval.siblings import PARALLEL, Siblings
from tests.builders import passage

DAY = date(2026, 6, 1)
PAGES = {"ja": "ja", "hans": "zh-Hans", "hant": "zh-Hant", "en": "en"}


@dataclass
class Knowledge:
    """Documents that are the same page, each with its language."""

    pages: Mapping[str, str]
    asked: list[Sequence[str]] = field(default_factory=list)

    def siblings(self, document_ids: Sequence[str], day: date) -> Mapping[str, tuple[Sibling, ...]]:
        assert day == DAY
        self.asked.append(tuple(document_ids))
        return {
            key: tuple(Sibling(other, language) for other, language in self.pages.items() if other != key)
            for key in document_ids
            if key in self.pages
        }


def found(document: str, score: float, *, start: int = 0) -> Passage:
    return passage("Text.", document=document, language=PAGES.get(document, "ja"), score=score, start=start)


def preferred(
    passages: Sequence[Passage], language: str, *elsewhere: Passage, pages: Sequence[str] = (), alone: bool = False
) -> tuple[Passage, ...]:
    knowledge = Knowledge({name: PAGES[name] for name in pages or PAGES})
    searched: list[tuple[str, ...]] = []

    def find(documents: tuple[str, ...]) -> tuple[Passage, ...]:
        searched.append(documents)
        return tuple(each for each in elsewhere if each.document_id in documents)

    chosen = Siblings(cast("KnowledgeRepository", knowledge), DAY, find).preferred(passages, language, alone=alone)
    assert len(searched) <= 1
    assert not elsewhere or searched
    return chosen


def names(passages: Sequence[Passage]) -> list[str]:
    return [each.document_id for each in passages]


def test_a_page_found_lower_in_the_own_language_is_lifted_above_the_others() -> None:
    chosen = preferred([found("ja", 9), found("other", 8), found("en", 7)], "en")
    assert names(chosen) == ["en", "ja", "other"]
    assert chosen[0].ranks[PARALLEL] == 1
    assert chosen[0].score > chosen[1].score == 9


def test_a_page_found_only_in_other_languages_is_searched_in_the_own_one() -> None:
    best, second = found("en", 3), found("en", 2, start=50)
    chosen = preferred([found("other", 9), found("ja", 8), found("hans", 7)], "en", best, second)
    assert [each.chunk_id for each in chosen] == ["other@0", "en@0", "ja@0", "hans@0"]
    assert [each.score for each in chosen] == sorted((each.score for each in chosen), reverse=True)


@pytest.mark.parametrize(("language", "first"), [("zh-Hant", "hant"), ("zh-Hans", "hans"), ("zh", "hant")])
def test_the_own_script_comes_first(language: str, first: str) -> None:
    chosen = preferred([found("ja", 9), found("hans", 8), found("hant", 7)], language)
    assert names(chosen)[0] == first


def test_without_the_own_script_the_other_one_is_nearer_than_another_language() -> None:
    assert names(preferred([found("ja", 9), found("hans", 8)], "zh-Hant", pages=["ja", "hans"])) == ["hans", "ja"]


def test_alone_leaves_out_what_is_there_in_the_own_language() -> None:
    chosen = preferred([found("ja", 9), found("other", 8), found("en", 7), found("ja", 6, start=9)], "en", alone=True)
    assert names(chosen) == ["en", "other"]


def test_a_page_that_cannot_be_found_in_the_own_language_stays_as_it_is() -> None:
    passages = [found("ja", 9), found("other", 8)]
    assert preferred(passages, "en", alone=True) == tuple(passages)


def test_what_is_in_the_own_language_needs_no_lookup() -> None:
    knowledge = Knowledge(PAGES)
    passages = (found("en", 9), replace(found("other", 8), language="en"))
    siblings = Siblings(cast("KnowledgeRepository", knowledge), DAY, lambda _: ())
    assert siblings.preferred(passages, "en") == passages
    assert not knowledge.asked


def test_an_order_that_is_right_already_stays() -> None:
    chosen = preferred([found("en", 9), found("ja", 8)], "en")
    assert names(chosen) == ["en", "ja"]
