"""How fast a folder is ingested, beside what the bare encoder does with the same chunks in the same run."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import InvalidInput
from engine.service import Engine
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.report import IngestReport
from ingestion.search_text import search_text
from ingestion.sources import open_source

__all__ = ["IngestBench", "bench_ingest"]

ADDITION = "\n\nThis paragraph was added by the benchmark.\n"


@dataclass(frozen=True, slots=True)
class IngestBench:
    """One run; times in seconds.

    `bare_seconds` is the encoder alone on all chunks at once; where the machine's load changes between the two, the
    share of the first run that went into embedding says more. `edited` is the run after one file was renamed and one
    edited.
    """

    first: IngestReport
    bare_seconds: float
    second: IngestReport
    edited: IngestReport

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        return {
            "documents": self.first.added,
            "failed": self.first.failed,
            "chunks": self.first.chunks,
            "seconds": round(self.first.seconds, 2),
            "chunks_per_second": round(self.first.chunks / self.first.seconds, 2),
            "bare_encoder_chunks_per_second": round(self.first.chunks / self.bare_seconds, 2),
            "throughput_ratio": round(self.bare_seconds / self.first.seconds, 3),
            "embedding_share": round(self.first.embed_seconds / self.first.seconds, 3),
            "second_run": {"unchanged": self.second.unchanged, "seconds": round(self.second.seconds, 2)},
            "second_run_ratio": round(self.second.seconds / self.first.seconds, 4),
            "one_renamed_one_edited": {
                "added": self.edited.added,
                "changed": self.edited.changed,
                "deleted": self.edited.deleted,
                "unchanged": self.edited.unchanged,
                "chunks": self.edited.chunks,
                "seconds": round(self.edited.seconds, 2),
            },
        }


def bench_ingest(
    engine: Engine, knowledge_base: str, folder: Path, *, scratch: Path, say: Callable[[str], None]
) -> IngestBench:
    """Ingest a copy of `folder` made in `scratch`, again, and after a rename and an edit; time the encoder between.

    InvalidInput if there is no such folder.
    """
    if not folder.is_dir():
        raise InvalidInput(f"There is no folder {folder}.", remedy="Check the path.")
    copy = scratch / "corpus"
    shutil.copytree(folder, copy)
    engine.parts.embedder.embed_query("warm up")
    say("ingesting")
    first = _ingest(engine, knowledge_base, copy)
    if not first.chunks:
        raise InvalidInput(f"Nothing in {folder.name} could be ingested.", remedy="Name a folder with documents.")
    texts = _chunk_texts(engine, knowledge_base)
    say("encoding the same chunks alone")
    began = time.perf_counter()
    engine.parts.embedder.embed_passages(texts)
    bare = time.perf_counter() - began
    say("ingesting again, unchanged and changed")
    second = _ingest(engine, knowledge_base, copy)
    _rename_and_edit(copy)
    return IngestBench(first, bare, second, _ingest(engine, knowledge_base, copy))


def _ingest(engine: Engine, knowledge_base: str, folder: Path) -> IngestReport:
    source = open_source(folder)
    events = ingest(source.files, target=target_of(engine, knowledge_base), source=source.name, synchronize=True)
    return [event for event in events if isinstance(event, IngestReport)][-1]


def _chunk_texts(engine: Engine, knowledge_base: str) -> list[str]:
    knowledge = engine.parts.knowledge
    return [
        search_text(document.title, chunk)
        for document in knowledge.documents(knowledge_base)
        for chunk in knowledge.chunks(document.id, document.version)
    ]


def _rename_and_edit(folder: Path) -> None:
    texts = sorted(path for path in folder.rglob("*") if path.suffix in {".md", ".txt"})
    if len(texts) < 2:
        raise InvalidInput("The benchmark needs two Markdown or text files.", remedy="Name another folder.")
    texts[0].rename(texts[0].with_stem(texts[0].stem + "-renamed"))
    with texts[1].open("a", encoding="utf-8") as file:
        file.write(ADDITION)
