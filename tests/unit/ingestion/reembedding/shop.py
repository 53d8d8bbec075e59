"""A small shop whose index is changed."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

import numpy as np

from api.ingesting import Batch, ingest_batches, report_of
from engine.assembly import build_engine
from engine.encoder.gain import Asked
from engine.ports import BuiltIndex, Vector
from engine.service import Engine
from engine.settings import Settings
from ingestion.reembedding.service import Reembedding
from ingestion.sources import MemoryFile
from tests.fakes.embedding import HashEmbedder

__all__ = ["KB", "MODELS", "PAGES", "QUESTIONS", "built", "changed", "found", "opened", "texts", "write"]

KB = "shop"
PAGES = {
    "returns.md": "# Returns\n\nYou may return unused goods within 30 days of delivery.\n",
    "warranty.md": "# Warranty\n\nThe warranty of the kettle lasts 24 months.\n",
    "tuihuo.md": "# 退货\n\n未使用的商品可在收货后30天内退货。\n",
}
QUESTIONS = (
    Asked("How long may I return goods?", frozenset({"returns.md"}), "en"),
    Asked("How long does the warranty of the kettle last?", frozenset({"warranty.md"}), "en"),
    Asked("退货期限", frozenset({"tuihuo.md"}), "zh-Hans"),
)


class Noise(HashEmbedder):
    """Gives every text the same vector."""

    def embed_query(self, text: str) -> Vector:
        return np.full(self.info.dimension, self.info.dimension**-0.5, dtype=np.float32)


MODELS = {
    "other": HashEmbedder(32, model="other"),
    "noise": Noise(16, model="noise"),
    "hash": HashEmbedder(),
}


def opened(settings: Settings, embedder: HashEmbedder | None = None) -> Engine:
    engine = build_engine(settings, embedder=embedder or HashEmbedder())
    return Engine(replace(engine.parts, load_embedder=MODELS.__getitem__), engine.options)


def write(engine: Engine, settings: Settings, pages: dict[str, str], *, complete: bool = False) -> None:
    files = [MemoryFile(name, text.encode()) for name, text in pages.items()]
    report = report_of(ingest_batches(engine, settings, KB, [Batch("pages", files, complete)]))
    assert not report.failures


def built(indexes: Reembedding, model: str = "other") -> BuiltIndex:
    found = indexes.begin(model)
    deque(indexes.fill(found), maxlen=0)
    return found


def changed(indexes: Reembedding, model: str = "other") -> BuiltIndex:
    found = built(indexes, model)
    indexes.use(found)
    return found


def found(engine: Engine, query: str) -> list[str]:
    return [each.uri for each in engine.search(KB, query).passages]


def texts(engine: Engine, index: BuiltIndex) -> set[str]:
    return {each.text for each in engine.parts.store.records(index.name(KB))}
