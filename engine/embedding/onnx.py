"""Transformer encoders on ONNX Runtime, as `knowdesk encoder prepare` made them: no torch is loaded."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.embedding.encoder import Encoder, Role
from engine.embedding.loaded import LoadedEmbedder
from engine.embedding.prepared import Prepared
from engine.errors import BackendFailed, Misconfigured
from engine.ports import EmbedderInfo, Vector

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]

__all__ = ["CPU", "OnnxEmbedder", "OnnxEncoder", "OnnxOptions"]

CPU = "CPUExecutionProvider"
SLOW = ["SkipLayerNormFusion"]  # its kernel takes longer than the two that it replaces


@dataclass(frozen=True, slots=True)
class OnnxOptions:
    """How ONNX Runtime works: `threads` are texts at a time (0: one a core); the execution provider by its name."""

    threads: int = 0
    provider: str = CPU


class OnnxEncoder:
    """A prepared model; safe to use from several threads, and calls do not wait for each other.

    The graph holds pooling, further layers and normalisation as the model's own modules say. Each text is a run of its
    own on one thread, and texts run side by side: nothing is padded, threads do not wait for each other within a layer,
    and a vector of int8, whose scales are taken over all that is in a run, does not depend on its company.
    """

    def __init__(self, prepared: Prepared, options: OnnxOptions) -> None:
        from tokenizers import Tokenizer

        self.info = prepared.info
        self._prompts = prepared.prompts
        self._session = _session(prepared, options)
        self._tokenizer = Tokenizer.from_file(str(prepared.folder / "tokenizer.json"))
        self._threads = ThreadPoolExecutor(options.threads or os.cpu_count(), thread_name_prefix="knowdesk-encoder")

    def encode(self, texts: Sequence[str], role: Role) -> Vector:
        """Return the vectors as the graph gives them; the longest texts come first, so that threads end together."""
        prompt = self._prompts[role]
        encodings = self._tokenizer.encode_batch_fast([prompt + text for text in texts])
        if len(texts) == 1:
            return self._run(encodings[0].ids)
        order = sorted(range(len(texts)), key=lambda at: len(encodings[at]), reverse=True)
        vectors = np.empty((len(texts), self.info.dimension), dtype=np.float32)
        vectors[order] = np.concatenate(list(self._threads.map(self._run, [encodings[at].ids for at in order])))
        return vectors

    def _run(self, ids: Sequence[int]) -> Vector:
        """Return the vector of one text, shape (1, dimension)."""
        tokens = np.array([ids], dtype=np.int64)
        try:
            (vectors,) = self._session.run(None, {"input_ids": tokens, "attention_mask": np.ones_like(tokens)})
        except Exception as error:  # onnxruntime raises nothing narrower
            raise BackendFailed(
                "The embedding model failed in ONNX Runtime.",
                remedy="Free memory, or set embedding_backend to torch.",
            ) from error
        found: Vector = np.asarray(vectors)
        return found


class OnnxEmbedder(LoadedEmbedder):
    """Embeds with a prepared model, which is loaded at the first use; safe to use from several threads."""

    def __init__(
        self, prepared: Prepared, *, options: OnnxOptions | None = None, languages: Sequence[str] = ()
    ) -> None:
        super().__init__(languages=languages)
        self._prepared = prepared
        self._options = options or OnnxOptions()

    def _known_info(self) -> EmbedderInfo:
        return self._prepared.info

    def _load(self) -> Encoder:
        return OnnxEncoder(self._prepared, self._options)

    def _encode(self, texts: Sequence[str], role: Role) -> Vector:
        return self._encoder().encode(texts, role)


def _session(prepared: Prepared, options: OnnxOptions) -> InferenceSession:
    import onnxruntime

    if options.provider not in (known := onnxruntime.get_available_providers()):
        raise Misconfigured(
            f"ONNX Runtime has no execution provider {options.provider!r} here.",
            remedy=f"Set embedding_provider to one of: {', '.join(known)}.",
        )
    chosen = onnxruntime.SessionOptions()
    chosen.intra_op_num_threads = 1
    chosen.enable_mem_pattern = False  # else a plan is kept for each length of text
    chosen.log_severity_level = 3
    path = prepared.folder / "model.onnx"
    try:
        providers = list(dict.fromkeys((options.provider, CPU)))
        return onnxruntime.InferenceSession(path, chosen, providers=providers, disabled_optimizers=SLOW)
    except Exception as error:  # onnxruntime raises nothing narrower
        raise Misconfigured(
            f"The prepared encoder {path} could not be loaded.", remedy="Run: knowdesk encoder prepare --again"
        ) from error
