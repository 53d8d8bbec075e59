"""Searches that compute wait for their turn; nothing that goes wrong keeps one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from engine.assembly import build_engine
from engine.ports import Vector
from engine.service import Engine, EngineOptions
from engine.settings import load_settings
from tests.fakes.embedding import HashEmbedder
from tests.unit.engine.desk import KB, Desk, open_desk, page

AT_ONCE = 6


class Meeting(HashEmbedder):
    """Counts how many queries it embeds at a time, and waits for others to come."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.Lock()
        self.here = self.most = 0

    def embed_query(self, text: str) -> Vector:
        with self.lock:
            self.here += 1
            self.most = max(self.most, self.here)
        threading.Event().wait(0.05)
        with self.lock:
            self.here -= 1
        if text == "broken":
            raise ValueError(text)
        return super().embed_query(text)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "data") as opened:
        opened.add(page("warranty", "The kettle has a warranty of 24 months."))
        yield opened


def most_at_a_time(desk: Desk, allowed: int | None, *queries: str) -> int:
    """Return how many searches ran at once, of as many threads and engines as there are queries."""
    embedder = Meeting()
    options = replace(EngineOptions(), searches_at_a_time=allowed)
    parts = replace(desk.engine.parts, embedder=embedder)

    def found(engine: Engine, query: str) -> bool:
        try:
            return bool(engine.search(KB, query).passages)
        except ValueError:
            return False

    with ThreadPoolExecutor(len(queries)) as threads:
        every = threads.map(found, [Engine(parts, options) for _ in queries], queries)
        assert list(every) == [query != "broken" for query in queries]
    return embedder.most


@pytest.mark.parametrize(("allowed", "most"), [(1, 1), (2, 2)])
def test_no_more_search_at_a_time_than_are_allowed(desk: Desk, allowed: int, most: int) -> None:
    assert most_at_a_time(desk, allowed, *["kettle"] * AT_ONCE) == most


def test_without_a_limit_all_search_at_once(desk: Desk) -> None:
    assert most_at_a_time(desk, None, *["kettle"] * AT_ONCE) > 2


def test_a_search_that_fails_gives_its_turn_back(desk: Desk) -> None:
    assert most_at_a_time(desk, 1, *["broken", "kettle"] * 3) == 1


@pytest.mark.parametrize(("url", "limited"), [("", True), ("http://127.0.0.1:1", False)])
def test_only_an_embedded_index_is_searched_by_few_at_a_time(tmp_path: Path, url: str, limited: bool) -> None:
    engine = build_engine(load_settings(data_dir=tmp_path, qdrant_url=url), embedder=HashEmbedder())
    try:
        assert bool(engine.options.searches_at_a_time) is limited
    finally:
        engine.close()
