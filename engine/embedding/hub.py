"""Models by hub name or local path, through sentence-transformers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.embedding.encoder import Role
from engine.errors import Misconfigured
from engine.ports import EmbedderInfo, Vector
from engine.quiet import quiet_loading

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["HubEncoder"]

_SAMPLE = 1 << 16  # bytes at each end of a file that go into a fingerprint
_MULTILINGUAL = {"multilingual", "mul"}


class HubEncoder:
    """A sentence-transformers model with its own prompts for queries and passages.

    The hub is only asked for a `model` that is no path. The revision of a path is a fingerprint of its files, and
    its name the folder's, so that an index survives a move of the folder but not a change of the weights.
    """

    def __init__(self, model: str, *, revision: str, device: str, batch_size: int) -> None:
        folder = Path(model).expanduser()
        is_path = folder.is_dir()
        if not is_path and _looks_like_path(model):
            raise Misconfigured(f"There is no embedding model at {model}.", remedy="Check the setting embedding_model.")
        self._batch_size = batch_size
        self._model = _load(str(folder) if is_path else model, revision, device, is_path)
        self.info = EmbedderInfo(
            model=folder.resolve().name if is_path else model,
            revision=_fingerprint(folder) if is_path else _commit(self._model) or revision,
            dimension=self.encode([""], Role.PASSAGE).shape[1],
            normalized=True,
            languages=_languages(self._model),
        )

    def encode(self, texts: Sequence[str], role: Role) -> Vector:
        """Return the vectors as the model gives them; texts of like length share a batch."""
        encode = self._model.encode_query if role is Role.QUERY else self._model.encode_document
        return np.asarray(encode(list(texts), batch_size=self._batch_size, show_progress_bar=False), dtype=np.float32)


def _looks_like_path(model: str) -> bool:
    return model.startswith((".", "/", "~")) or model.count("/") > 1 or "\\" in model


def _load(model: str, revision: str, device: str, is_path: bool) -> SentenceTransformer:
    with quiet_loading():
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(model, revision=revision or None, device=device, local_files_only=is_path).eval()
        except (OSError, ValueError, KeyError, RuntimeError, AssertionError, ImportError, SafetensorError) as error:
            raise Misconfigured(
                f"The embedding model {model} could not be loaded on {device} ({type(error).__name__}).",
                remedy="Check embedding_model, embedding_revision and embedding_device: a folder that holds a "
                "sentence-transformers model, or a hub name that can be reached or is in the cache.",
            ) from error


def _commit(model: SentenceTransformer) -> str:
    config = getattr(model.transformers_model, "config", None)
    return getattr(config, "_commit_hash", None) or ""


def _languages(model: SentenceTransformer) -> frozenset[str]:
    """Return the languages that the model card declares; empty (all) where it declares none, or many without names."""
    from huggingface_hub import ModelCard

    card = getattr(model, "_model_card_text", None)
    declared = ModelCard(card, ignore_metadata_errors=True).data.get("language") if card else None
    names = [declared] if isinstance(declared, str) else declared or []
    if not _MULTILINGUAL.isdisjoint(names):
        return frozenset()
    return frozenset(str(name).split("-")[0].lower() for name in names)


def _fingerprint(folder: Path) -> str:
    """Return the first 128 bits of a SHA-256 over the files' names and sizes, and the ends of each.

    Weights that were trained further differ at their ends; reading gigabytes at every start would take too long.
    """
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md"):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}:{size}:".encode())
        with path.open("rb") as file:
            digest.update(file.read(_SAMPLE))
            file.seek(max(0, size - _SAMPLE))
            digest.update(file.read(_SAMPLE))
    return digest.hexdigest()[:32]
