"""A job that is to stop, wherever it is, and others that want to write meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from engine.errors import BackendFailed
from engine.ports import Vector
from ingestion.jobs.patience import Patience
from ingestion.jobs.pulse import Stopped
from tests.unit.ingestion.jobs.shop import Shop, write_files
from tests.unit.ingestion.memory import KB, FakeEmbedder, Place


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


class _Away(FakeEmbedder):
    """Is never there."""

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        raise BackendFailed("The model is away.", remedy="Wait.")


def _soon(stop: threading.Event, seconds: float) -> None:
    threading.Timer(seconds, stop.set).start()


def test_it_stops_while_a_turn_is_waited_for(shop: Shop) -> None:
    write_files(shop.folder / "files", 1)
    shop.turns.ask(KB)
    _soon(shop.stop, 0.1)
    with pytest.raises(Stopped):
        shop.run()


def test_it_stops_while_a_backend_is_waited_for(shop: Shop) -> None:
    write_files(shop.folder / "files", 1)
    shop.place = Place(embedder=_Away())
    shop.patience = Patience(5, 60.0, 60.0)
    _soon(shop.stop, 0.1)
    began = time.monotonic()
    with pytest.raises(Stopped):
        shop.run()
    assert time.monotonic() - began < 2


def test_it_stops_between_portions_of_embedding_and_nothing_is_half_done(shop: Shop) -> None:
    class Stopping(FakeEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vector:
            shop.stop.set()
            return super().embed_passages(texts)

    write_files(shop.folder / "files", 20)
    shop.place = Place(embedder=Stopping())
    with pytest.raises(Stopped):
        shop.run()
    assert shop.place.embedder.batches == [8]
    assert shop.uris() == []
    shop.stop.clear()
    shop.place.embedder = FakeEmbedder()
    shop.run()
    assert len(shop.place.embedder.texts) == 12  # the first eight were kept
    shop.place.check()


def test_others_write_between_two_blocks(shop: Shop) -> None:
    write_files(shop.folder / "files", 45)
    seen: list[int] = []

    def other() -> None:
        for _ in range(3):
            with shop.turns.turn(KB):
                seen.append(len(shop.uris()))

    thread, begun = threading.Thread(target=other), threading.Lock()

    def parse(*arguments: Any, **options: Any) -> Any:
        if begun.acquire(blocking=False):
            thread.start()
        return Shop.parse(shop, *arguments, **options)

    shop.parse = parse  # type: ignore[method-assign]
    shop.run()
    thread.join(5)
    assert set(seen) <= {0, 20, 40, 45}
