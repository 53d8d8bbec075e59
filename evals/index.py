"""Where the index of a corpus lies, and when it has to be built."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.domain.knowledge import stable_id
from evals.datasets.beir import BeirDataset
from evals.subject import Indexed, Subject, System

__all__ = ["fill", "index_folder", "working_copy"]

COMPLETE = "complete"


@contextmanager
def index_folder(system: System, dataset: BeirDataset, cache: Path | None) -> Iterator[Path]:
    """Yield the folder for the index of the dataset's corpus: in `cache`, or a new one that is removed afterwards.

    In a cache it is named after the corpus's content and the system's index signature.
    """
    if cache is None:
        with tempfile.TemporaryDirectory(prefix="knowdesk-eval-") as scratch:
            yield Path(scratch)
        return
    folder = cache / stable_id(dataset.corpus_hash, system.index_signature)
    folder.mkdir(parents=True, exist_ok=True)
    yield folder


def fill(subject: Subject, dataset: BeirDataset, folder: Path) -> Iterator[Indexed]:
    """Index the corpus unless `folder` holds all of it already; an interrupted or partly failed build is repeated."""
    marker = folder / COMPLETE
    if marker.exists():
        return
    failed = False
    for document in subject.add(dataset.corpus):
        failed = failed or bool(document.failure)
        yield document
    if not failed:
        marker.touch()


@contextmanager
def working_copy(folder: Path) -> Iterator[Path]:
    """Yield a copy of an index that may be changed; it is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="knowdesk-eval-") as scratch:
        yield Path(shutil.copytree(folder, Path(scratch) / "index"))
