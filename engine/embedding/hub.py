"""Models by hub name or local path, through sentence-transformers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from engine.embedding.encoder import Role
from engine.embedding.identity import identity_of, local_folder
from engine.errors import Misconfigured
from engine.ports import EmbedderInfo, Vector
from engine.quiet import quiet_loading

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["HubEncoder"]

_MULTILINGUAL = {"multilingual", "mul"}


class HubEncoder:
    """A sentence-transformers model with its own prompts for queries and passages.

    The hub is only asked for a `model` that is no path. The revision of a path is a fingerprint of its files, and
    its name the folder's, so that an index survives a move of the folder but not a change of the weights.
    """

    def __init__(self, model: str, *, revision: str, device: str, batch_size: int) -> None:
        self._batch_size = batch_size
        self.model = _load(model, revision, device)
        name, found = identity_of(model) or (model, _commit(self.model) or revision)
        self.info = EmbedderInfo(
            model=name,
            revision=found,
            dimension=self.encode([""], Role.PASSAGE).shape[1],
            normalized=True,
            languages=_languages(self.model),
        )

    def encode(self, texts: Sequence[str], role: Role) -> Vector:
        """Return the vectors as the model gives them; texts of like length share a batch."""
        encode = self.model.encode_query if role is Role.QUERY else self.model.encode_document
        return np.asarray(encode(list(texts), batch_size=self._batch_size, show_progress_bar=False), dtype=np.float32)


def _load(model: str, revision: str, device: str) -> SentenceTransformer:
    folder = local_folder(model)
    with quiet_loading():
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(
                str(folder or model), revision=revision or None, device=device, local_files_only=folder is not None
            ).eval()
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
