from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.assembly import build_engine
from engine.service import Engine
from engine.settings import load_settings
from tests.api.desk import Desk
from tests.fakes.embedding import HashEmbedder


def test_a_knowledge_base_lives_and_dies(desk: Desk) -> None:
    assert desk.json("kb", "create", "客服", "--description", "All") == {"name": "客服", "description": "All"}
    assert desk.json("kb", "list") == {"items": [{"name": "客服", "description": "All", "documents": 0, "chunks": 0}]}
    assert desk.json("kb", "delete", "客服", "--yes") == {"deleted": "客服"}
    assert desk.json("kb", "list") == {"items": []}


def test_people_see_what_a_knowledge_base_holds(shop_copy_desk: Desk) -> None:
    lines = shop_copy_desk("kb", "list").stdout.splitlines()
    assert lines[0].split() == ["Name", "Documents", "Chunks", "Description"]
    assert lines[1].split() == ["empty", "0", "0"]
    assert lines[2].split()[:2] == ["shop", "4"]
    assert "Created other." in shop_copy_desk("kb", "create", "other").stdout
    assert "Deleted other." in shop_copy_desk("kb", "delete", "other", "--yes").stdout


@pytest.mark.parametrize(
    "words", [("create", "shop"), ("create", "a/b"), ("delete", "no-such", "--yes"), ("create",)], ids=str
)
def test_what_cannot_be_done_with_a_knowledge_base(shop_desk: Desk, words: tuple[str, ...]) -> None:
    result = shop_desk("kb", *words, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_deleting_asks_first(shop_copy_desk: Desk) -> None:
    result = shop_copy_desk("kb", "delete", "shop")  # nobody answers
    assert result.exit_code == 1
    assert [item["name"] for item in shop_copy_desk.json("kb", "list")["items"]] == ["empty", "shop"]


def test_documents_are_listed_and_shown(shop_desk: Desk, pages: Path) -> None:
    items = shop_desk.json("documents", "list", "--kb", "shop")["items"]
    assert [item["uri"] for item in items] == sorted(page.name for page in pages.iterdir())
    found = next(item for item in items if item["uri"] == "returns.md")
    shown = shop_desk.json("documents", "show", found["id"], "--kb", "shop")
    assert {k: shown[k] for k in found} == found
    assert (shown["version_in_force"], shown["duplicates"]) == (1, [])
    assert "within 30 days" in shown["text"]


def test_people_see_documents(shop_desk: Desk) -> None:
    listed = shop_desk("documents", "list", "--kb", "shop").stdout
    assert listed.splitlines()[0].split() == ["Id", "Address", "Title", "Kind", "Language", "Version"]
    assert "returns.md" in listed
    found = shop_desk.json("documents", "list", "--kb", "shop")["items"][0]
    shown = shop_desk("documents", "show", found["id"], "--kb", "shop").stdout
    assert found["id"] in shown
    assert found["title"] in shown


def test_documents_are_deleted_and_the_others_named(shop_copy_desk: Desk) -> None:
    ids = [item["id"] for item in shop_copy_desk.json("documents", "list", "--kb", "shop")["items"]]
    result = shop_copy_desk.json("documents", "delete", ids[0], "no-such", ids[1], "--kb", "shop", status=1)
    assert result["deleted"] == ids[:2]
    assert [failure["id"] for failure in result["failures"]] == ["no-such"]
    left = shop_copy_desk.json("documents", "list", "--kb", "shop")["items"]
    assert [item["id"] for item in left] == ids[2:]
    assert "Deleted 1 of 1" in shop_copy_desk("documents", "delete", ids[2], "--kb", "shop").stdout


def test_a_document_of_another_knowledge_base_is_not_touched(shop_copy_desk: Desk) -> None:
    found = shop_copy_desk.json("documents", "list", "--kb", "shop")["items"][0]["id"]
    assert shop_copy_desk("documents", "show", found, "--kb", "empty").exit_code == 2
    assert shop_copy_desk("documents", "delete", found, "--kb", "empty").exit_code == 1
    assert len(shop_copy_desk.json("documents", "list", "--kb", "shop")["items"]) == 4


@pytest.mark.parametrize("words", [("list",), ("show", "x"), ("delete", "x"), ("show",), ("delete",), ()], ids=str)
def test_documents_of_no_knowledge_base(desk: Desk, words: tuple[str, ...]) -> None:
    assert desk("documents", *words).exit_code == 2


@pytest.fixture
def owner(desk: Desk) -> object:
    """An engine, as of a running server, that owns the data folder."""
    built: Engine = build_engine(load_settings(data_dir=desk.data_dir), embedder=HashEmbedder())
    yield built
    built.close()


@pytest.mark.parametrize(
    "words", [("ask", "q"), ("search", "q"), ("kb", "list"), ("documents", "list"), ("serve",)], ids=str
)
@pytest.mark.usefixtures("owner")
def test_a_second_process_on_the_folder_is_told_clearly(desk: Desk, words: tuple[str, ...]) -> None:
    result = desk(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    first, *remedy = result.stderr.splitlines()
    assert first.startswith("Error: ")
    assert remedy


def test_settings_come_from_the_file_and_options_win(desk: Desk, tmp_path: Path) -> None:
    config = tmp_path / "settings.toml"
    config.write_text(f'data_dir = "{(tmp_path / "elsewhere").as_posix()}"\nmax_question_chars = 3\n')
    assert desk("--config", str(config), "kb", "create", "x").exit_code == 0
    result = desk("--config", str(config), "search", "four", "--kb", "x")
    assert result.exit_code == 2
    assert "at most 3" in result.stderr
    assert not (tmp_path / "elsewhere").exists()
    assert desk.data_dir.exists()


def test_options_after_the_command_win(desk: Desk, tmp_path: Path) -> None:
    after = tmp_path / "after"
    assert desk("kb", "create", "here", "--data-dir", str(after)).exit_code == 0
    assert after.exists()
    assert not desk.data_dir.exists()


@pytest.mark.parametrize("text", ["colour = 1", "port = 'many'", "port = -1", "= broken"])
def test_wrong_settings_are_status_2(desk: Desk, tmp_path: Path, text: str) -> None:
    config = tmp_path / "wrong.toml"
    config.write_text(text)
    result = desk("kb", "list", "--config", str(config))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")


def test_a_settings_file_that_is_not_there(desk: Desk) -> None:
    result = desk("kb", "list", "--config", "no-such.toml")
    assert result.exit_code == 2
    assert "no-such.toml" in result.stderr


def test_version_and_help(desk: Desk) -> None:
    assert desk("--help").exit_code == 0
    assert "ingest" in desk("--help").stdout
    assert json.dumps(desk("--version").stdout.strip()) != '""'
