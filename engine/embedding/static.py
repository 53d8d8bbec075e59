"""Static embedding models: the weighted mean of one vector a token, without torch.

Reads folders as sentence-transformers writes them for `StaticEmbedding`, with plain weights or with int8 rows, one
weight and one row number a token (the layout of model2vec's quantised models).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict, cast

import numpy as np
from numpy.typing import NDArray

from engine.embedding.loaded import encodable, unit_rows
from engine.errors import Misconfigured
from engine.ports import EmbedderInfo, Vector

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["BUNDLED", "StaticEmbedder", "StaticModel", "is_static_model", "read_static_model"]

BUNDLED: Final = Path(__file__).parent / "models" / "knowdesk-static-multilingual"
_MODULE: Final = "StaticEmbedding"
_BATCH: Final = 64  # texts whose tokens are looked up together; more only takes more memory
_BLOCK: Final = 1 << 18
_REVISION: Final = 32  # hexadecimal digits
_DTYPES: Final = {"I8": np.int8, "I32": np.int32, "I64": np.int64, "F16": np.float16, "F32": np.float32}

Rows = NDArray[np.int8] | NDArray[np.float16] | NDArray[np.float32]


class _Tensor(TypedDict):
    dtype: str
    shape: list[int]
    data_offsets: tuple[int, int]


@dataclass(frozen=True, slots=True)
class StaticModel:
    """A model spread out for training: one float32 row a token, shape (tokens, dimension), and its tokenizer file."""

    table: Vector
    tokenizer: Path


def is_static_model(path: str | Path) -> bool:
    """Tell whether `path` is a folder with a static embedding model."""
    return _module_folder(Path(path).expanduser()) is not None


def read_static_model(path: str | Path) -> StaticModel:
    """Read a model whole; Misconfigured if it is missing or broken."""
    weights, tokenizer = _files(Path(path).expanduser())
    return StaticModel(_Table.read(weights).spread(), tokenizer)


class StaticEmbedder:
    """Embeds queries and passages alike; safe to use from several threads, fast enough to need only one core.

    The model is read at the first use and stays mapped, not copied: Misconfigured if it is missing or broken.
    Text in which no token is known, such as the empty one, points equally along every axis.
    """

    def __init__(self, folder: str | Path = BUNDLED, *, languages: Sequence[str] = ()) -> None:
        self._folder = Path(folder).expanduser()
        self._languages = frozenset(language.split("-")[0].lower() for language in languages)

    @cached_property
    def info(self) -> EmbedderInfo:
        """Identity and abilities; the revision is the beginning of a SHA-256 over weights and tokenizer."""
        return EmbedderInfo(
            model=self._folder.resolve().name,
            revision=_digest(_files(self._folder))[:_REVISION],
            dimension=int(self._table.rows.shape[1]),
            normalized=True,
            languages=self._languages or _languages(self._folder / "README.md"),
        )

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return float32 rows of unit length, shape (len(texts), dimension); never NaN, also for empty texts."""
        vectors = np.empty((len(texts), self._table.rows.shape[1]), dtype=np.float32)
        for begin in range(0, len(texts), _BATCH):
            vectors[begin : begin + _BATCH] = self._embed(texts[begin : begin + _BATCH])
        return vectors

    def embed_query(self, text: str) -> Vector:
        """Return a float32 vector of unit length, shape (dimension,)."""
        encoding = self._tokenizer.encode(encodable(text), add_special_tokens=False)
        vector = self._table.sum(encoding.ids)
        length = math.sqrt(vector @ vector)
        return vector / np.float32(length) if length > 0 else unit_rows(vector[None])[0]

    def tokenize(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the tokens of each text, as numbers."""
        encodings = self._tokenizer.encode_batch_fast([encodable(text) for text in texts], add_special_tokens=False)
        return [encoding.ids for encoding in encodings]

    def knows(self, word: str) -> bool:
        """Tell whether a word is a token of its own."""
        return self._tokenizer.token_to_id(word) is not None

    def token_vectors(self, tokens: NDArray[np.int64]) -> Vector:
        """Return what each token adds to a text's vector, shape (len(tokens), dimension): longer is more telling."""
        return self._table.finished(tokens)

    def _embed(self, texts: Sequence[str]) -> Vector:
        return unit_rows(self._table.sums(self.tokenize(texts)))

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        path = _files(self._folder)[1]
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # tokenizers raises nothing narrower
            raise _broken(path) from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def _table(self) -> _Table:
        return _Table.read(_files(self._folder)[0])


class _Table:
    """Rows of numbers, the row of each token and the token's weight."""

    def __init__(self, rows: Rows, row_of: NDArray[np.int64] | None, weights: Vector | None) -> None:
        self.rows = rows
        self._row_of = row_of
        self._weights = weights

    @classmethod
    def read(cls, path: Path) -> _Table:
        tensors = _map_tensors(path)
        if "embedding.weight" in tensors:
            return cls(cast("Rows", tensors["embedding.weight"]), None, None)
        if "embeddings" not in tensors:
            raise _broken(path)
        row_of, weights = tensors.get("mapping"), tensors.get("weights")
        return cls(
            cast("Rows", tensors["embeddings"]),
            None if row_of is None else row_of.astype(np.int64),
            None if weights is None else weights.astype(np.float32),
        )

    def sums(self, texts: Sequence[Sequence[int]]) -> Vector:
        """Return the weighted sum of the tokens' rows for each text.

        A token that occurs often is expanded once: counts of distinct tokens times their rows.
        """
        tokens = np.fromiter(chain.from_iterable(texts), dtype=np.int64)
        distinct, places = np.unique(tokens, return_inverse=True)
        text_of = np.repeat(np.arange(len(texts)), [len(ids) for ids in texts])
        counts = np.bincount(text_of * len(distinct) + places, minlength=len(texts) * len(distinct))
        weighted = counts.reshape(len(texts), -1).astype(np.float32)
        if self._weights is not None:
            weighted *= self._weights[distinct]
        at = distinct if self._row_of is None else self._row_of[distinct]
        summed: Vector = weighted @ self.rows[at].astype(np.float32)
        return summed

    def sum(self, ids: Sequence[int]) -> Vector:
        """Return the weighted sum of the rows of one text's tokens, shape (dimension,): as `sums`, in less time."""
        tokens = np.array(ids, dtype=np.int64)
        rows = self.rows.take(tokens if self._row_of is None else self._row_of.take(tokens), axis=0)
        spread: Vector = rows.astype(np.float32)
        summed: Vector = spread.sum(axis=0) if self._weights is None else self._weights.take(tokens) @ spread
        return summed

    def finished(self, tokens: NDArray[np.int64]) -> Vector:
        """Return the finished rows of some tokens."""
        rows: Vector = self.rows[tokens if self._row_of is None else self._row_of[tokens]].astype(np.float32)
        return rows if self._weights is None else rows * self._weights[tokens, None]

    def spread(self) -> Vector:
        """Return the finished row of each token."""
        return self.finished(np.arange(len(self.rows) if self._row_of is None else len(self._row_of)))


def _files(folder: Path) -> tuple[Path, Path]:
    """Return the files with the weights and with the tokenizer."""
    inner = _module_folder(folder)
    if inner is None:
        raise Misconfigured(
            f"There is no static embedding model at {folder}.", remedy="Check the setting embedding_model."
        )
    return inner / "model.safetensors", inner / "tokenizer.json"


def _module_folder(folder: Path) -> Path | None:
    """Return where the weights lie, if the model is a static embedding and nothing else but a normalisation.

    A model with prompts is for sentence-transformers: here they would be missing from the texts.
    """
    try:
        first, *others = json.loads((folder / "modules.json").read_text("utf-8"))
        kinds = [str(module["type"]).rpartition(".")[2] for module in (first, *others)]
        inner = folder / str(first["path"])
        config = folder / "config_sentence_transformers.json"
        prompts = json.loads(config.read_text("utf-8")).get("prompts") if config.is_file() else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    static = kinds[0] == _MODULE and set(kinds[1:]) <= {"Normalize"} and not any((prompts or {}).values())
    return (
        inner if static and all((inner / name).is_file() for name in ("model.safetensors", "tokenizer.json")) else None
    )


def _map_tensors(path: Path) -> dict[str, NDArray[np.generic]]:
    """Map the tensors of a safetensors file: the length of a JSON header in 8 bytes, the header, the numbers."""
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header: dict[str, _Tensor] = json.loads(file.read(length))
        data = np.asarray(np.memmap(path, dtype=np.uint8, mode="r", offset=8 + length))  # plain views are faster
        header.pop("__metadata__", None)
        return {name: _view(data, tensor) for name, tensor in header.items()}
    except (ValueError, LookupError, TypeError, OverflowError, MemoryError) as error:
        raise _broken(path) from error


def _view(data: NDArray[np.uint8], tensor: _Tensor) -> NDArray[np.generic]:
    begin, end = tensor["data_offsets"]
    return data[begin:end].view(_DTYPES[tensor["dtype"]]).reshape(tensor["shape"])


def _broken(path: Path) -> Misconfigured:
    return Misconfigured(
        f"The embedding model {path} could not be read.", remedy="Copy the folder again, or set embedding_model."
    )


def _digest(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()


def _languages(card: Path) -> frozenset[str]:
    """Return the languages that the model card declares; empty (all) where it declares none."""
    import yaml  # type: ignore[import-untyped]

    if not card.is_file():
        return frozenset()
    _, _, rest = card.read_text("utf-8").partition("---\n")
    declared = (yaml.safe_load(rest.partition("\n---")[0]) or {}).get("language") or []
    names = [declared] if isinstance(declared, str) else declared
    return frozenset(str(name).split("-")[0].lower() for name in names)
