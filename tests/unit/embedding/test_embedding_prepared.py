"""Where prepared encoders lie, and which of them is found."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from engine.embedding.encoder import Role
from engine.embedding.identity import identity_of
from engine.embedding.minilm import bundled_info
from engine.embedding.prepared import Precision, Prepared, find_prepared, folder_for, read_prepared
from engine.errors import Misconfigured
from engine.ports import EmbedderInfo

INFO = EmbedderInfo("maker/model", "c0ffee", 8, normalized=True, languages=frozenset({"en", "ja"}))
PROMPTS = {Role.QUERY: "query: ", Role.PASSAGE: ""}


def keep(root: Path, info: EmbedderInfo = INFO, precision: Precision = Precision.FP32, *, asked: str = "") -> Prepared:
    folder = folder_for(root, info.model, info.revision, precision)
    folder.mkdir(parents=True)
    named = replace(info, revision=precision.revision(info.revision))
    prepared = Prepared(folder, named, asked, precision, PROMPTS, 0.99, 0.97)
    prepared.write()
    return prepared


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    kept = keep(tmp_path, precision=Precision.INT8)
    assert read_prepared(kept.folder) == kept
    assert kept.info.revision == "c0ffee-int8"


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    assert read_prepared(tmp_path) is None
    assert find_prepared(tmp_path / "missing", "maker/model", Precision.FP32) is None
    assert find_prepared(tmp_path, "", Precision.FP32) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "info": {}}', "\xff"])
def test_a_broken_folder_names_the_remedy(tmp_path: Path, text: str) -> None:
    (tmp_path / "prepared.json").write_text(text, encoding="latin-1")
    with pytest.raises(Misconfigured, match="encoder prepare --again"):
        read_prepared(tmp_path)


def test_precisions_are_kept_apart(tmp_path: Path) -> None:
    int8 = keep(tmp_path, precision=Precision.INT8)
    assert find_prepared(tmp_path, "maker/model", Precision.FP32) is None
    assert find_prepared(tmp_path, "maker/model", Precision.INT8) == int8


def test_a_hub_model_is_found_by_revision_or_the_newest(tmp_path: Path) -> None:
    old = keep(tmp_path, replace(INFO, revision="aaa"), asked="v1")
    new = keep(tmp_path, replace(INFO, revision="bbb"))
    os.utime(old.folder / "prepared.json", (1, 1))
    found = {asked: find_prepared(tmp_path, "maker/model", Precision.FP32, asked=asked) for asked in ("", "v1", "bbb")}
    assert found == {"": new, "v1": old, "bbb": new}
    assert find_prepared(tmp_path, "maker/model", Precision.FP32, asked="v3") is None


def test_names_that_look_alike_are_kept_apart(tmp_path: Path) -> None:
    keep(tmp_path, replace(INFO, model="maker-model"))
    assert find_prepared(tmp_path, "maker/model", Precision.FP32) is None


def test_the_bundled_model_and_a_folder_are_found_by_their_content(tmp_path: Path) -> None:
    bundled = keep(tmp_path / "kept", bundled_info())
    assert find_prepared(tmp_path / "kept", "", Precision.FP32) == bundled
    model = tmp_path / "own"
    model.mkdir()
    (model / "weights").write_bytes(b"1")
    name, revision = identity_of(str(model)) or ("", "")
    own = keep(tmp_path / "kept", replace(INFO, model=name, revision=revision))
    assert find_prepared(tmp_path / "kept", str(model), Precision.FP32) == own
    (model / "weights").write_bytes(b"2")
    assert find_prepared(tmp_path / "kept", str(model), Precision.FP32) is None


def test_a_missing_path_is_named_and_a_hub_name_has_no_identity(tmp_path: Path) -> None:
    assert identity_of("maker/model") is None
    with pytest.raises(Misconfigured, match="no embedding model at /no/such"):
        find_prepared(tmp_path, "/no/such", Precision.FP32)


def test_without_a_home_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(self: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "expanduser", homeless)
    assert find_prepared(Path("~/encoders"), "", Precision.FP32) is None


def test_where_nothing_was_prepared_the_model_is_not_even_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.embedding.identity.identity_of", pytest.fail)
    assert find_prepared(tmp_path / "missing", "", Precision.INT8) is None
