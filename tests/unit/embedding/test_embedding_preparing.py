"""Preparing encoders: what is kept, and what is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from engine.embedding import preparing
from engine.embedding.encoder import Role
from engine.embedding.exporting import export, save_tokenizer
from engine.embedding.hub import HubEncoder
from engine.embedding.onnx import OnnxEmbedder, OnnxEncoder
from engine.embedding.prepared import Precision, Prepared, find_prepared
from engine.embedding.preparing import prepare
from engine.embedding.samples import CHECKED, SAMPLES
from engine.embedding.sentence_transformer import SentenceTransformerEmbedder
from engine.errors import BackendFailed, InvalidInput, Misconfigured
from engine.models import build_embedder
from engine.ports import Vector
from engine.settings import load_settings
from tests.fakes.embedding import save_tiny_transformer

FP32, INT8 = Precision.FP32, Precision.INT8


def test_agreement_is_measured_and_kept(tiny_prepared: dict[Precision, Prepared]) -> None:
    assert tiny_prepared[FP32].least_agreement == pytest.approx(1, abs=1e-4)
    assert 0.9 < tiny_prepared[INT8].least_agreement < tiny_prepared[INT8].agreement < 0.9999


def test_samples_are_many_and_mixed() -> None:
    assert len(set(SAMPLES)) == len(SAMPLES) >= 20
    assert sum(text.isascii() for text in SAMPLES) < len(SAMPLES) / 2
    assert max(map(len, SAMPLES)) > 20 * min(map(len, SAMPLES))
    assert len(CHECKED[-1]) > 3 * max(map(len, SAMPLES))


def test_a_model_that_is_cut_elsewhere_is_refused(
    tiny_transformer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

    def cut_early(model: SentenceTransformer, path: Path) -> None:
        save_tokenizer(model, path)
        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.enable_truncation(28)
        tokenizer.save(str(path))

    monkeypatch.setattr("engine.embedding.exporting.save_tokenizer", cut_early)
    with pytest.raises(InvalidInput, match="no longer gives its own vectors"):
        list(prepare(str(tiny_transformer), [FP32], root=tmp_path))


@pytest.fixture
def original(tiny_transformer: Path) -> HubEncoder:
    return HubEncoder(str(tiny_transformer), revision="", device="cpu", batch_size=2)


def test_attention_is_spelt_out_without_checks_in_each_layer(original: HubEncoder, tmp_path: Path) -> None:
    import onnx

    export(original.model, tmp_path / "model.onnx")
    kinds = Counter(node.op_type for node in onnx.load(tmp_path / "model.onnx").graph.node)
    assert kinds["Softmax"] == 2  # layers
    assert "IsNaN" not in kinds


@pytest.mark.parametrize("fails", [False, True])
def test_the_original_is_left_as_it_was(
    original: HubEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, fails: bool
) -> None:
    inner: Any = original.model.transformers_model
    seen = []

    def exported(*_: object, **__: object) -> None:
        seen.append(inner.config._attn_implementation)
        if fails:
            raise MemoryError

    monkeypatch.setattr("torch.onnx.export", exported)
    with suppress(MemoryError):
        export(original.model, tmp_path / "model.onnx")
    assert seen == ["eager"]
    assert inner.config._attn_implementation == "sdpa"


@pytest.mark.parametrize("pooling", ["cls", "lasttoken"])
def test_pooling_is_that_of_the_model(tmp_path: Path, pooling: str) -> None:
    model = save_tiny_transformer(tmp_path / "made", pooling=pooling, prompts=False)
    (trial,) = prepare(str(model), [FP32], root=tmp_path / "kept")
    expected = SentenceTransformerEmbedder(str(model)).embed_passages(["refund kettle", "delivery"])
    found = OnnxEmbedder(trial.prepared).embed_passages(["refund kettle", "delivery"])
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert trial.speed.passages_per_s > 0
    assert trial.original.query_ms > 0


def test_what_was_prepared_is_kept_unless_again(tiny_transformer: Path, tmp_path: Path) -> None:
    def stamp() -> int:
        (trial,) = prepare(str(tiny_transformer), [FP32], root=tmp_path, again=again)
        return (trial.prepared.folder / "model.onnx").stat().st_mtime_ns

    again = False
    first = stamp()
    assert stamp() == first
    again = True
    assert stamp() > first
    assert [path.name.endswith("-fp32") for path in tmp_path.iterdir()] == [True]


def test_other_vectors_are_refused_and_leave_nothing(
    tiny_transformer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode = OnnxEncoder.encode

    def shifted(self: OnnxEncoder, texts: Sequence[str], role: Role) -> Vector:
        return encode(self, texts, role)[:, ::-1]

    monkeypatch.setattr(OnnxEncoder, "encode", shifted)
    with pytest.raises(InvalidInput, match=r"no longer gives its own vectors.*Leave it on torch"):
        list(prepare(str(tiny_transformer), [FP32], root=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_int8_that_is_not_near_enough_names_fp32(
    tiny_transformer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(preparing.BARS, INT8, (0.99999, 0.99999))
    with pytest.raises(InvalidInput, match="--precision fp32"):
        list(prepare(str(tiny_transformer), [INT8], root=tmp_path))


def test_a_static_model_needs_no_preparing(tiny_model: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="made of StaticEmbedding"):
        list(prepare(str(tiny_model), [FP32], root=tmp_path))


def test_a_missing_package_names_the_command(
    tiny_transformer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(name: str, *rest: object) -> ModuleType:
        if name == "onnx":
            raise ModuleNotFoundError(name=name)
        return import_module(name)

    monkeypatch.setattr("engine.optional.import_module", without)
    with pytest.raises(Misconfigured, match=r'pip install "knowdesk\[onnx\]"'):
        list(prepare(str(tiny_transformer), [FP32], root=tmp_path))


def test_a_folder_that_cannot_be_written_is_named(tiny_transformer: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BackendFailed, match="encoder_dir"):
        list(prepare(str(tiny_transformer), [FP32], root=tmp_path / "file"))


def test_the_settings_choose_what_was_prepared(
    tiny_transformer: Path, tiny_prepared: dict[Precision, Prepared], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, model = tiny_prepared[FP32].folder.parent, str(tiny_transformer)
    assert find_prepared(root, model, INT8) == tiny_prepared[INT8]
    chosen = partial(load_settings, encoder_dir=root, embedding_model=model)
    plain = build_embedder(chosen())
    near = build_embedder(chosen(embedding_precision="int8"))
    torch = build_embedder(chosen(embedding_backend="torch"))
    cuda = build_embedder(chosen(embedding_device="cuda"))
    assert [type(each) for each in (plain, near, torch, cuda)] == [
        *[OnnxEmbedder] * 2,
        *[SentenceTransformerEmbedder] * 2,
    ]
    assert plain.info == torch.info
    assert near.info.revision == f"{plain.info.revision}-int8"


@pytest.mark.parametrize(("backend", "precision"), [("onnx", "fp32"), ("auto", "int8"), ("torch", "int8")])
def test_what_was_not_prepared_names_the_command(tmp_path: Path, backend: str, precision: str) -> None:
    chosen = partial(load_settings, embedding_backend=backend, embedding_precision=precision, encoder_dir=tmp_path)
    with pytest.raises(Misconfigured, match=f"knowdesk encoder prepare all-MiniLM-L6-v2 --precision {precision}"):
        build_embedder(chosen(embedding_model="all-MiniLM-L6-v2"))
    with pytest.raises(Misconfigured, match=f"knowdesk encoder prepare maker/model --precision {precision}"):
        build_embedder(chosen(embedding_model="maker/model"))


def test_without_anything_prepared_torch_stays(tmp_path: Path) -> None:
    made = build_embedder(load_settings(encoder_dir=tmp_path, embedding_model="all-MiniLM-L6-v2"))
    assert isinstance(made, SentenceTransformerEmbedder)
