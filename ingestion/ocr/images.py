"""Open image files: frame by frame, upright by their EXIF mark, in RGB, and never larger than allowed."""

from __future__ import annotations

import io
import math
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.errors import InvalidInput
from engine.optional import require

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["LARGEST_READ", "MOST_FRAMES", "frame_count", "frames", "is_animation", "is_heif", "with_contrast"]

LARGEST_READ = 12_000_000
"""Pixels of an image that is read; larger ones are scaled down to it."""

MOST_FRAMES = 500
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_PAGED = {"TIFF"}  # formats whose frames are pages; in the others they are an animation
_DAMAGED = (
    *(ArithmeticError, EOFError, LookupError, OSError, RuntimeError, SyntaxError, TypeError, ValueError),
    *(struct.error, zlib.error),
)
_FAINT = 110  # grey levels between paper and ink, of 255, below which a page is given more contrast


def frames(data: bytes, *, name: str, max_pixels: int) -> Iterator[Image]:
    """Yield the pages of an image file, of an animation its first picture.

    Raises InvalidInput, naming the file and a remedy, if it is damaged, empty or has more than `max_pixels`; what it
    says of its size is checked before anything is decoded.
    """
    with _opened(data, name) as image:
        for page in range(_pages(image)):
            image.seek(page)
            _check_size(image, name, max_pixels)
            yield _readable(image)


def frame_count(data: bytes, *, name: str) -> int:
    """Return how many pages `frames` yields."""
    with _opened(data, name) as image:
        return _pages(image)


def is_heif(data: bytes) -> bool:
    """Tell whether this is an image in a HEIF container coded with HEVC, as telephones make them."""
    return data[4:8] == b"ftyp" and data[8:12] in _HEIF


def is_animation(data: bytes, *, name: str) -> bool:
    """Tell whether the file has several pictures that are no pages."""
    with _opened(data, name) as image:
        return image.format not in _PAGED and getattr(image, "n_frames", 1) > 1


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Image]:
    """Open an image; whatever its decoder raises meanwhile becomes InvalidInput."""
    from PIL import Image as Images

    if is_heif(data):
        require("pi_heif", "heic").register_heif_opener()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its size, which is checked next, and of damage, which decoding shows
            image = Images.open(io.BytesIO(data))
        with image:
            yield image
    except Images.DecompressionBombError as error:
        raise InvalidInput(f"{name} has too many pixels.", remedy="Scale it down or cut it up.") from error
    except _DAMAGED as error:
        raise InvalidInput(
            f"{name} is no image that can be opened: it is damaged, cut off or in an unknown format.",
            remedy="Open it in a viewer and save it again as PNG.",
        ) from error


def _pages(image: Image) -> int:
    return min(getattr(image, "n_frames", 1), MOST_FRAMES) if image.format in _PAGED else 1


def _check_size(image: Image, name: str, max_pixels: int) -> None:
    """Refuse what is too large; a JPEG is first asked to be decoded at a fraction of its size."""
    width, height = image.size
    if width * height > LARGEST_READ and image.format == "JPEG" and not image.info.get("progressive"):
        share = math.sqrt(LARGEST_READ / (width * height))
        image.draft(image.mode, (math.ceil(width * share), math.ceil(height * share)))
    if image.width * image.height > max_pixels:
        raise InvalidInput(
            f"{name} has {width:,} x {height:,} pixels; at most {max_pixels:,} in all are allowed.",
            remedy="Scale it down or cut it up, or raise KNOWDESK_OCR_MAX_PIXELS.",
        )


def _readable(image: Image) -> Image:
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image)
    scale = math.sqrt(LARGEST_READ / (upright.width * upright.height))
    if scale < 1:
        size = (max(1, int(upright.width * scale)), max(1, int(upright.height * scale)))
        upright = upright.convert("RGBA" if _has_alpha(upright) else "RGB") if upright.mode == "P" else upright
        upright = upright.resize(size, reducing_gap=2.0)
    return _on_paper(upright) if _has_alpha(upright) else _in_rgb(upright)


def _has_alpha(image: Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info


def _on_paper(image: Image) -> Image:
    """Put what is visible on white, or on black if it is light itself."""
    import numpy as np
    from PIL import Image as Images

    layered = image.convert("RGBA")
    pixels = np.asarray(layered)
    visible = pixels[..., 3] > 127
    light = visible.mean() < 0.9 and visible.any() and float(pixels[..., :3][visible].mean()) > 160
    paper = Images.new("RGBA", layered.size, (0, 0, 0, 255) if light else (255, 255, 255, 255))
    return Images.alpha_composite(paper, layered).convert("RGB")


def _in_rgb(image: Image) -> Image:
    """Convert to RGB; of 16 and 32 bits the range that is used."""
    import numpy as np
    from PIL import Image as Images

    if image.mode.startswith(("I", "F")):
        values = np.nan_to_num(np.asarray(image, dtype=np.float32))
        low, high = float(values.min()), float(values.max())
        levels = (values - low) * (255 / max(1e-6, high - low))
        return Images.fromarray(levels.astype(np.uint8)).convert("RGB")
    return image.convert("RGB")


def with_contrast(image: Image) -> Image:
    """Return a faint page with its grey levels spread over the whole range, any other as it is."""
    from PIL import ImageOps

    histogram = image.convert("L").histogram()
    if _level(histogram, 0.998) - _level(histogram, 0.002) > _FAINT:
        return image
    return ImageOps.autocontrast(image, cutoff=(0.1, 0.1), preserve_tone=True)


def _level(histogram: list[int], share: float) -> int:
    """Return the grey level below which that share of the pixels is."""
    wanted = share * sum(histogram)
    total = 0
    for level, count in enumerate(histogram):
        total += count
        if total >= wanted:
            return level
    return len(histogram) - 1
