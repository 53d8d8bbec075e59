"""The copy of an index that every store writes and reads, so that one can be moved from one store to another.

A folder with `manifest.json` and `part-00000.npz` and so on, a thousand chunks each: `dense` is float32 of shape
(chunks, dimension); sparse vectors are compressed rows (`starts`, `indices`, `values`); `records` are the payloads of
`engine.stores.payload` as UTF-8 JSON.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.domain.search import SparseVector
from engine.errors import Conflict, InvalidInput
from engine.ports import IndexedChunk
from engine.stores.batches import batches
from engine.stores.payload import from_payload, to_payload

__all__ = ["read_snapshot", "write_snapshot"]

FORMAT = "knowdesk-index/1"
MANIFEST = "manifest.json"
CHUNKS_IN_PART = 1000
_BROKEN = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile)

Arrays = Mapping[str, NDArray[np.generic]]


def write_snapshot(target: Path, dimension: int, chunks: Iterable[IndexedChunk]) -> None:
    """Write the chunks to the new folder `target`, which appears once it is complete; Conflict if it exists."""
    if target.exists():
        raise Conflict(f"{target} exists already.", remedy="Give a new folder for the snapshot.")
    draft = target.with_name(f"{target.name}.incomplete")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    sizes = []
    for number, some in enumerate(batches(chunks, CHUNKS_IN_PART)):
        np.savez(draft / _part(number), **_pack(some))  # type: ignore[arg-type]
        sizes.append(len(some))
    manifest = {"format": FORMAT, "dimension": dimension, "parts": sizes}
    (draft / MANIFEST).write_text(json.dumps(manifest), encoding="ascii")
    draft.rename(target)


def read_snapshot(snapshot: Path) -> tuple[int, Iterator[IndexedChunk]]:
    """Return the dimension and the chunks; InvalidInput, at once or while they are read, if it is damaged."""
    try:
        manifest = json.loads((snapshot / MANIFEST).read_text(encoding="ascii"))
        if manifest["format"] != FORMAT:
            raise ValueError(FORMAT)
        dimension, sizes = int(manifest["dimension"]), [int(size) for size in manifest["parts"]]
    except _BROKEN as error:
        raise _damaged(snapshot) from error
    return dimension, _chunks(snapshot, sizes)


def _chunks(snapshot: Path, sizes: Sequence[int]) -> Iterator[IndexedChunk]:
    for number, size in enumerate(sizes):
        try:
            with (snapshot / _part(number)).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                chunks = _unpack({name: arrays[name] for name in arrays.files})
        except _BROKEN as error:
            raise _damaged(snapshot) from error
        if len(chunks) != size:
            raise _damaged(snapshot)
        yield from chunks


def _part(number: int) -> str:
    return f"part-{number:05}.npz"


def _damaged(snapshot: Path) -> InvalidInput:
    return InvalidInput(f"{snapshot} is no complete snapshot of an index.", remedy="Give the folder of a snapshot.")


def _pack(chunks: Sequence[IndexedChunk]) -> dict[str, NDArray[np.generic]]:
    records = json.dumps([to_payload(chunk.record) for chunk in chunks]).encode()
    return {
        "dense": np.stack([chunk.dense for chunk in chunks]).astype(np.float32),
        **_rows("sparse", [chunk.sparse for chunk in chunks]),
        **_rows("context", [chunk.context or SparseVector((), ()) for chunk in chunks]),
        "records": np.frombuffer(records, dtype=np.uint8),
    }


def _unpack(arrays: Arrays) -> list[IndexedChunk]:
    records = [from_payload(payload) for payload in json.loads(arrays["records"].tobytes())]
    sparse, context = _vectors("sparse", arrays), _vectors("context", arrays)
    return [
        IndexedChunk(record, np.asarray(dense, dtype=np.float32), own, around or None)
        for record, dense, own, around in zip(records, arrays["dense"], sparse, context, strict=True)
    ]


def _rows(name: str, vectors: Sequence[SparseVector]) -> dict[str, NDArray[np.generic]]:
    lengths = [len(vector.indices) for vector in vectors]
    return {
        f"{name}_starts": np.cumsum([0, *lengths], dtype=np.int64),
        f"{name}_indices": np.fromiter((i for vector in vectors for i in vector.indices), np.uint32, sum(lengths)),
        f"{name}_values": np.fromiter((v for vector in vectors for v in vector.values), np.float32, sum(lengths)),
    }


def _vectors(name: str, arrays: Arrays) -> list[SparseVector]:
    starts = arrays[f"{name}_starts"].tolist()
    indices, values = arrays[f"{name}_indices"].tolist(), arrays[f"{name}_values"].tolist()
    return [SparseVector(tuple(indices[start:end]), tuple(values[start:end])) for start, end in pairwise(starts)]
