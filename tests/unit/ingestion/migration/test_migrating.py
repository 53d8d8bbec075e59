"""From a data folder to servers: copied, caught up with, compared, finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from api.ingesting import Batch, ingest_batches
from engine.assembly import build_engine
from engine.errors import BackendFailed, Conflict, Misconfigured
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import StoreQuery
from engine.records import opened_database
from engine.service import Engine
from engine.settings import Settings, load_settings
from engine.stores.remote import RemoteStore
from ingestion.migration.migrating import MARK, Migration, finish, migrate_to_servers
from ingestion.sources import open_source
from tests.fakes.embedding import HashEmbedder


@dataclass
class Move:
    """An engine over a folder, and where its data goes."""

    folder: Path
    settings: Settings
    target: Settings
    engine: Engine
    store: RemoteStore

    def write(self, **pages: str) -> None:
        """Make the folder of pages these, and ingest it."""
        pages_folder = self.folder / "pages"
        pages_folder.mkdir(exist_ok=True)
        for old in pages_folder.iterdir():
            old.unlink()
        for name, words in pages.items():
            (pages_folder / f"{name}.md").write_text(f"# {name}\n\n{words}\n")
        source = open_source(pages_folder)
        list(ingest_batches(self.engine, self.settings, "kb", [Batch(source.name, source.files, source.complete)]))

    def __call__(self) -> Migration:
        source = self.engine.parts.store
        mark = self.settings.data_dir / MARK
        return migrate_to_servers(source, self.settings, self.target, store=self.store, sample=5, mark=mark)

    def found(self, words: str) -> list[str]:
        """Search the target."""
        query = StoreQuery(sparse=self.engine.encoder.query(words, "en"))
        return [hit.record.text for hit in self.store.search("kb", query).sparse]


@pytest.fixture
def move(tmp_path: Path) -> Iterator[Move]:
    settings = load_settings(data_dir=tmp_path / "data", parse_workers=0)
    (tmp_path / "there").mkdir()
    servers = {"database_url": f"sqlite:///{tmp_path / 'there' / 'knowdesk.db'}", "qdrant_url": "http://there"}
    engine = build_engine(settings, embedder=HashEmbedder())
    store = RemoteStore(QdrantClient(":memory:"))
    yield Move(tmp_path, settings, settings.model_copy(update=servers), engine, store)
    engine.close()
    store.close()


def test_everything_is_there_and_compared(move: Move) -> None:
    move.write(kettle="The kettle boils.", pan="The pan is hot.")
    done = move()
    assert done.is_verified
    assert [(each.chunks, each.written) for each in done.indexes] == [(2, 2)]
    assert [(each.source, each.target, each.queries, each.agreement) for each in done.compared] == [(2, 2, 2, 1.0)]
    assert "boils" in move.found("kettle")[0]
    with opened_database(move.target) as there:
        assert len(SqlKnowledgeRepository(there).documents("kb")) == 2
        assert SqlKnowledgeRepository(there).index("kb") == move.engine.parts.knowledge.index("kb")


def test_a_second_run_takes_up_what_changed(move: Move) -> None:
    move.write(kettle="The kettle boils.", pan="The pan is hot.")
    move()
    assert [(each.written, each.thinned) for each in move().indexes] == [(0, 0)]
    move.write(kettle="The kettle whistles.", lid="The lid is cold.")
    again = move()
    assert [(each.chunks, each.written, each.thinned) for each in again.indexes] == [(2, 2, 2)]
    assert again.is_verified
    assert [move.found(word) for word in ("boils", "pan")] == [[], []]
    assert "whistles" in move.found("kettle")[0]


def test_it_goes_on_where_it_was_broken_off(move: Move, monkeypatch: pytest.MonkeyPatch) -> None:
    move.write(**{f"page{number}": f"Page number {number}." for number in range(6)})

    def fails(*_: object) -> None:
        raise BackendFailed("The store is away.")

    with monkeypatch.context() as patch:
        patch.setattr(move.store, "upsert", fails)
        with pytest.raises(BackendFailed):
            move()
    done = move()
    assert done.is_verified
    assert {each.name: each.added for each in done.tables}["documents"] == 0
    assert [each.written for each in done.indexes] == [6]


def test_after_its_end_nothing_is_copied_any_more(move: Move) -> None:
    move.write(kettle="The kettle boils.")
    move()
    finish(move.settings.data_dir / MARK)
    with pytest.raises(Conflict, match="servers have taken over"):
        move()


def test_servers_with_other_data_are_left_alone(move: Move) -> None:
    with opened_database(move.target) as there:
        SqlKnowledgeRepository(there).add_knowledge_base(move.engine.create_knowledge_base("theirs"))
    with pytest.raises(Conflict, match="other data"):
        move()
    with opened_database(move.target) as there:
        assert len(SqlKnowledgeRepository(there).knowledge_bases()) == 1


def test_a_difference_is_told(move: Move, monkeypatch: pytest.MonkeyPatch) -> None:
    move.write(kettle="The kettle boils.", pan="The pan is hot.")
    monkeypatch.setattr(move.store, "count", lambda _: 1)
    assert not move().is_verified


@pytest.mark.parametrize("given", [{"qdrant_url": ""}, {"database_url": ""}])
def test_both_servers_must_be_named(move: Move, given: dict[str, str]) -> None:
    move.target = move.target.model_copy(update=given)
    with pytest.raises(Misconfigured, match="where to move to"):
        move()


def test_what_is_on_servers_is_not_moved(move: Move) -> None:
    move.settings = move.target.model_copy(update={"data_dir": move.settings.data_dir})
    with pytest.raises(Misconfigured, match="on servers already"):
        move()


def test_tenants_are_not_put_together(move: Move) -> None:
    (move.settings.data_dir / "tenants" / "other").mkdir(parents=True)
    with pytest.raises(Misconfigured, match="others: other"):
        move()
