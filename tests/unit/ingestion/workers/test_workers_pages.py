"""Files whose pages are told one by one: each page has the time of a file."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psutil
import pytest

from engine.errors import InvalidInput
from ingestion.paging import PageDone
from ingestion.parsing import Limits, parse
from ingestion.workers.pool import NoPool, WorkerPool
from tests.unit.ingestion.drawing import drawn, scanned_pdf
from tests.unit.ingestion.workers.hooks import paged

LIMITS = Limits()


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1, time_limit_s=1.0, seconds_per_mb=0.0, parse=paged) as made:
        yield made


def test_a_file_may_take_longer_than_its_limit_as_long_as_pages_get_done(pool: WorkerPool) -> None:
    pages: list[PageDone] = []
    began = time.monotonic()
    parsed = pool.parse(b"page\n" * 7, name="scan.pdf", limits=LIMITS, on_page=pages.append)
    assert time.monotonic() - began > 1.3
    assert parsed.text == "page\n" * 7
    assert pages == [PageDone(number, 7) for number in range(1, 8)]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("scan.pdf", b"hang\npage", "scan.pdf took longer than 1 s to parse."),
        ("scan.pdf", b"page\npage\nhang\npage", "scan.pdf took longer than 1 s for page 3 of 4."),
        ("layout.pdf", b"page\npage", "layout.pdf took longer than 1 s after its last page."),
    ],
)
def test_a_page_that_hangs_is_a_failure_that_names_it(pool: WorkerPool, name: str, data: bytes, said: str) -> None:
    worker = int(pool.parse(b"page", name="fine.pdf", limits=LIMITS).title)
    with pytest.raises(InvalidInput) as failure:
        pool.parse(data, name=name, limits=LIMITS)
    assert failure.value.message == said
    assert "KNOWDESK_PARSE_TIME_LIMIT_S" in failure.value.remedy
    assert not psutil.pid_exists(worker)


def test_who_is_told_of_a_page_may_give_up_and_the_process_ends(pool: WorkerPool) -> None:
    class GaveUp(BaseException):
        pass

    def give_up(page: PageDone) -> None:
        raise GaveUp

    worker = int(pool.parse(b"page", name="fine.pdf", limits=LIMITS).title)
    with pytest.raises(GaveUp):
        pool.parse(b"page\nhang", name="scan.pdf", limits=LIMITS, on_page=give_up)
    assert not psutil.pid_exists(worker)


def test_without_processes_pages_are_told_too() -> None:
    pages: list[PageDone] = []
    assert NoPool(paged).parse(b"one\ntwo", name="a.pdf", limits=LIMITS, on_page=pages.append).text == "one\ntwo"
    assert pages == [PageDone(1, 2), PageDone(2, 2)]


def test_the_pages_of_a_pdf_are_told() -> None:
    pages: list[PageDone] = []
    data = scanned_pdf([drawn(("The warranty lasts two years.",))] * 2)
    parsed = NoPool().parse(data, name="a.pdf", limits=LIMITS, on_page=pages.append)
    assert pages == [PageDone(1, 2), PageDone(2, 2)]
    assert parsed == parse(data, name="a.pdf")
