"""Backups over HTTP and on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import engine.assembly
from engine.settings import Settings, load_settings
from ingestion.backup.restoring import restore_backup
from tests.api.desk import Desk
from tests.api.server import serve
from tests.fakes.embedding import HashEmbedder


@pytest.mark.sqlite
def test_a_backup_is_sent_and_restores(
    empty_client: TestClient, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty_client.post("/v1/knowledge-bases", json={"name": "kb"})
    files = [("files", ("a.md", b"# Kettle\n\nThe kettle boils water.\n", "text/markdown"))]
    empty_client.post("/v1/documents", data={"knowledge_base": "kb"}, files=files)
    reply = empty_client.post("/v1/backups", headers={"Idempotency-Key": "k"})
    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/zip")
    assert not [path for path in settings.data_dir.iterdir() if path.name.startswith(".")]
    (tmp_path / "b.zip").write_bytes(reply.content)

    monkeypatch.setattr(engine.assembly, "build_embedder", lambda _: HashEmbedder())
    restored = load_settings(data_dir=tmp_path / "restored")
    restore_backup(tmp_path / "b.zip", restored)
    again = engine.assembly.build_engine(restored)
    assert [passage.title for passage in again.search("kb", "kettle").passages] == ["Kettle"]
    again.close()


def test_a_backup_of_a_database_elsewhere_names_the_remedy(
    empty_client: TestClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.routes.backups.take_backup", _elsewhere)
    reply = empty_client.post("/v1/backups")
    assert (reply.status_code, reply.json()["remedy"]) == (500, "Use pg_dump.")
    assert not [path for path in settings.data_dir.iterdir() if path.name.startswith(".")]


def _elsewhere(*_: object) -> None:
    from engine.errors import Misconfigured

    raise Misconfigured("The database is elsewhere.", remedy="Use pg_dump.")


@pytest.mark.sqlite
def test_the_command_line_takes_and_restores(shop_copy_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "shop.zip"
    taken = shop_copy_desk.json("backup", str(file))
    assert (taken["knowledge_bases"]["empty"]["chunks"], file.stat().st_size > 0) == (0, True)
    assert shop_copy_desk("backup", str(file)).exit_code == 2
    refused = shop_copy_desk("restore", str(file))
    assert (refused.exit_code, "--force" in refused.stderr) == (2, True)

    there = Desk(tmp_path / "there")
    assert there.json("restore", str(file))["bytes"] == taken["bytes"]
    assert there.json("search", "kettle", "--kb", "shop")["passages"]
    assert [base["name"] for base in there.json("kb", "list")["items"]] == ["empty", "shop"]


@pytest.mark.sqlite
def test_a_server_takes_the_backup_of_the_folder_that_it_holds(desk: Desk, tmp_path: Path) -> None:
    desk("kb", "create", "kb")
    with serve(desk.data_dir) as server:
        refused = desk("backup", str(tmp_path / "direct.zip"))
        taken = desk.json("backup", str(tmp_path / "b.zip"), "--url", server.address)
    assert (refused.exit_code, "in use" in refused.stderr) == (2, True)
    assert list(taken["knowledge_bases"]) == ["kb"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "data"]


def test_a_server_that_is_away_is_named(desk: Desk, tmp_path: Path) -> None:
    refused = desk("backup", str(tmp_path / "b.zip"), "--url", "http://127.0.0.1:9")
    assert (refused.exit_code, "--url" in refused.stderr) == (1, True)
    assert not list(tmp_path.glob("*.zip"))
