"""From a data folder to servers after the index was changed to another embedding model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from api.ingesting import Batch, ingest_batches
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.records import opened_database
from engine.service import Engine
from engine.settings import Settings, load_settings
from engine.stores.remote import RemoteStore
from ingestion.jobs.turns import Turns
from ingestion.migration.migrating import MARK, Migration, migrate_to_servers
from ingestion.reembedding.service import Reembedding
from ingestion.sources import MemoryFile
from tests.unit.ingestion.reembedding.shop import KB, PAGES, changed, found, opened, texts, write

QUESTION = "How long does the warranty last?"


@dataclass(frozen=True)
class Move:
    """A shop in a folder, and where its data goes."""

    settings: Settings
    target: Settings
    shop: Engine
    store: RemoteStore

    @property
    def indexes(self) -> Reembedding:
        return _indexes(self.shop)

    def __call__(self) -> Migration:
        source, mark = self.shop.parts.store, self.settings.data_dir / MARK
        return migrate_to_servers(source, self.settings, self.target, store=self.store, sample=5, mark=mark)

    @contextmanager
    def there(self) -> Iterator[Engine]:
        """Give an engine over what was moved."""
        with opened_database(self.target) as database:
            parts = replace(self.shop.parts, store=self.store, knowledge=SqlKnowledgeRepository(database))
            yield Engine(parts, self.shop.options)


def _indexes(shop: Engine) -> Reembedding:
    turns = Turns()
    return Reembedding(shop, KB, lambda **options: turns.turn(KB, **options))


@pytest.fixture
def move(tmp_path: Path) -> Iterator[Move]:
    settings = load_settings(data_dir=tmp_path / "data", parse_workers=0)
    (tmp_path / "there").mkdir()
    servers = {"database_url": f"sqlite:///{tmp_path / 'there' / 'knowdesk.db'}", "qdrant_url": "http://there"}
    with closing(opened(settings)) as shop, closing(RemoteStore(QdrantClient(":memory:"))) as store:
        write(shop, settings, PAGES)
        yield Move(settings, settings.model_copy(update=servers), shop, store)


def test_what_is_moved_is_the_index_in_use_with_its_model(move: Move) -> None:
    other = changed(move.indexes)
    done = move()
    assert done.is_verified
    assert [(each.knowledge_base, each.chunks, each.written) for each in done.indexes] == [(KB, 3, 3)]
    assert [(each.knowledge_base, each.agreement) for each in done.compared] == [(KB, 1.0)]
    assert [move.store.exists(name) for name in (other.name(KB), KB)] == [True, False]
    with move.there() as there:
        assert there.open_index(KB) == other
        assert found(there, QUESTION)[0] == "warranty.md"
        assert texts(there, other) == texts(move.shop, other)


def test_the_next_run_follows_a_change_that_came_between(move: Move) -> None:
    first = move.shop.open_index(KB)
    move()
    other = changed(move.indexes)
    again = move()
    assert again.is_verified
    assert [(each.chunks, each.written) for each in again.indexes] == [(3, 3)]
    with move.there() as there:
        assert _indexes(there).indexes() == (other, first)
        assert found(there, QUESTION)[0] == "warranty.md"
    assert [each.written for each in move().indexes] == [0]


def test_the_next_run_follows_the_way_back(move: Move) -> None:
    first = move.shop.open_index(KB)
    assert first
    changed(move.indexes)
    move()
    write(move.shop, move.settings, {"new.md": "# New\n\nWe repair phones.\n"})
    move.indexes.use(first)
    assert move().is_verified
    with move.there() as there:
        assert there.open_index(KB) == first
        assert found(there, "Do you repair phones?")[0] == "new.md"


def test_an_index_that_was_dropped_is_forgotten_there_too(move: Move) -> None:
    other = changed(move.indexes)
    move()
    move.indexes.drop("")
    assert move().is_verified
    with move.there() as there:
        assert _indexes(there).indexes() == (other,)


def test_on_the_servers_the_way_back_is_built_from_the_documents(move: Move) -> None:
    first = move.shop.open_index(KB)
    assert first
    other = changed(move.indexes)
    move()
    with move.there() as there:
        _indexes(there).use(first)
        assert there.open_index(KB) == first
        assert texts(there, first) == texts(there, other)
        assert found(there, QUESTION)[0] == "warranty.md"


def test_on_the_servers_documents_go_though_the_index_before_is_not_there(move: Move) -> None:
    other = changed(move.indexes)
    move()
    with move.there() as there:
        gone = next(each for each in there.parts.knowledge.documents(KB) if each.uri == "warranty.md")
        there.delete_document(gone.id)
        assert len(texts(there, other)) == 2
        there.delete_knowledge_base(KB)
    assert not move.store.exists(other.name(KB))


def test_an_index_that_is_only_built_stays_where_it_is(move: Move) -> None:
    begun = move.indexes.begin("other")
    list(move.indexes.fill(begun))
    assert move().is_verified
    assert not move.store.exists(begun.name(KB))
    with move.there() as there:
        assert _indexes(there).begin("other") == begun


def test_knowledge_bases_are_moved_each_with_its_own_model(move: Move) -> None:
    changed(move.indexes)
    page = MemoryFile("desk.md", b"# Desk\n\nThe desk opens at nine.\n")
    list(ingest_batches(move.shop, move.settings, "desk", [Batch("pages", [page])]))
    move.shop.create_knowledge_base("empty")
    done = move()
    assert done.is_verified
    assert {each.knowledge_base: each.chunks for each in done.indexes} == {KB: 3, "desk": 1}
    with move.there() as there:
        used = {name: there.open_index(name) for name in (KB, "desk", "empty")}
        models = {name: built.signature.model if built else "" for name, built in used.items()}
        assert models == {KB: "other", "desk": "hash", "empty": ""}
        assert there.search("desk", "When does the desk open?").passages[0].uri == "desk.md"
