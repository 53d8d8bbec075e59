"""`knowdesk migrate`, to a database and to a server that speaks Qdrant's protocol."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import api.cli.backup
import engine.assembly
from engine.assembly import build_engine
from engine.settings import load_settings
from engine.tenancy import Tenants
from ingestion.backup.taking import take_backup
from ingestion.jobs.turns import Turns
from tests.api.desk import Desk
from tests.fakes.qdrant_server import qdrant_server


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[str, ...]]:
    (tmp_path / "there").mkdir()
    with qdrant_server() as qdrant:
        yield "--to-url", qdrant.url, "--database-url", f"sqlite:///{tmp_path / 'there' / 'knowdesk.db'}"


def test_a_folder_is_moved_and_the_servers_answer(
    shop_copy_desk: Desk, servers: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("ask", "How long does the warranty of the kettle last?", "--kb", "shop", "--threshold", "0")
    before = shop_copy_desk.json(*asked)["answer"]["text"]
    first = shop_copy_desk.json("migrate", *servers, "--sample", "3")
    assert (first["verified"], first["finished"]) == (True, False)
    assert max(each["written"] for each in first["indexes"]) > 3
    told = shop_copy_desk("migrate", *servers, "--finish")
    assert told.exit_code == 0
    assert "Finished. Set KNOWDESK_QDRANT_URL=http://127.0.0.1" in told.output
    assert shop_copy_desk("migrate", *servers).exit_code == 2
    monkeypatch.setenv("KNOWDESK_QDRANT_URL", servers[1])
    monkeypatch.setenv("KNOWDESK_DATABASE_URL", servers[3])
    elsewhere = Desk(shop_copy_desk.data_dir.with_name("elsewhere"))
    assert elsewhere.json(*asked)["answer"]["text"] == before


@pytest.mark.sqlite
def test_a_server_that_runs_gives_a_copy_of_its_own(
    shop_copy_desk: Desk, servers: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(data_dir=shop_copy_desk.data_dir)
    with closing(build_engine(settings, embedder=engine.assembly.build_embedder(settings))) as owner:

        def download(url: str, key: str, file: Path) -> None:
            assert (url, key) == ("http://desk", "secret")
            with closing(Tenants(owner, settings, lambda *_: owner)) as tenants:
                take_backup(tenants, Turns(), settings, file)

        monkeypatch.setattr(api.cli.backup, "download", download)
        found = shop_copy_desk.json("migrate", *servers, "--url", "http://desk", "--key", "secret")
        assert found["verified"]
        assert shop_copy_desk("migrate", *servers, "--url", "http://desk", "--finish").exit_code == 2
        assert shop_copy_desk("migrate", *servers).exit_code == 2  # the folder is in use
    shutil.rmtree(shop_copy_desk.data_dir)


def test_a_difference_is_an_exit_status(
    shop_copy_desk: Desk, servers: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingestion.migration.migrating.row_counts", lambda engine: {"documents": id(engine)})
    told = shop_copy_desk("migrate", *servers)
    assert told.exit_code == 1
    assert "Tables that differ: documents." in told.output
