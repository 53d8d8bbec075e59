"""`knowdesk index`: what is wrong is told with a remedy, and changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.stores.folder_lock import FolderLock
from tests.api.desk import Desk
from tests.api.named_models import MODELS, name_models

LOOSE = ("--tolerance", "1")


@pytest.fixture(name="desk")
def named_desk(shop_copy_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the command line over a copy of the shop, with models by their names."""
    name_models(monkeypatch)
    return shop_copy_desk


def _listed(desk: Desk, kb: str = "shop") -> list[tuple[str, bool, str]]:
    items = desk.json("index", "list", "--kb", kb)["items"]
    return [(each["id"], each["in_use"], each["model"]) for each in items]


def _refused(desk: Desk, *words: str, kb: str = "shop") -> str:
    """Run a command that is refused; return what stands on stderr, in one line."""
    result = desk("index", *words, "--kb", kb, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    return " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("use", "7"), "has no such index. List its indexes."),
        (("drop", "7"), "has no such index. List its indexes."),
        (("use", "../x"), "has no such index. List its indexes."),
        (("drop", "1"), "This index is in use. Change over to another one first."),
        (("build", "hash"), "The index in use is built with hash already. Name another, or say again."),
        (("build", "nowhere/model"), "The model 'nowhere/model' cannot be loaded. Fetch it."),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy_and_changes_nothing(
    desk: Desk, words: tuple[str, ...], told: str
) -> None:
    assert told in _refused(desk, *words)
    assert _listed(desk) == [("1", True, "hash")]


@pytest.mark.parametrize("tolerance", ["-0.1", "1.5", "much"])
def test_a_tolerance_beyond_its_bounds_is_wrong_usage(desk: Desk, tolerance: str) -> None:
    assert "--tolerance" in _refused(desk, "build", "other", "--tolerance", tolerance)


@pytest.mark.parametrize("words", [("list",), ("build", "other"), ("use", "1"), ("drop", "1")])
def test_a_knowledge_base_that_is_not_there_is_named_with_those_that_are(desk: Desk, words: tuple[str, ...]) -> None:
    told = _refused(desk, *words, kb="shpo")
    assert "'shpo'" in told
    assert "shop" in told.replace("shpo", "")


def test_nothing_is_built_of_a_knowledge_base_without_documents(desk: Desk) -> None:
    assert "Nothing is indexed in 'empty' yet. Ingest documents first." in _refused(desk, "build", "other", kb="empty")
    assert _listed(desk, "empty") == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "is no file of golden questions"),
        ("[1]", "is no file of golden questions"),
        ("", "holds no question that a document answers"),
        ('{"text": "Who painted it?", "documents": []}\n', "holds no question that a document answers"),
    ],
)
def test_questions_that_cannot_be_asked_are_told_before_anything_is_built(
    desk: Desk, tmp_path: Path, content: str | None, told: str
) -> None:
    golden = tmp_path / "golden.jsonl"
    if content is not None:
        golden.write_text(content)
    found = _refused(desk, "build", "other", "--questions", str(golden))
    assert told in found
    assert 'One JSON object a line: {"text"' in found
    assert _listed(desk) == [("1", True, "hash")]


def test_a_folder_without_questions_is_not_taken_for_one_with_them(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "golden").mkdir()
    (tmp_path / "golden" / "questions.json").write_text("[]")
    assert "holds no question" in _refused(desk, "build", "other", "--questions", str(tmp_path / "golden"))


def test_questions_of_every_language_are_counted(desk: Desk, tmp_path: Path) -> None:
    rows = [
        {"text": text, "documents": [name], "language": language}
        for text, name, language in (
            ("How long may I return unused goods?", "returns.md", "en"),
            ("未使用の商品はいつまで返品できますか。", "henpin.md", "ja"),
            ("未使用的商品多久内可以退货？", "tuihuo.md", "zh-Hans"),
        )
        for _ in range(20)
    ]
    golden = tmp_path / "golden.jsonl"
    golden.write_text("\n".join(json.dumps(row) for row in rows))
    built = desk.json("index", "build", "other", "--kb", "shop", "--questions", str(golden), *LOOSE)["items"][0]
    found = {each["language"]: (each["questions"], each["before"]) for each in built["trial"]["found"]}
    assert found == {"": (60, 1.0), "en": (20, 1.0), "ja": (20, 1.0), "zh-Hans": (20, 1.0)}


def test_the_model_in_use_is_built_once_more_where_it_is_asked_for(desk: Desk) -> None:
    desk.json("index", "build", "hash", "--kb", "shop", "--again", *LOOSE)
    assert _listed(desk) == [("2", True, "hash"), ("1", False, "hash")]


def test_a_build_that_was_left_is_gone_on_with(desk: Desk) -> None:
    for _ in range(2):
        desk.json("index", "build", "other", "--kb", "shop", "--only-build", *LOOSE)
        assert _listed(desk) == [("1", True, "hash"), ("2", False, "other")]
    desk.json("index", "build", "third", "--kb", "shop", *LOOSE)
    assert _listed(desk) == [("3", True, "third"), ("1", False, "hash"), ("2", False, "other")]
    assert desk.json("search", "warranty", "--kb", "shop")["passages"][0]["uri"] == "warranty.md"


def test_the_way_back_is_open_after_the_model_is_gone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.json("index", "build", "other", "--kb", "shop", *LOOSE)
    monkeypatch.delitem(MODELS, "other")
    assert desk("search", "warranty", "--kb", "shop").exit_code == 2
    desk.json("index", "use", "1", "--kb", "shop")
    desk.json("index", "drop", "2", "--kb", "shop")
    assert desk.json("search", "warranty", "--kb", "shop")["passages"][0]["uri"] == "warranty.md"


def test_a_folder_that_a_server_holds_is_told(desk: Desk) -> None:
    lock = FolderLock(desk.data_dir)
    try:
        assert "in use" in _refused(desk, "build", "other")
    finally:
        lock.release()
