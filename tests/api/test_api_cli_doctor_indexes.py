"""`knowdesk doctor` over indexes that were built with other models than the settings name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.desk import Desk
from tests.api.named_models import MODELS, name_models
from tests.fakes.embedding import HashEmbedder


@pytest.fixture(name="desk")
def changed_desk(shop_copy_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the command line over a shop whose index was changed to the model "other"."""
    name_models(monkeypatch)
    shop_copy_desk.json("index", "build", "other", "--kb", "shop", "--tolerance", "1")
    return shop_copy_desk


def _look(desk: Desk, status: int = 0) -> dict[str, tuple[str, str]]:
    return {each["name"]: (each["state"], each["detail"]) for each in desk.json("doctor", status=status)["checks"]}


def test_an_index_that_was_changed_fits_the_model_that_it_names(desk: Desk) -> None:
    found = _look(desk)
    assert found["index of shop"] == ("ok", "fits other")
    assert found["index of empty"] == ("ok", "empty")


def test_the_way_back_fits_the_settings_again(desk: Desk) -> None:
    desk.json("index", "use", "1", "--kb", "shop")
    assert _look(desk)["index of shop"] == ("ok", "fits the settings")


def test_settings_that_follow_the_change_are_in_order(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWDESK_EMBEDDING_MODEL", "other")
    found = _look(desk)
    assert found["embedder"] == ("ok", "other, 32 dimensions")
    assert found["index of shop"] == ("ok", "fits other")


def test_another_knowledge_base_that_stayed_behind_is_found(
    desk: Desk, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.json("ingest", str(pages), "--kb", "second")
    assert _look(desk)["index of second"] == ("ok", "fits the settings")
    monkeypatch.setenv("KNOWDESK_EMBEDDING_MODEL", "other")
    state, detail = _look(desk, status=1)["index"]
    assert state == "failed"
    assert "'second' is indexed with hash" in detail
    assert "the settings say other" in detail


def test_a_model_that_is_gone_is_found_and_the_rest_is_looked_at(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(MODELS, "other")
    found = _look(desk, status=1)
    assert found["index"] == ("failed", "The model 'other' cannot be loaded. Fetch it.")
    assert {"embedder", "OCR", "language model", "Qdrant", "rate limits", "fonts"} <= found.keys()
    assert found["embedder"][0] == found["Qdrant"][0] == "ok"


def test_a_model_that_became_another_under_its_name_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MODELS, "other", HashEmbedder(48, model="other"))
    state, detail = _look(desk, status=1)["index"]
    assert state == "failed"
    assert "other at revision 1 (32 dimensions" in detail
    assert "other at revision 1 (48 dimensions" in detail


def test_an_index_that_is_only_built_is_none_of_its_business(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.json("index", "use", "1", "--kb", "shop")
    monkeypatch.delitem(MODELS, "other")
    assert _look(desk)["index of shop"] == ("ok", "fits the settings")


def test_looking_changes_nothing(desk: Desk) -> None:
    indexes = "SELECT knowledge_base, slot, in_use, model, source FROM indexes ORDER BY slot"
    before = desk.sql(indexes)
    _look(desk)
    assert desk.sql(indexes) == before
    assert [(name, slot, bool(in_use)) for name, slot, in_use, *_ in before] == [
        ("shop", "", False),
        ("shop", "2", True),
    ]
