"""Writing a file so that what is there is always whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["replacing"]


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the name of a draft to write in the block; at its end the draft is put in the place of `path`, in one step.

    An error in the block leaves `path` as it was, and so does the end of the process or of the machine: the draft
    reaches the disk before it takes the place. It lies beside `path` and ends in the same letters, since some writers
    add an ending of their own.
    """
    draft = path.with_name(f".draft-{path.name}")
    try:
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
