"""`knowdesk encoder prepare`."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.embedding.prepared import Precision, find_prepared
from tests.api.desk import Desk


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KNOWDESK_ENCODER_DIR", str(tmp_path / "encoders"))
    return tmp_path / "encoders"


def test_both_precisions_are_prepared_and_told_of(open_desk: Desk, tiny_transformer: Path, root: Path) -> None:
    made = open_desk.json("encoder", "prepare", str(tiny_transformer))["prepared"]
    assert [each["precision"] for each in made] == ["fp32", "int8"]
    assert [each["revision"].endswith("-int8") for each in made] == [False, True]
    for each in made:
        found = find_prepared(root, str(tiny_transformer), Precision(each["precision"]))
        assert found
        assert (str(found.folder), found.agreement) == (each["folder"], each["agreement"])
        assert min(each[name] for name in ("passages_per_s", "query_ms", "torch_passages_per_s", "torch_query_ms")) > 0


def test_a_model_of_a_service_is_none_to_prepare(open_desk: Desk) -> None:
    refused = open_desk("encoder", "prepare", "service:bge")
    assert (refused.exit_code, "service:bge is not run here" in refused.stderr) == (2, True)


def test_the_settings_name_the_model_and_people_get_a_table(
    open_desk: Desk, tiny_transformer: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNOWDESK_EMBEDDING_MODEL", str(tiny_transformer))
    shown = open_desk("encoder", "prepare", "--precision", "fp32").stdout
    assert "agreement" in shown
    assert "1.0000" in shown
    assert find_prepared(root, str(tiny_transformer), Precision.FP32)
    assert find_prepared(root, str(tiny_transformer), Precision.INT8) is None


def test_what_cannot_be_prepared_ends_with_a_reason(open_desk: Desk, tiny_model: Path, root: Path) -> None:
    ended = open_desk("encoder", "prepare", str(tiny_model))
    assert ended.exit_code == 2
    assert "cannot be prepared" in ended.stderr
    assert not list(root.iterdir())
