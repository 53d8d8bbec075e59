"""Questions in one language, knowledge in several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.domain.search import SearchFilter
from tests.unit.engine.desk import KB, Desk, open_desk, page

JA = page("ja/returns", "Drift R3 の返品は到着から 30 日以内です。", language="ja", title="返品")
EN = page("en/returns", "You may send the Drift R3 back within 30 days.", title="Returns")
OTHER = page("en/dust", "Empty the dust box after each run.", title="Dust")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        opened.add(JA, EN, OTHER)
        yield opened


def test_the_same_page_in_the_customers_language_is_answered_from(desk: Desk) -> None:
    asked = "Drift R3 返品"
    before = desk.engine.search(KB, asked, language="en").passages
    assert before[0].language == "ja"
    desk.engine.parts.knowledge.relate({JA[0].id: ["returns"], EN[0].id: ["returns"]})
    found = desk.engine.search(KB, asked, language="en").passages
    assert [each.language for each in found[:2]] == ["en", "ja"]
    answer = desk.ask(asked, language="en")
    assert {citation.language for citation in answer.citations} == {"en"}


def test_a_filter_of_languages_or_documents_is_kept(desk: Desk) -> None:
    desk.engine.parts.knowledge.relate({JA[0].id: ["returns"], EN[0].id: ["returns"]})
    for wanted in (SearchFilter(languages=("ja",)), SearchFilter(document_ids=(JA[0].id,))):
        found = desk.engine.search(KB, "Drift R3", language="en", filter=wanted).passages
        assert {each.document_id for each in found} == {JA[0].id}


def test_a_page_that_does_not_pass_the_filter_does_not_come_in(desk: Desk) -> None:
    tagged = replace(JA[0], tags=("shop",))
    desk.add((replace(tagged, version=2), JA[1]))
    desk.engine.parts.knowledge.relate({JA[0].id: ["returns"], EN[0].id: ["returns"]})
    found = desk.engine.search(KB, "Drift R3", language="en", filter=SearchFilter(tags=("shop",))).passages
    assert EN[0].id not in {each.document_id for each in found}
