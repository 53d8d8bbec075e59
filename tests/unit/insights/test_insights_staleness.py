from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from engine.domain.knowledge import Document
from engine.domain.upkeep import LINKS, StaleReason
from engine.insights.staleness import ASKED_ENOUGH, stale
from tests.fakes.repositories import document

TODAY, SOON = date(2026, 6, 1), date(2026, 7, 1)


def page(uri: str, *links: str, **fields: Any) -> Document:
    said = {LINKS: " ".join(links)} if links else {}
    return document(uri, uri=uri, metadata=said, **fields)


def found(*documents: Document, cited: Mapping[str, int] | None = None) -> list[tuple[StaleReason, str, str]]:
    return [(each.reason, each.uri, each.detail) for each in stale(documents, cited or {}, TODAY, SOON)]


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        (date(2026, 5, 31), StaleReason.EXPIRED),
        (date(2026, 6, 1), StaleReason.EXPIRING),
        (date(2026, 7, 1), StaleReason.EXPIRING),
        (date(2026, 7, 2), None),
        (None, None),
    ],
)
def test_what_ends_is_told(last: date | None, reason: StaleReason | None) -> None:
    things = stale([page("a.md", effective_until=last)], {}, TODAY, SOON)
    assert [(each.reason, each.day) for each in things] == ([(reason, last)] if reason else [])


@pytest.mark.parametrize(
    ("link", "broken"),
    [
        ("b.md", False),
        ("b", False),
        ("./b.md?x=1", False),
        ("../en/b.md", False),
        ("faq/", False),
        ("c.md", True),
        ("../de/b.md", True),
        ("picture.png", False),
        ("https://shop.example/c.md", False),
        ("/c.md", False),
        ("a%20b.md", False),
    ],
)
def test_links_are_followed_beside_the_page(link: str, broken: bool) -> None:
    pages = [page("en/a.md", link), page("en/b.md"), page("en/a b.md"), page("en/faq/index.md")]
    assert found(*pages) == ([(StaleReason.BROKEN_LINK, "en/a.md", link)] if broken else [])


def test_web_pages_and_other_sources_are_left_alone() -> None:
    web = page("https://shop.example/a", "b")
    assert found(web) == []
    assert found(page("a.md", "b.md"), page("b.md", source="elsewhere")) == [(StaleReason.BROKEN_LINK, "a.md", "b.md")]


def test_pages_that_no_answer_cited_are_told_once_enough_was_asked() -> None:
    pages = [page("a.md"), page("b.md")]
    assert found(*pages, cited={"": ASKED_ENOUGH - 1, "a.md": 3}) == []
    assert found(*pages, cited={"": ASKED_ENOUGH, "a.md": 3}) == [(StaleReason.UNREACHED, "b.md", "")]


def test_reasons_come_in_order() -> None:
    pages = [page("b.md", "x.md"), page("a.md", effective_until=date(2020, 1, 1))]
    assert [each[0] for each in found(*pages)] == [StaleReason.EXPIRED, StaleReason.BROKEN_LINK]
