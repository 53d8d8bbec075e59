"""RapidOCR: PP-OCRv6 on ONNX Runtime. Its models come with the package and know Chinese, Japanese and Latin text."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.errors import BackendFailed
from ingestion.ocr.bands import Band, bands
from ingestion.ocr.protocol import Box, ReadLine, Turn
from ingestion.ocr.rapid_turn import Pixels, find_turn

if TYPE_CHECKING:
    from PIL.Image import Image
    from rapidocr import RapidOCR

__all__ = ["RapidEngine"]

_DETECTED = 1_500_000  # pixels that lines are looked for in at a time; memory grows by about 0.3 GB for each million
_COARSE = 600_000  # pixels where only the way they lie matters
_MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}
_ANY_SIZE = 100_000
_THINNEST = 3.0  # pixels

Corners = NDArray[np.float32]
"""Four points (x, y) around a line, in pixels of the page, clockwise from its top left."""


class RapidEngine:
    """Reads with RapidOCR; the models are loaded when first needed and kept. `threads` bounds ONNX Runtime's own."""

    name = "RapidOCR"

    def __init__(self, *, threads: int = 1) -> None:
        self._threads = threads
        self._loading = threading.Lock()

    def turn(self, image: Image) -> Turn:
        """Find out how the page lies from some of its lines."""
        boxes = [box for band in bands(image, pixels=_COARSE, most=1) for box in self._detect(band)]
        return find_turn([_as_on_page(strip, box) for strip, box in self._strips(image, boxes)], self._recognise)

    def read(self, image: Image, languages: Sequence[str] = (), *, vertical: bool = False) -> tuple[ReadLine, ...]:  # noqa: ARG002
        """Return the lines, also those found but not read; what is taller than wide is read from top to bottom."""
        boxes = [box for band in bands(image, pixels=_DETECTED) for box in self._detect(band)]
        strips = [strip for strip, _ in self._strips(image, boxes)]
        return tuple(
            ReadLine(text, _rectangle(box), confidence)
            for box, (text, confidence) in zip(boxes, self._recognise(strips), strict=True)
        )

    @property
    def _ocr(self) -> RapidOCR:
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> RapidOCR:
        import rapidocr

        folder = Path(rapidocr.__file__).parent / "models"
        models = {f"{stage}.model_path": str(folder / name) for stage, name in _MODELS.items()}
        threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": self._threads for kind in ("intra", "inter")}
        detection = {"Det.limit_type": "max", "Det.limit_side_len": _ANY_SIZE, "Global.use_vertical_padding": False}
        quiet = {"Global.log_level": "critical", "Rec.rec_batch_num": 1}
        return rapidocr.RapidOCR(params={**models, **threads, **detection, **quiet})

    def _detect(self, band: Band) -> list[Corners]:
        """Return the lines in a band."""
        from rapidocr.main import RapidOCRError

        try:
            with _reported():
                _, found = self._ocr.detect_and_crop(_pixels(band.image), {})
        except RapidOCRError:  # what it says where there is no text
            return []
        placed = [band.on_page(box) for box in (() if found.boxes is None else found.boxes)]
        return [box for box in placed if min(np.ptp(box, axis=0)) >= _THINNEST]

    def _strips(self, image: Image, boxes: Sequence[Corners]) -> list[tuple[Pixels, Corners]]:
        """Return each line cut out and levelled; what is clearly taller than wide lies on its left side."""
        if not boxes:
            return []
        with _reported():
            strips = self._ocr.crop_text_regions(_pixels(image), np.array(boxes))
        return list(zip(strips, boxes, strict=True))

    def _recognise(self, strips: Sequence[Pixels]) -> list[tuple[str, float]]:
        if not strips:
            return []
        with _reported():
            found = self._ocr.recognize_txt(list(strips))
        return [(text, float(score)) for text, score in zip(found.txts or (), found.scores or (), strict=True)]


@contextmanager
def _reported() -> Iterator[None]:
    """Turn what OpenCV and ONNX Runtime raise on images that they cannot cope with into BackendFailed."""
    import cv2
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

    try:
        yield
    except (cv2.error, ONNXRuntimeError) as error:
        raise BackendFailed(
            "RapidOCR failed on an image.", remedy="Save it in another size, or set KNOWDESK_OCR_ENGINE=tesseract."
        ) from error


def _pixels(image: Image) -> Pixels:
    """Return the image as OpenCV has it: blue, green, red."""
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def _as_on_page(strip: Pixels, corners: Corners) -> Pixels:
    """Return a strip as it stands on the page, upright again if it was laid on its side."""
    width, height = np.ptp(corners, axis=0)
    lies = strip.shape[1] > strip.shape[0]
    return np.rot90(strip, 3) if height > width and lies else strip


def _rectangle(corners: Corners) -> Box:
    left, top = map(float, corners.min(axis=0))
    right, bottom = map(float, corners.max(axis=0))
    return left, top, right, bottom
