from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from engine.ports import EmbedderInfo, Vector
from ingestion.jobs.vectors import SteadyEmbedder
from tests.unit.ingestion.memory import FakeEmbedder


class _Slow(FakeEmbedder):
    """Takes as long as it is told to for each text, on a clock of its own."""

    seconds = 0.0
    now = 0.0

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.now += self.seconds * len(texts)
        return super().embed_passages(texts)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> _Slow:
    made = _Slow()
    monkeypatch.setattr("ingestion.jobs.vectors.time.perf_counter", lambda: made.now)
    return made


def _steady(inner: FakeEmbedder, folder: Path, calls: list[int] | None = None) -> SteadyEmbedder:
    seen = [] if calls is None else calls
    return SteadyEmbedder(inner, folder / "work" / "vectors", on_portion=lambda: seen.append(len(inner.texts)))


TEXTS = [f"text {number}" for number in range(40)]


def test_the_vectors_are_those_of_the_embedder_within(tmp_path: Path) -> None:
    inner = FakeEmbedder()
    rows = _steady(inner, tmp_path).embed_passages([*TEXTS, TEXTS[0]])
    assert np.array_equal(rows, FakeEmbedder().embed_passages([*TEXTS, TEXTS[0]]))
    assert inner.texts == TEXTS  # the repeated one once


def test_info_and_queries_pass_through(tmp_path: Path) -> None:
    steady = _steady(FakeEmbedder(), tmp_path)
    assert steady.info == EmbedderInfo("fake", "1", 3, normalized=True)
    assert np.array_equal(steady.embed_query("q"), FakeEmbedder().embed_query("q"))


def test_portions_take_half_a_second(tmp_path: Path, slow: _Slow) -> None:
    slow.seconds = 0.1
    _steady(slow, tmp_path).embed_passages(TEXTS)
    assert slow.batches == [8, 5, 5, 5, 5, 5, 5, 2]
    slow.seconds, slow.batches[:] = 2.0, []
    _steady(slow, tmp_path / "other").embed_passages(TEXTS[:11])
    assert slow.batches == [8, 1, 1, 1]


def test_a_fast_embedder_gets_large_portions(tmp_path: Path, slow: _Slow) -> None:
    _steady(slow, tmp_path).embed_passages([f"text {number}" for number in range(300)])
    assert slow.batches == [8, 256, 36]


def test_it_can_be_stopped_before_each_portion(tmp_path: Path, slow: _Slow) -> None:
    slow.seconds, calls = 0.1, list[int]()
    _steady(slow, tmp_path, calls).embed_passages(TEXTS)
    assert calls == [0, 8, 13, 18, 23, 28, 33, 38, 40]


def _killed(tmp_path: Path, *, after: int) -> FakeEmbedder:
    """Embed TEXTS in a process that dies once so many were embedded."""
    inner = _Slow()

    def on_portion() -> None:
        if len(inner.texts) >= after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SteadyEmbedder(inner, tmp_path / "work" / "vectors", on_portion=on_portion).embed_passages(TEXTS)
    return inner


def test_what_was_embedded_before_a_kill_is_not_embedded_again(tmp_path: Path) -> None:
    before = _killed(tmp_path, after=8)
    inner = FakeEmbedder()
    rows = _steady(inner, tmp_path).embed_passages(TEXTS)
    assert sorted(before.texts + inner.texts) == sorted(TEXTS)
    assert np.array_equal(rows, FakeEmbedder().embed_passages(TEXTS))


def test_half_a_record_is_cut_off(tmp_path: Path) -> None:
    _killed(tmp_path, after=8)
    file = tmp_path / "work" / "vectors"
    file.write_bytes(file.read_bytes()[:-5])
    inner = FakeEmbedder()
    rows = _steady(inner, tmp_path).embed_passages(TEXTS)
    assert len(inner.texts) == len(TEXTS) - 7
    assert np.array_equal(rows, FakeEmbedder().embed_passages(TEXTS))
    again = FakeEmbedder()
    assert np.array_equal(_steady(again, tmp_path).embed_passages(TEXTS), rows)
    assert again.texts == []


def test_vectors_of_another_model_are_not_taken(tmp_path: Path) -> None:
    _killed(tmp_path, after=8)
    other = FakeEmbedder(model="other")
    _steady(other, tmp_path).embed_passages(TEXTS)
    assert other.texts == TEXTS


def test_a_block_that_is_written_is_forgotten(tmp_path: Path) -> None:
    inner = FakeEmbedder()
    steady = _steady(inner, tmp_path)
    steady.embed_passages(TEXTS[:3])
    steady.forget()
    assert list((tmp_path / "work").iterdir()) == []
    steady.embed_passages(TEXTS[:3])
    assert len(inner.texts) == 6
    steady.forget()
    steady.forget()


def test_nothing_to_embed_is_nothing(tmp_path: Path) -> None:
    class Strict(FakeEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vector:
            return np.empty((len(texts), 3), np.float32)

    assert _steady(Strict(), tmp_path).embed_passages([]).shape == (0, 3)


def test_texts_that_are_no_valid_unicode_are_embedded_too(tmp_path: Path) -> None:
    assert _steady(FakeEmbedder(), tmp_path).embed_passages(["\ud800"]).shape == (1, 3)
