"""Indexes of corpora: built once in a cache, again where something changed or went wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from evals.datasets.beir import BeirDataset, load_beir
from evals.index import build_index, cached_folder, fill, index_folder, working_copy
from evals.subject import Entry
from tests.unit.evals.fake_system import FakeSystem

WriteBeir = Callable[..., Path]


def build(system: FakeSystem, dataset: BeirDataset, cache: Path | None) -> list[str]:
    """Open the index, fill it, and return the uris that were indexed now."""
    with index_folder(system, dataset, cache) as folder, system.open(folder) as subject:
        return [document.uri for document in fill(subject, dataset, folder)]


def test_without_a_cache_the_folder_goes_away(system: FakeSystem, beir: Path) -> None:
    dataset = load_beir(beir)
    with index_folder(system, dataset, None) as folder:
        assert list(folder.iterdir()) == []
    assert not folder.exists()


def test_a_cached_index_is_not_built_again(system: FakeSystem, beir: Path, tmp_path: Path) -> None:
    dataset = load_beir(beir)
    assert len(build(system, dataset, tmp_path / "cache")) == 4
    assert build(system, dataset, tmp_path / "cache") == []
    assert system.opened[0] == system.opened[1]


def test_queries_do_not_matter_to_the_cache(system: FakeSystem, write_beir: WriteBeir, tmp_path: Path) -> None:
    qrels = {"en": "q1\treturns\t1\n", "zh": "q2\twarranty\t1\n"}
    folder = write_beir(qrels=qrels)
    assert len(build(system, load_beir(folder, "en"), tmp_path / "cache")) == 4
    assert build(system, load_beir(folder, "zh"), tmp_path / "cache") == []


def test_another_signature_or_corpus_is_another_index(
    system: FakeSystem, write_beir: WriteBeir, beir: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    other = write_beir(corpus=[{"_id": "returns", "text": "x"}], qrels={"test": "q1\treturns\t1\n"}, name="other")
    build(system, load_beir(beir), cache)
    build(FakeSystem(index_signature="another model"), load_beir(beir), cache)
    build(system, load_beir(other), cache)
    assert sum(path.is_dir() for path in cache.iterdir()) == 3


def test_an_interrupted_build_is_repeated(system: FakeSystem, beir: Path, tmp_path: Path) -> None:
    dataset = load_beir(beir)
    with index_folder(system, dataset, tmp_path) as folder, system.open(folder) as subject:
        next(fill(subject, dataset, folder))
    assert len(build(system, dataset, tmp_path)) == 4
    assert build(system, dataset, tmp_path) == []


def test_a_partly_failed_build_is_repeated(system: FakeSystem, write_beir: WriteBeir, tmp_path: Path) -> None:
    rows = [{"_id": "returns", "text": "30 days"}, {"_id": "empty", "text": " "}]
    dataset = load_beir(write_beir(corpus=rows, qrels={"test": "q1\treturns\t1\n"}))
    for _ in range(2):
        assert build(system, dataset, tmp_path / "cache") == ["returns", "empty"]


def test_a_working_copy_leaves_the_original_alone(system: FakeSystem, beir: Path, tmp_path: Path) -> None:
    dataset = load_beir(beir)
    build(system, dataset, tmp_path / "cache")
    original = system.opened[0]
    with working_copy(original) as copy, system.open(copy) as subject:
        subject.remove(["returns"])
        assert subject.search("kettle", limit=9).passages[0].uri == "warranty"
    assert not copy.exists()
    with system.open(original) as subject:
        assert {passage.uri for passage in subject.search("kettle", limit=9).passages} == {"returns", "warranty"}


def test_an_error_while_building_leaves_no_mark(system: FakeSystem, beir: Path, tmp_path: Path) -> None:
    dataset = load_beir(beir)

    def stop() -> None:
        with index_folder(system, dataset, tmp_path) as folder, system.open(folder) as subject:
            for _ in fill(subject, dataset, folder):
                raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        stop()
    assert len(build(system, dataset, tmp_path)) == 4


def test_an_index_is_complete_once_its_subject_is_closed(system: FakeSystem, beir: Path, tmp_path: Path) -> None:
    dataset = load_beir(beir)
    going = build_index(system, tmp_path / "i", lambda subject: subject.add(dataset.corpus))
    next(going)
    del going  # killed while indexing
    assert len(list(build_index(system, tmp_path / "i", lambda subject: subject.add(dataset.corpus)))) == 4
    assert list(build_index(system, tmp_path / "i", lambda subject: subject.add(dataset.corpus))) == []


def test_an_index_with_failures_is_built_again(system: FakeSystem, tmp_path: Path) -> None:
    entries = (Entry("a", "", "text"), Entry("empty", "", ""))
    for _ in range(2):
        assert len(list(build_index(system, tmp_path / "i", lambda subject: subject.add(entries)))) == 2


def test_one_process_uses_a_cached_folder_at_a_time(tmp_path: Path) -> None:
    with cached_folder("key", tmp_path) as folder, pytest.raises(Timeout):
        FileLock(folder.with_suffix(".lock"), timeout=0).acquire()
    with cached_folder("key", tmp_path) as again:
        assert again == folder
