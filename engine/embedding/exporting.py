"""From a sentence-transformers model to an ONNX graph, and to one of 8-bit integers."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.embedding.encoder import Role
from engine.errors import InvalidInput
from engine.optional import require

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["export", "prompts_of", "quantize", "save_tokenizer"]

OPSET = 17
KNOWN = {"Transformer", "Pooling", "Dense", "LayerNorm", "Dropout", "Normalize"}
DOCUMENT_PROMPTS = ("document", "passage", "corpus")  # as sentence-transformers looks for them
EXTRA = "onnx"


def export(model: SentenceTransformer, path: Path) -> None:
    """Write the whole model as one graph: tokens and their mask in, the texts' vectors out.

    The exporter that traces is used: the newer one (`dynamo`) gave graphs whose vectors had nothing to do with the
    model's. Attention is spelt out as two products and a softmax: torch's own comes out with a mask and a check for NaN
    in every layer, which take a tenth of the time. InvalidInput for a model with parts that read more than tokens.
    """
    import torch

    require("onnx", EXTRA)
    _check(model)
    whole = _whole(model)
    tokens = torch.tensor([[0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5]])
    names = ["input_ids", "attention_mask"]
    shapes: dict[str, dict[int, str]] = {name: {0: "texts", 1: "tokens"} for name in names}
    with warnings.catch_warnings(), _plain_attention(model):
        warnings.simplefilter("ignore")
        torch.onnx.export(
            whole,
            (tokens, torch.ones_like(tokens)),
            str(path),
            input_names=names,
            output_names=["vectors"],
            dynamic_axes={**shapes, "vectors": {0: "texts"}},
            opset_version=OPSET,
            dynamo=False,
        )


def quantize(source: Path, target: Path) -> None:
    """Write the graph with weights of 8 bits, a scale for each column; a layer's inputs are scaled as they come.

    Seven bits are used, because processors without VNNI add up pairs of products in 16 bits.
    """
    require("onnx", EXTRA)
    from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
    from onnxruntime.quantization.shape_inference import quant_pre_process  # type: ignore[import-untyped]

    typed = target.with_name("typed.onnx")
    quant_pre_process(source, typed, skip_symbolic_shape=True, skip_optimization=True)
    quantize_dynamic(
        typed,
        target,
        op_types_to_quantize=["MatMul"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
    )
    typed.unlink()


def save_tokenizer(model: SentenceTransformer, path: Path) -> None:
    """Write the tokenizer, which cuts what is too long for the model."""
    tokenizer = getattr(model.tokenizer, "backend_tokenizer", None)
    if tokenizer is None:
        raise _unsuitable("its tokenizer has no fast version")
    from tokenizers import Tokenizer

    own = Tokenizer.from_str(tokenizer.to_str())
    own.no_padding()
    own.enable_truncation(min(model.max_seq_length or model.tokenizer.model_max_length, 1 << 20))
    own.save(str(path))


def prompts_of(model: SentenceTransformer) -> dict[Role, str]:
    """Return what the model puts before queries and passages."""
    passage = next((model.prompts[name] for name in DOCUMENT_PROMPTS if name in model.prompts), "")
    return {Role.QUERY: model.prompts.get("query") or "", Role.PASSAGE: passage or ""}


def _check(model: SentenceTransformer) -> None:
    kinds = [type(module).__name__ for module in model]
    if kinds[0] != "Transformer" or not set(kinds) <= KNOWN:
        raise _unsuitable(f"it is made of {', '.join(kinds)}")
    if any(prompts_of(model).values()) and any(getattr(module, "include_prompt", True) is False for module in model):
        raise _unsuitable("it leaves its prompt out of the mean")


def _whole(model: SentenceTransformer) -> Any:
    import torch

    class Whole(torch.nn.Module):
        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            for module in model:
                features = module(features)
            return features["sentence_embedding"]

    whole = Whole()
    whole.add_module("model", model)
    return whole.eval()


@contextmanager
def _plain_attention(model: SentenceTransformer) -> Iterator[None]:
    """Let the transformer spell its attention out for a while; one that cannot goes on as it is."""
    inner: Any = model.transformers_model
    before = inner.config._attn_implementation
    inner.set_attn_implementation("eager")
    try:
        yield
    finally:
        inner.set_attn_implementation(before)


def _unsuitable(reason: str) -> InvalidInput:
    return InvalidInput(
        f"This model cannot be prepared for ONNX Runtime: {reason}.", remedy="Leave it on torch, or choose another one."
    )
