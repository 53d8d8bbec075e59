"""The only door to the library unstructured: offline, silent, and with its errors turned into ours.

As delivered it reports each start and each call to a server and fetches a spaCy model when it first classifies a
text. Here its telemetry module is replaced by an empty one before the package is loaded, and its text classifier gets
a blank local pipeline that splits sentences. Written against unstructured 0.27.32, which pyproject.toml pins.
"""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from ingestion.parsers.word_errors import reading_word

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Element", "load_unstructured", "partition_word"]

_P = ParamSpec("_P")
_R = TypeVar("_R")
_TELEMETRY = "unstructured.telemetry"
_SENTENCE_STOPS = [".", "!", "?", "。", "！", "？", "｡", "…"]
_LOADING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Element:
    """An element as unstructured sees it: `category` is its class, `depth` counts from 0, `html` is a table's."""

    category: str
    text: str
    depth: int = 0
    page: int | None = None
    html: str = ""


def partition_word(data: bytes, *, name: str) -> list[Element]:
    """Return the elements of a .docx in document order; list items carry the numbers that Word shows.

    Raises InvalidInput, naming the file, where the library cannot read it.
    """
    load_unstructured()
    from unstructured.partition.docx import partition_docx

    with reading_word(name):
        found = partition_docx(file=io.BytesIO(data), include_page_breaks=False, languages=[""])
    return [
        Element(
            category=element.category,
            text=element.text,
            depth=element.metadata.category_depth or 0,
            page=element.metadata.page_number,
            html=element.metadata.text_as_html or "",
        )
        for element in found
    ]


def load_unstructured() -> None:
    """Make the package ready for use; what is imported from it afterwards is silent and stays offline."""
    with _LOADING:
        _prepare()


@lru_cache(maxsize=1)
def _prepare() -> None:
    """Load the library without its telemetry, and give it a sentence splitter of its own kind."""
    sys.modules.setdefault(_TELEMETRY, _silent_telemetry())
    from unstructured.nlp import tokenize

    pipeline = _pipeline()
    tokenize._get_nlp = lambda: pipeline  # type: ignore[assignment]


def _pipeline() -> Language:
    import spacy
    from spacy.util import compile_infix_regex

    pipeline = spacy.blank("en")
    infixes = (*(pipeline.Defaults.infixes or ()), "[。！？｡]")  # stops that no space follows
    pipeline.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[union-attr]
    pipeline.add_pipe("sentencizer", config={"punct_chars": _SENTENCE_STOPS})
    return pipeline


def _silent_telemetry() -> ModuleType:
    """Return a module with the names that the package imports from its telemetry, all doing nothing."""

    def decorated(document_type: str | None = None) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:  # noqa: ARG001
        return lambda function: function

    def nothing(*_: object) -> None:
        return None

    module = ModuleType(_TELEMETRY)
    module.__dict__.update(
        init_telemetry=nothing,
        partition_runtime_telemetry=decorated,
        set_partition_document_type=nothing,
        set_partition_document_type_from_mime=nothing,
    )
    return module
