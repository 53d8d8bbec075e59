"""A backup that is taken under writes, put back, and what is refused."""

from __future__ import annotations

import shutil
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

import engine.assembly
from engine.answering.request import AnswerRequest
from engine.errors import Conflict, EngineError, InvalidInput, Misconfigured
from engine.persistence.keyring import new_key
from engine.service import Engine
from engine.settings import Settings, load_settings
from engine.tenancy import Tenants, tenant_settings
from ingestion.backup.restoring import restore_backup
from ingestion.backup.taking import _files, take_backup
from ingestion.connect import target_of
from ingestion.jobs.turns import Turns
from ingestion.jobs.values import line_of
from ingestion.pipeline import ingest
from ingestion.sources import SourceFile
from tests.fakes.embedding import HashEmbedder

pytestmark = pytest.mark.sqlite  # databases on servers have backups of their own


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.assembly, "build_embedder", lambda _: HashEmbedder())


def _settings(folder: Path, **chosen: str) -> Settings:
    return load_settings(data_dir=folder, parse_workers=0, **chosen)  # type: ignore[arg-type]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return _settings(tmp_path / "data")


@pytest.fixture(name="desk")
def opened(settings: Settings) -> Iterator[Engine]:
    built = engine.assembly.build_engine(settings)
    built.create_knowledge_base("kb")
    yield built
    built.close()


def tenants(desk: Engine, settings: Settings) -> Tenants:
    return Tenants(desk, settings, lambda _, own: engine.assembly.build_engine(own))


def _write(desk: Engine, turns: Turns, folder: Path, number: int) -> None:
    """Ingest a page under the turn of its knowledge base, as jobs and requests do."""
    page = folder / f"page-{number}.md"
    page.write_text(f"# Page {number}\n\nThe part number {number} fits the kettle.\n" * 3, encoding="utf-8")
    with turns.turn("kb"):
        list(ingest([SourceFile(page.name, page, page.stat().st_size)], target=target_of(desk, "kb"), source="pages"))


def _indexed(desk: Engine) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many chunks each document has by the database, and by the index."""
    expected = {
        f"{key}:{version}": count
        for key, versions in desk.parts.knowledge.indexed_versions("kb").items()
        for version, count in versions.items()
    }
    found = Counter(f"{record.document_id}:{record.version}" for record in desk.parts.store.records("kb"))
    return expected, dict(found)


def test_a_backup_under_writes_restores_into_a_consistent_system(
    desk: Engine, settings: Settings, tmp_path: Path
) -> None:
    turns, stop, written, pages = Turns(), threading.Event(), list[int](), tmp_path / "pages"
    pages.mkdir()

    def work() -> None:
        while not stop.is_set():
            _write(desk, turns, pages, len(written))
            desk.answer("kb", AnswerRequest(f"Which kettle fits part {len(written)}?", conversation_id="talk"))
            written.append(len(written))

    writer = threading.Thread(target=work)
    writer.start()
    before = list[int]()
    try:
        for number in range(2):
            while len(written) < 2 * (number + 1):
                writer.join(0.01)
            before.append(len(written))
            take_backup(tenants(desk, settings), turns, settings, tmp_path / f"{number}.zip")
    finally:
        stop.set()
        writer.join()
    for number, least in enumerate(before):
        restored = _settings(tmp_path / f"restored-{number}")
        manifest = restore_backup(tmp_path / f"{number}.zip", restored)
        again = engine.assembly.build_engine(restored)
        expected, found = _indexed(again)
        documents = {document.uri for document in again.parts.knowledge.documents("kb")}
        again.parts.conversations.history("talk", last=1000)
        assert expected == found
        assert sum(found.values()) == manifest.knowledge_bases["kb"].chunks
        assert {f"page-{each}.md" for each in range(least)} <= documents
        assert again.search("kb", "part number 0").passages
        _write(again, Turns(), pages, 999)
        assert len(again.parts.knowledge.documents("kb")) == len(documents) + 1
        again.close()


def test_files_that_wait_for_a_job_are_taken_along(desk: Engine, settings: Settings, tmp_path: Path) -> None:
    upload = settings.data_dir / "jobs" / "uploads" / "1"
    upload.mkdir(parents=True)
    (upload / "0000").write_bytes(b"# Waits\n")
    (upload.parent / ".draft").mkdir()
    (upload.parent / ".draft" / "0000").write_bytes(b"half")
    manifest = take_backup(tenants(desk, settings), Turns(), settings, tmp_path / "b.zip")
    restored = _settings(tmp_path / "restored")
    restore_backup(tmp_path / "b.zip", restored)
    assert (restored.data_dir / "jobs" / "uploads" / "1" / "0000").read_bytes() == b"# Waits\n"
    assert [name for name in manifest.files if ".draft" in name or name.endswith((".lock", "-wal"))] == []
    assert not list(settings.data_dir.glob(".backup-*"))


@pytest.fixture
def archive(desk: Engine, settings: Settings, tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    _write(desk, Turns(), tmp_path / "pages", 1)
    take_backup(tenants(desk, settings), Turns(), settings, tmp_path / "b.zip")
    return tmp_path / "b.zip"


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_that_is_not_empty_is_left_alone_unless_forced(archive: Path, tmp_path: Path) -> None:
    there = _settings(tmp_path / "there")
    there.data_dir.mkdir()
    (there.data_dir / "mine.txt").write_text("mine")
    with pytest.raises(Conflict, match="not empty"):
        restore_backup(archive, there)
    assert _tree(there.data_dir) == {"mine.txt": b"mine"}
    restore_backup(archive, there, force=True)
    assert not (there.data_dir / "mine.txt").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("fails", ["unpack", "_index", "_swap"])
def test_a_restore_that_fails_changes_nothing(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    def broken(*_: object) -> None:
        raise OSError("no space")

    there = _settings(tmp_path / "there")
    there.data_dir.mkdir()
    (there.data_dir / "mine.txt").write_text("mine")
    monkeypatch.setattr(f"ingestion.backup.restoring.{fails}", broken)
    with pytest.raises(EngineError, match="cannot be replaced"):
        restore_backup(archive, there, force=True)
    assert _tree(there.data_dir)["mine.txt"] == b"mine"
    assert "knowdesk.db" not in _tree(there.data_dir)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_damaged_backup_leaves_nothing(archive: Path, tmp_path: Path) -> None:
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    archive.write_bytes(content)
    with pytest.raises(InvalidInput):
        restore_backup(archive, _settings(tmp_path / "restored"))
    assert not (tmp_path / "restored").exists()


def test_a_folder_in_use_is_not_replaced(archive: Path, desk: Engine, settings: Settings) -> None:
    with pytest.raises(Conflict, match="in use"):
        restore_backup(archive, settings, force=True)
    assert desk.search("kb", "kettle").passages


def test_no_file_is_overwritten(archive: Path, desk: Engine, settings: Settings) -> None:
    with pytest.raises(Conflict, match="exists already"):
        take_backup(tenants(desk, settings), Turns(), settings, archive)


def test_for_a_database_on_a_server_the_remedy_is_named(tmp_path: Path, desk: Engine) -> None:
    remote = _settings(tmp_path / "data", database_url="postgresql+psycopg://db/kd")
    for do in (partial(take_backup, tenants(desk, remote), Turns(), remote), partial(_restored, remote)):
        with pytest.raises(Misconfigured, match="pg_dump"):
            do(tmp_path / "b.zip")


def _restored(settings: Settings, archive: Path) -> object:
    return restore_backup(archive, settings)


def test_a_backup_does_not_depend_on_where_it_was_taken(archive: Path, settings: Settings, tmp_path: Path) -> None:
    moved = shutil.copy(archive, tmp_path / "moved.zip")
    restored = _settings(tmp_path / "elsewhere" / "deep" / "data")
    restore_backup(Path(moved), restored)
    assert restored.data_dir != settings.data_dir
    again = engine.assembly.build_engine(restored)
    assert again.search("kb", "kettle").passages
    again.close()


def test_a_folder_that_vanishes_while_the_copy_is_made_is_passed_over(tmp_path: Path) -> None:
    """Uploads are removed as soon as their job has read them."""
    for name in ("jobs/uploads/one", "jobs/uploads/two", "index/kb", ".draft"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "file").write_text("x")
    (tmp_path / "knowdesk.db").write_text("x")
    found = _files(tmp_path)
    assert next(found) == Path("knowdesk.db")
    assert next(found).parent.parent == Path("jobs/uploads")
    shutil.rmtree(tmp_path / "jobs")
    assert list(found) == []


def test_all_tenants_come_back(desk: Engine, settings: Settings, tmp_path: Path) -> None:
    turns, (folder, there) = Turns(), (tmp_path / "pages", _settings(tmp_path / "there"))
    folder.mkdir()
    _write(desk, turns, folder, 1)
    with closing(tenants(desk, settings)) as both:
        other = both.engine("acme")
        other.create_knowledge_base("kb")
        for number in (2, 3):
            _write(other, turns, folder, number)
        other.answer("kb", AnswerRequest("Which kettle fits part 2?", conversation_id="talk", customer="c-7"))
        with turns.turn(line_of("acme", "other")):
            manifest = take_backup(both, turns, settings, tmp_path / "b.zip")
    assert list(manifest.knowledge_bases) == ["kb"]
    assert {name: list(bases) for name, bases in manifest.tenants.items()} == {"acme": ["kb"]}
    restore_backup(tmp_path / "b.zip", there)
    for own, pages in ((there, 1), (tenant_settings(there, "acme"), 2)):
        again = engine.assembly.build_engine(own)
        expected, found = _indexed(again)
        assert expected == found
        assert len(found) == pages
        assert (len(again.parts.conversations.history("talk")) > 0) == (pages == 2)
        again.close()


def test_who_changes_documents_of_another_tenant_is_waited_for(
    desk: Engine, settings: Settings, tmp_path: Path
) -> None:
    turns, done = Turns(), threading.Event()

    def take() -> None:
        take_backup(both, turns, settings, tmp_path / "b.zip")
        done.set()

    with closing(tenants(desk, settings)) as both:
        both.engine("acme").create_knowledge_base("kb")
        with turns.turn(line_of("acme", "kb")):
            taking = threading.Thread(target=take)
            taking.start()
            assert not done.wait(0.3)
        taking.join(30)
    assert done.is_set()


def test_a_tenant_whose_name_leads_out_is_refused(desk: Engine, settings: Settings, tmp_path: Path) -> None:
    manifest = take_backup(tenants(desk, settings), Turns(), settings, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as whole, zipfile.ZipFile(tmp_path / "c.zip", "w") as changed:
        for name in manifest.files:
            changed.writestr(name, whole.read(name))
        led = manifest.model_copy(update={"tenants": {"../out": {}}})
        changed.writestr("manifest.json", led.model_dump_json())
    with pytest.raises(InvalidInput, match="no name of a tenant"):
        restore_backup(tmp_path / "c.zip", _settings(tmp_path / "there"))
    assert not (tmp_path / "there").exists()


def test_what_is_encrypted_stays_so_and_needs_its_key(tmp_path: Path) -> None:
    chosen = _settings(tmp_path / "data", encryption_keys=new_key())
    built = engine.assembly.build_engine(chosen)
    built.create_knowledge_base("kb")
    built.answer("kb", AnswerRequest("Where is zanzibar?", conversation_id="talk"))
    take_backup(tenants(built, chosen), Turns(), chosen, tmp_path / "b.zip")
    built.close()
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert b"zanzibar" not in b"".join(map(archive.read, archive.namelist()))
    there = chosen.model_copy(update={"data_dir": tmp_path / "there"})
    with pytest.raises(Misconfigured, match="KNOWDESK_ENCRYPTION_KEYS"):
        restore_backup(tmp_path / "b.zip", _settings(tmp_path / "there"))
    restore_backup(tmp_path / "b.zip", there)
    again = engine.assembly.build_engine(there)
    assert again.parts.conversations.history("talk")[0].text == "Where is zanzibar?"
    again.close()
