"""Where the index of a corpus lies, and when it has to be built."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from engine.domain.knowledge import stable_id
from evals.datasets.beir import BeirDataset
from evals.subject import Indexed, Subject, System

__all__ = ["build_index", "cached_folder", "fill", "index_folder", "working_copy"]

COMPLETE = "complete"


@contextmanager
def cached_folder(key: str, cache: Path | None) -> Iterator[Path]:
    """Yield a folder of `cache` that is named after `key`, or without a cache a new one that is removed afterwards.

    A folder of a cache is for one process at a time; others wait.
    """
    if cache is None:
        with tempfile.TemporaryDirectory(prefix="knowdesk-eval-") as scratch:
            yield Path(scratch)
        return
    folder = cache / stable_id(key)
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        yield folder


@contextmanager
def index_folder(system: System, dataset: BeirDataset, cache: Path | None) -> Iterator[Path]:
    """Yield the folder for the index of the dataset's corpus, named after its content and the system's signature."""
    with cached_folder(f"{dataset.corpus_hash} {system.index_signature}", cache) as folder:
        yield folder


def fill(subject: Subject, dataset: BeirDataset, folder: Path) -> Iterator[Indexed]:
    """Index the corpus unless `folder` holds all of it already; an interrupted or partly failed build is repeated."""
    if (folder / COMPLETE).exists():
        return
    failed = False
    for document in subject.add(dataset.corpus):
        failed = failed or bool(document.failure)
        yield document
    if not failed:
        (folder / COMPLETE).touch()


def build_index(system: System, folder: Path, indexing: Callable[[Subject], Iterator[Indexed]]) -> Iterator[Indexed]:
    """Index unless `folder` is complete: nothing failed, and the subject was closed, so that a kill loses nothing."""
    if (folder / COMPLETE).exists():
        return
    failed = False
    with system.open(folder) as subject:
        for document in indexing(subject):
            failed = failed or bool(document.failure)
            yield document
    if not failed:
        (folder / COMPLETE).touch()


@contextmanager
def working_copy(folder: Path) -> Iterator[Path]:
    """Yield a copy of an index that may be changed; it is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="knowdesk-eval-") as scratch:
        yield Path(shutil.copytree(folder, Path(scratch) / "index"))
