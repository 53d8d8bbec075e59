"""The pipeline with the real store and repository, as one process after another uses them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from engine.assembly import build_engine
from engine.domain.knowledge import Document
from engine.domain.search import SearchFilter
from engine.ports import ChunkRecord
from engine.service import Engine
from engine.settings import load_settings
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.report import IngestReport
from ingestion.sources import MemoryFile
from tests.fakes.embedding import HashEmbedder
from tests.unit.ingestion.memory import report_of
from tests.unit.ingestion.test_ingestion_crash import AFTER, BEFORE, OPTIONS, Bomb, Killed, Wired


@contextmanager
def engine(folder: Path) -> Iterator[Engine]:
    opened = build_engine(load_settings(data_dir=folder), embedder=HashEmbedder())
    try:
        yield opened
    finally:
        opened.close()


def run(folder: Path, files: Sequence[MemoryFile], bomb: Bomb | None = None) -> IngestReport:
    """Ingest in an engine of its own, through the bomb if there is one."""
    with engine(folder) as opened:
        target = target_of(opened, "kb")
        if bomb:
            target = replace(
                target,
                knowledge=Wired(target.knowledge, bomb),  # type: ignore[arg-type]
                store=Wired(target.store, bomb),  # type: ignore[arg-type]
                embedder=Wired(target.embedder, bomb),  # type: ignore[arg-type]
            )
        return report_of(ingest(files, target=target, source="docs", synchronize=True, options=OPTIONS))


def state(folder: Path) -> tuple[list[Document], list[str], list[ChunkRecord]]:
    with engine(folder) as opened:
        knowledge = opened.parts.knowledge
        documents = [replace(document, updated_at="") for document in knowledge.documents("kb")]
        texts = [knowledge.stored_text(document.id, document.version).text for document in documents]
        return documents, texts, list(opened.parts.store.records("kb"))


def numbers(report: IngestReport) -> tuple[int, int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.deleted, report.failed


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an engine that holds the corpus before its update; copy it."""
    folder = tmp_path_factory.mktemp("before")
    assert numbers(run(folder, BEFORE)) == (5, 0, 0, 0, 0)
    return folder


@pytest.fixture(scope="module")
def updated(before: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[object, list[str]]:
    """Return the state after the update, and the calls of ports that it took."""
    folder, plan = tmp_path_factory.mktemp("updated"), Bomb(-1, "never")
    copytree(before, folder, dirs_exist_ok=True)
    assert numbers(run(folder, AFTER, plan)) == (1, 3, 1, 1, 0)
    return state(folder), plan.calls


def test_a_second_run_finds_nothing_to_do(before: Path, tmp_path: Path) -> None:
    folder = copytree(before, tmp_path / "again")
    assert numbers(run(folder, BEFORE)) == (0, 0, 5, 0, 0)


@pytest.mark.parametrize(("call", "when"), [("upsert", "amid")])
def test_a_killed_run_ends_in_the_same_index(
    before: Path, updated: tuple[object, list[str]], tmp_path: Path, call: str, when: str
) -> None:
    expected, calls = updated
    folder = copytree(before, tmp_path / "killed")
    at = [number for number, name in enumerate(calls) if name == call]
    with pytest.raises(Killed):
        run(folder, AFTER, Bomb(at[len(at) // 2], when))
    run(folder, AFTER)
    assert state(folder) == expected


def test_an_index_that_was_lost_is_filled_again(before: Path, tmp_path: Path) -> None:
    folder = copytree(before, tmp_path / "lost")
    expected = state(folder)
    with engine(folder) as opened:
        opened.parts.store.drop("kb")
    report = run(folder, BEFORE)
    assert (numbers(report), report.repaired) == ((0, 0, 5, 0, 0), 5)
    assert state(folder) == expected


def test_what_was_ingested_is_found_with_its_place(tmp_path: Path) -> None:
    files = [
        MemoryFile("kettle.md", b"# Kettle\n\n## Descaling\n\nDissolve citric acid in cold water and boil it once."),
        MemoryFile("robot.txt", "扫地机器人找不到充电座时会显示E7，请先检查电源。".encode("gb18030")),
    ]
    run(tmp_path, files)
    with engine(tmp_path) as opened:
        found = opened.search("kb", "How do I descale with citric acid?").passages[0]
        assert (found.uri, found.section) == ("kettle.md", ("Kettle", "Descaling"))
        stored = opened.parts.knowledge.stored_text(found.document_id, found.version).text
        assert found.span.of(stored) == found.text
        assert opened.search("kb", "充电座 E7").passages[0].uri == "robot.txt"
        assert opened.parts.store.count("kb", SearchFilter(languages=("zh-Hans",))) == 1
