"""How collections are laid out on a Qdrant server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from qdrant_client import models

from engine.patience import Patience
from engine.stores.naming import safe_name
from engine.stores.ranking import CONTEXT, DENSE, SPARSE, SPARSE_SCAN

__all__ = ["Layout", "Quantization", "RemoteOptions"]

Quantization = Literal["none", "int8", "binary"]
OVERSAMPLING = 2.0  # so many times the candidates are taken by their short vectors, then judged by the full ones


@dataclass(frozen=True, slots=True)
class Layout:
    """What a collection is made with; one that exists stays as it is.

    `prefix` begins the names of all collections, so that several installations can share a server. `shards` spread a
    collection over machines, of which `replicas` hold each shard.
    """

    prefix: str = "knowdesk"
    shards: int = 1
    replicas: int = 1
    quantization: Quantization = "none"

    def name(self, knowledge_base: str) -> str:
        """Return the name of a knowledge base's collection."""
        return f"{self.prefix}_{safe_name(knowledge_base)}"

    def vectors(self, dimension: int) -> dict[str, models.VectorParams]:
        """Return the dense vectors of a collection."""
        short = self._short_vectors()
        on_disk = True if short else None  # the full ones are read for the best candidates only
        return {
            DENSE: models.VectorParams(
                size=dimension, distance=models.Distance.COSINE, quantization_config=short, on_disk=on_disk
            )
        }

    @staticmethod
    def sparse_vectors() -> dict[str, models.SparseVectorParams]:
        """Return the sparse vectors of a collection."""
        index = models.SparseIndexParams(full_scan_threshold=SPARSE_SCAN)
        sparse = models.SparseVectorParams(index=index, modifier=models.Modifier.IDF)
        return dict.fromkeys((SPARSE, CONTEXT), sparse)

    def dense_search(self) -> models.SearchParams | None:
        """Return how dense vectors are searched: short ones choose the candidates, full ones judge them."""
        if self.quantization == "none":
            return None
        return models.SearchParams(
            quantization=models.QuantizationSearchParams(rescore=True, oversampling=OVERSAMPLING)
        )

    def _short_vectors(self) -> models.QuantizationConfig | None:
        if self.quantization == "int8":
            scalar = models.ScalarQuantizationConfig(type=models.ScalarType.INT8, quantile=0.99, always_ram=True)
            return models.ScalarQuantization(scalar=scalar)
        if self.quantization == "binary":
            return models.BinaryQuantization(binary=models.BinaryQuantizationConfig(always_ram=True))
        return None


@dataclass(frozen=True, slots=True)
class RemoteOptions:
    """How a server is worked with: `points` go into one request, which must stay below its limit of 32 MB."""

    layout: Layout = field(default_factory=Layout)
    patience: Patience = field(default_factory=Patience)
    points: int = 128
