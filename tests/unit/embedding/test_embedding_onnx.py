"""Prepared encoders on ONNX Runtime."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.embedding.encoder import Role
from engine.embedding.onnx import OnnxEmbedder, OnnxEncoder, OnnxOptions
from engine.embedding.prepared import Precision, Prepared
from engine.embedding.sentence_transformer import SentenceTransformerEmbedder
from engine.errors import BackendFailed, Misconfigured

TEXTS = ["refund", "", "kettle battery " * 30, "Delivery: kettle", "返品"]
Encoders = dict[Precision, Prepared]


def test_vectors_are_those_of_the_original(tiny_transformer: Path, tiny_prepared: Encoders) -> None:
    original = SentenceTransformerEmbedder(str(tiny_transformer))
    prepared = OnnxEmbedder(tiny_prepared[Precision.FP32])
    np.testing.assert_allclose(prepared.embed_passages(TEXTS), original.embed_passages(TEXTS), atol=1e-5)
    np.testing.assert_allclose(prepared.embed_query("refund"), original.embed_query("refund"), atol=1e-5)
    assert prepared.info == original.info


def test_the_models_prompts_tell_query_from_passage(tiny_prepared: Encoders) -> None:
    encoder = OnnxEncoder(tiny_prepared[Precision.FP32], OnnxOptions())
    query, passage = (encoder.encode(["refund"], role) for role in (Role.QUERY, Role.PASSAGE))
    assert np.abs(query - passage).max() > 0.01


def test_int8_is_near_and_does_not_depend_on_its_company(tiny_prepared: Encoders) -> None:
    exact, near = (OnnxEmbedder(tiny_prepared[precision]).embed_passages(TEXTS) for precision in Precision)
    assert ((exact * near).sum(axis=1) > 0.9).all()
    assert np.abs(exact - near).max() > 1e-4
    alone = np.stack([OnnxEmbedder(tiny_prepared[Precision.INT8]).embed_passages([text])[0] for text in TEXTS])
    np.testing.assert_array_equal(near, alone)


def test_an_index_takes_fp32_for_the_original_and_int8_for_another_model(tiny_prepared: Encoders) -> None:
    exact, near = (OnnxEmbedder(tiny_prepared[precision]).info for precision in Precision)
    assert near == replace(exact, revision=f"{exact.revision}-int8")


def test_languages_of_the_settings_replace_the_models(tiny_prepared: Encoders) -> None:
    assert OnnxEmbedder(tiny_prepared[Precision.FP32], languages=("de-DE",)).info.languages == {"de"}


def test_threads_do_not_change_the_vectors(tiny_prepared: Encoders) -> None:
    one, three = (OnnxEncoder(tiny_prepared[Precision.FP32], OnnxOptions(threads)) for threads in (1, 3))
    np.testing.assert_array_equal(one.encode(TEXTS * 4, Role.PASSAGE), three.encode(TEXTS * 4, Role.PASSAGE))


def test_an_unknown_provider_names_those_that_are_there(tiny_prepared: Encoders) -> None:
    with pytest.raises(Misconfigured, match=r"'AbacusProvider'.*CPUExecutionProvider"):
        OnnxEncoder(tiny_prepared[Precision.FP32], OnnxOptions(provider="AbacusProvider"))


def test_layer_norms_are_not_fused_with_sums(
    tiny_prepared: Encoders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import onnx
    import onnxruntime  # type: ignore[import-untyped]

    def kept() -> Any:
        options = made()
        options.optimized_model_filepath = str(tmp_path / "optimised.onnx")
        return options

    made = onnxruntime.SessionOptions
    monkeypatch.setattr(onnxruntime, "SessionOptions", kept)
    OnnxEncoder(tiny_prepared[Precision.INT8], OnnxOptions())
    kinds = {node.op_type for node in onnx.load(tmp_path / "optimised.onnx").graph.node}
    assert {"LayerNormalization", "DynamicQuantizeMatMul"} <= kinds
    assert "SkipLayerNormalization" not in kinds


def test_a_broken_graph_names_the_remedy(tiny_prepared: Encoders, tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"no graph")
    with pytest.raises(Misconfigured, match="encoder prepare --again"):
        OnnxEncoder(replace(tiny_prepared[Precision.FP32], folder=tmp_path), OnnxOptions())


def test_a_failure_of_the_runtime_does_not_quote_the_text(tiny_prepared: Encoders) -> None:
    encoder = OnnxEncoder(tiny_prepared[Precision.FP32], OnnxOptions())
    with pytest.raises(BackendFailed, match="embedding_backend") as caught:
        encoder._run([1_000_000])  # no such token
    assert "1000000" not in str(caught.value)


def test_neither_torch_nor_its_friends_are_loaded(tiny_prepared: Encoders) -> None:
    folder = tiny_prepared[Precision.FP32].folder
    program = (
        "import sys; from pathlib import Path; from engine.embedding.onnx import OnnxEmbedder as E;"
        "from engine.embedding.prepared import read_prepared as r; E(r(Path(sys.argv[1]))).embed_query('refund');"
        "assert not {'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
