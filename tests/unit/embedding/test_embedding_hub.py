from __future__ import annotations

import logging
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from engine.embedding.encoder import Role
from engine.embedding.hub import HubEncoder
from engine.errors import Misconfigured


def load(model: str | Path, *, revision: str = "", device: str = "cpu") -> HubEncoder:
    return HubEncoder(str(model), revision=revision, device=device, batch_size=2)


def test_the_models_own_prompts_tell_query_from_passage(tiny_model: Path) -> None:
    encoder = load(tiny_model)
    query, passage = (encoder.encode(["refund"], role)[0] for role in (Role.QUERY, Role.PASSAGE))
    assert not np.allclose(query, passage)
    weights = load_file(tiny_model / "model.safetensors")["embedding.weight"]
    np.testing.assert_allclose(query, weights[[1, 3, 4]].mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(passage, weights[[2, 3, 4]].mean(axis=0), atol=1e-6)


def test_info_of_a_folder(tiny_model: Path) -> None:
    info = load(tiny_model).info
    assert (info.model, info.dimension, info.normalized) == ("tiny", 4, True)
    assert info.languages == {"en", "ja"}
    assert len(info.revision) == 32


def test_the_revision_survives_a_move_but_not_other_weights(tiny_model: Path, tmp_path: Path) -> None:
    moved = Path(shutil.copytree(tiny_model, tmp_path / "elsewhere" / "tiny"))
    assert load(moved).info == load(tiny_model).info
    weights = load_file(moved / "model.safetensors")
    weights["embedding.weight"][-1] += 1
    save_file(weights, moved / "model.safetensors", metadata={"format": "pt"})
    assert load(moved).info.revision != load(tiny_model).info.revision


@pytest.mark.parametrize(
    ("card", "languages"),
    [
        ("---\nlanguage: en\n---\n", {"en"}),
        ("---\nlanguage:\n- multilingual\n- en\n---\n", set()),
        ("---\nlicense: mit\n---\n", set()),
        ("# No front matter\n", set()),
    ],
)
def test_the_model_card_declares_the_languages(
    tiny_model: Path, tmp_path: Path, card: str, languages: set[str]
) -> None:
    folder = Path(shutil.copytree(tiny_model, tmp_path / "tiny"))
    (folder / "README.md").write_text(card)
    assert load(folder).info.languages == languages


@pytest.mark.parametrize("model", ["./nothing/here", "/no/such/folder", "a/b/c"])
def test_a_missing_path_is_named(model: str) -> None:
    with pytest.raises(Misconfigured, match=rf"no embedding model at {model}.*embedding_model"):
        load(model)


def test_a_hub_name_that_cannot_be_reached_is_misconfigured() -> None:
    with pytest.raises(Misconfigured, match="nobody/nothing could not be loaded"):
        load("nobody/nothing", revision="main")


def test_a_folder_without_a_model_is_misconfigured(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="could not be loaded"):
        load(tmp_path)


def test_broken_weights_are_misconfigured(tiny_model: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(tiny_model, tmp_path / "tiny"))
    (folder / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(Misconfigured, match="could not be loaded"):
        load(folder)


def test_an_unknown_device_is_misconfigured(tiny_model: Path) -> None:
    with pytest.raises(Misconfigured, match=r"on abacus.*embedding_device"):
        load(tiny_model, device="abacus")


def test_loading_is_silent_and_leaves_the_log_levels_alone(tiny_model: Path, capfd: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("sentence_transformers")
    before = logger.level
    load(tiny_model).encode(["refund"] * 5, Role.PASSAGE)
    assert capfd.readouterr() == ("", "")
    assert logger.level == before
