from __future__ import annotations

import pytest

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion.paging import PageDone, Parsing, document_of, no_page

DOCUMENT = ParsedDocument("Title", "", ())


def _pages(count: int, error: Exception | None = None) -> Parsing:
    for number in range(1, count + 1):
        yield PageDone(number, count)
    if error:
        raise error
    return DOCUMENT


@pytest.mark.parametrize("count", [0, 1, 5])
def test_each_page_is_told_before_the_document_is_there(count: int) -> None:
    told: list[PageDone] = []
    assert document_of(_pages(count), told.append) is DOCUMENT
    assert told == [PageDone(number, count) for number in range(1, count + 1)]
    assert document_of(_pages(count)) is DOCUMENT


def test_a_document_is_itself() -> None:
    told: list[PageDone] = []
    assert document_of(DOCUMENT, told.append) is DOCUMENT
    assert told == []
    no_page(PageDone(1, 1))


def test_errors_of_the_parser_and_of_who_is_told_pass() -> None:
    with pytest.raises(InvalidInput, match="broken"):
        document_of(_pages(1, InvalidInput("It is broken.")))

    def give_up(page: PageDone) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        document_of(_pages(2), give_up)
