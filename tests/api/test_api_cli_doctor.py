"""`knowdesk doctor`: what is wrong is found, and nothing is changed."""

from __future__ import annotations

from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest

from api import doctor
from tests.api.desk import Desk
from tests.fakes.embedding import HashEmbedder
from tests.fakes.openai_server import Mode, fake_openai

Usage = namedtuple("Usage", "total used free")


def _states(desk: Desk, status: int = 0) -> dict[str, tuple[str, str]]:
    found: dict[str, Any] = desk.json("doctor", status=status)
    assert found["ok"] is (status == 0)
    return {each["name"]: (each["state"], each["detail"]) for each in found["checks"]}


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "build_embedder", lambda _: HashEmbedder())


def test_before_the_first_start_all_is_well_and_nothing_is_made(desk: Desk) -> None:
    found = _states(desk)
    assert {state for state, _ in found.values()} <= {"ok", "unused", "warning"}
    assert found["database"] == ("ok", "SQLite, made at the first start")
    assert not desk.data_dir.exists()


def test_people_get_a_table(desk: Desk) -> None:
    shown = desk("doctor")
    assert (shown.exit_code, shown.stdout.split()[:3]) == (0, ["What", "State", "Detail"])


def test_every_index_is_looked_at(shop_copy_desk: Desk) -> None:
    found = _states(shop_copy_desk)
    assert found["index of shop"] == ("ok", "fits the settings")
    assert found["index of empty"] == ("ok", "empty")
    assert found["Qdrant"] == ("ok", "Qdrant Edge opens")
    assert found["database"][0] == "ok"


def test_an_index_of_another_model_is_found(shop_copy_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "build_embedder", lambda _: HashEmbedder(model="another"))
    state, detail = _states(shop_copy_desk, status=1)["index"]
    assert state == "failed"
    assert "ingest --rebuild" in detail


def test_a_folder_that_a_server_holds_is_in_order(shop_copy_desk: Desk) -> None:
    from engine.stores.folder_lock import FolderLock

    lock = FolderLock(shop_copy_desk.data_dir)
    state, detail = _states(shop_copy_desk)["Qdrant"]
    lock.release()
    assert state == "ok"
    assert "in use by process" in detail


@pytest.mark.parametrize(("schema", "state", "status"), [("0001", "warning", 0), ("9999", "failed", 1)])
def test_a_schema_that_is_not_current_is_told_and_left(
    shop_copy_desk: Desk, schema: str, state: str, status: int
) -> None:
    shop_copy_desk.sql(f"UPDATE alembic_version SET version_num = '{schema}'")  # noqa: S608
    found = _states(shop_copy_desk, status)
    assert found["database"][0] == state
    assert schema in found["database"][1]
    assert shop_copy_desk.sql("SELECT version_num FROM alembic_version") == [(schema,)]


def test_a_broken_database_is_found(desk: Desk) -> None:
    desk.data_dir.mkdir()
    (desk.data_dir / "knowdesk.db").write_bytes(b"no database" * 1000)
    assert _states(desk, 1)["database"][0] == "failed"


@pytest.mark.parametrize(("free", "state", "status"), [(49e6, "failed", 1), (900e6, "warning", 0), (9e9, "ok", 0)])
def test_space_that_runs_out_is_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, free: float, state: str, status: int
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(1e12, 0, free))
    assert _states(desk, status)["data folder"][0] == state


def test_a_folder_without_rights_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    assert "owner and rights" in _states(desk, 1)["data folder"][1]


@pytest.mark.parametrize(("mode", "status"), [(Mode.NORMAL, 0), (Mode.UNAUTHORIZED, 1)])
def test_the_language_model_is_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch, mode: Mode, status: int) -> None:
    with fake_openai(mode) as server:
        monkeypatch.setenv("KNOWDESK_LLM_BASE_URL", server.url)
        monkeypatch.setenv("KNOWDESK_LLM_MODEL", "m")
        monkeypatch.setenv("KNOWDESK_LLM_API_KEY", "sk-secret")
        state, detail = _states(desk, status)["language model"]
    assert state == ("failed" if status else "ok")
    assert "sk-secret" not in detail


@pytest.mark.parametrize(
    ("name", "value", "about"),
    [
        ("RATE_LIMITS", "now and then", "rate limits"),
        ("QDRANT_URL", "http://127.0.0.1:9", "Qdrant"),
        ("PORT", "many", "settings"),
        ("DATABASE_URL", "nosuch://db", "database"),
    ],
)
def test_wrong_settings_are_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, value: str, about: str
) -> None:
    monkeypatch.setenv(f"KNOWDESK_{name}", value)
    assert _states(desk, 1)[about][0] == "failed"


def test_a_tesseract_that_is_not_there_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.ocr.tesseract.tesseract_installed", lambda: False)
    assert _states(desk)["OCR"][0] == "warning"
    monkeypatch.setenv("KNOWDESK_OCR_ENGINE", "tesseract")
    assert _states(desk, 1)["OCR"][0] == "failed"


@pytest.mark.parametrize(
    ("files", "state"), [([], "warning"), (["Arial.ttf"], "warning"), (["NotoSansCJK-Regular.ttc"], "ok")]
)
def test_fonts_are_looked_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, files: list[str], state: str
) -> None:
    (tmp_path / "fonts").mkdir()
    for name in files:
        (tmp_path / "fonts" / name).touch()
    monkeypatch.setattr(doctor, "FONT_FOLDERS", (str(tmp_path / "fonts"),))
    assert _states(desk)["fonts"][0] == state
