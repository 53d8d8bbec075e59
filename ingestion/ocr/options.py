"""How images are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, Self, runtime_checkable

__all__ = ["EngineName", "OcrOptions", "ReadsImages"]

EngineName = Literal["rapidocr", "tesseract"]


@dataclass(frozen=True, slots=True)
class OcrOptions:
    """What reads, the languages to expect (BCP 47 tags; empty: any), the largest image, and the threads it may use."""

    engine: EngineName = "rapidocr"
    languages: tuple[str, ...] = ()
    max_pixels: int = 50_000_000
    threads: int = 1

    @property
    def key(self) -> str:
        """What decides on the text that is read, such as "tesseract:ja,en"."""
        return ":".join(filter(None, (self.engine, ",".join(self.languages))))


@runtime_checkable
class ReadsImages(Protocol):
    """A parser that reads text off images, and can be told how."""

    def with_ocr(self, options: OcrOptions) -> Self:
        """Return the parser that reads so."""
        ...
