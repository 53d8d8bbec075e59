"""Make a transformer encoder ready for ONNX Runtime: export it, and check that it still says what the model says."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from uuid import uuid4

import numpy as np

from engine.embedding.encoder import Encoder, Role
from engine.embedding.hub import HubEncoder
from engine.embedding.loaded import unit_rows
from engine.embedding.onnx import OnnxEncoder, OnnxOptions
from engine.embedding.prepared import Precision, Prepared, encoder_root, folder_for, read_prepared
from engine.embedding.samples import CHECKED, SAMPLES
from engine.errors import BackendFailed, InvalidInput
from engine.ports import EmbedderInfo, Vector

__all__ = ["Speed", "Trial", "prepare"]

BATCH: Final = 32
# mean and lowest cosine with the original's vectors over the built-in sentences; another order of sums moves fp32 in
# the seventh digit, int8 of MiniLM reaches .987 and .964
BARS: Final = {Precision.FP32: (0.9999, 0.999), Precision.INT8: (0.98, 0.93)}


@dataclass(frozen=True, slots=True)
class Speed:
    """Passages a second, and milliseconds for a query, both the best of three goes over the built-in sentences."""

    passages_per_s: float
    query_ms: float


@dataclass(frozen=True, slots=True)
class Trial:
    """A prepared model beside the original on torch, in one run."""

    prepared: Prepared
    speed: Speed
    original: Speed


def prepare(
    model: str, precisions: Sequence[Precision], *, root: Path, revision: str = "", again: bool = False
) -> Iterator[Trial]:
    """Prepare a model (empty: the bundled MiniLM) below `root` in each of the precisions, and try it.

    What is there already is kept unless `again`. InvalidInput for a model that cannot be exported or whose vectors come
    out differently; nothing is left of it then. Needs the package onnx; using the result does not.
    """
    original = _original(model, revision)
    info = _info(model, original)
    with _workshop(encoder_root(root)) as work:
        for precision in precisions:
            folder = folder_for(root, info.model, info.revision, precision)
            prepared = None if again else read_prepared(folder)
            if prepared is None:
                _build(original, work, precision)
                draft = _checked(_described(original, info, work / precision, precision, revision), original)
                shutil.rmtree(folder, ignore_errors=True)
                draft.folder.replace(folder)
                prepared = replace(draft, folder=folder)
            encoder = OnnxEncoder(prepared, OnnxOptions())
            yield Trial(prepared, _speed(encoder), _speed(original))


def _original(model: str, revision: str) -> HubEncoder:
    if model:
        return HubEncoder(model, revision=revision, device="cpu", batch_size=BATCH)
    from engine.embedding.minilm import bundled_folder

    return HubEncoder(str(bundled_folder()), revision="", device="cpu", batch_size=BATCH)


def _info(model: str, original: HubEncoder) -> EmbedderInfo:
    from engine.embedding.minilm import bundled_info

    return original.info if model else bundled_info()


@contextmanager
def _workshop(root: Path) -> Iterator[Path]:
    """Give a folder that is gone afterwards, on the same disk as the finished ones."""
    folder = root / f".draft-{uuid4().hex[:12]}"
    try:
        folder.mkdir(parents=True)
        yield folder
    except OSError as error:
        raise BackendFailed(
            f"The folder {root} cannot be written.", remedy="Set encoder_dir to a folder that can be."
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _build(original: HubEncoder, work: Path, precision: Precision) -> None:
    from engine.embedding.exporting import export, quantize

    (work / precision).mkdir()
    graph = work / "exported.onnx"
    if not graph.exists():
        export(original.model, graph)
    if precision is Precision.INT8:
        quantize(graph, work / precision / "model.onnx")
    else:
        shutil.copyfile(graph, work / precision / "model.onnx")


def _described(original: HubEncoder, info: EmbedderInfo, folder: Path, precision: Precision, asked: str) -> Prepared:
    from engine.embedding.exporting import prompts_of, save_tokenizer

    save_tokenizer(original.model, folder / "tokenizer.json")
    return Prepared(
        folder,
        replace(info, revision=precision.revision(info.revision)),
        asked,
        precision,
        prompts=prompts_of(original.model),
        agreement=0.0,
        least_agreement=0.0,
    )


def _checked(draft: Prepared, original: Encoder) -> Prepared:
    """Measure the agreement and write it down; InvalidInput if it is not enough."""
    encoder = OnnxEncoder(draft, OnnxOptions())
    cosines = np.concatenate([_cosines(encoder, original, role) for role in Role])
    mean, least = float(cosines.mean()), float(cosines.min())
    enough, at_least = BARS[draft.precision]
    if not (mean >= enough and least >= at_least):  # NaN is not enough either
        raise InvalidInput(
            f"In {draft.precision} the model no longer gives its own vectors: cosine {mean:.4f} in the mean (at least "
            f"{enough}), {least:.4f} at worst (at least {at_least}).",
            remedy="Prepare it with --precision fp32." if draft.precision is Precision.INT8 else "Leave it on torch.",
        )
    found = replace(draft, agreement=mean, least_agreement=least)
    found.write()
    return found


def _cosines(encoder: Encoder, original: Encoder, role: Role) -> Vector:
    expected, found = (unit_rows(each.encode(CHECKED, role)) for each in (original, encoder))
    cosines: Vector = (expected * found).sum(axis=1)
    return cosines


def _speed(encoder: Encoder) -> Speed:
    texts = [*SAMPLES, *SAMPLES]
    passages = min(_seconds(lambda: encoder.encode(texts, Role.PASSAGE)) for _ in range(3))
    queries = min(_seconds(lambda: [encoder.encode([text], Role.QUERY) for text in SAMPLES]) for _ in range(3))
    return Speed(len(texts) / passages, queries / len(SAMPLES) * 1000)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
