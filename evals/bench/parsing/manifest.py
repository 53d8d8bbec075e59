"""Read a set of files for parsing: what they are, and the text that another tool got out of them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import InvalidInput
from evals.datasets.jsonl import Record, read_records

__all__ = ["Item", "plain_markdown", "read_items"]

_MARKUP = re.compile(
    r"<!--.*?-->"  # place holders of images
    r"|!\[[^\]]*\]\([^)]*\)|data:[\w/+.-]+;base64,[\w+/=]+"
    r"|</?[a-zA-Z][^>]{0,200}>",
    re.DOTALL,
)
# What another tool says of a picture behind its place holder: the kind, as in "Bar chart".
_KIND = re.compile(r"(<!-- image -->\s*)^(?:\w+ )?chart\s*$", re.MULTILINE | re.IGNORECASE)
_MERGED = re.compile(
    r"(?<=\|)(?P<cell> *[^|\n]*[^|\s][^|\n]*\|)(?P=cell)+"
)  # cells that merged, repeated for each column
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_FORMULA = re.compile(r"\$\$?([^$]+)\$\$?")
_COMMAND = re.compile(r"\\[a-zA-Z]+\*?|\\.")
_ESCAPED = re.compile(r"\\([_*#<>\[\]`~|$-])")


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the set; `expected` is the text to find in it, None where the set has none."""

    collection: str
    path: Path
    extension: str
    expected: str | None

    @property
    def name(self) -> str:
        """Collection and file name."""
        return f"{self.collection}/{self.path.name}"


def read_items(folder: Path) -> Iterator[Item]:
    """Yield the files of each manifest.jsonl in the folders inside `folder`; InvalidInput if there is none."""
    manifests = sorted(folder.glob("*/manifest.jsonl"))
    if not manifests:
        raise InvalidInput(f"{folder.name} has no folders with a manifest.jsonl.", remedy="Name the folder of the set.")
    for manifest in manifests:
        for record in read_records(manifest):
            path = manifest.parent / record.text("file")
            expected = _expected(manifest.parent, record)
            yield Item(manifest.parent.name, path, record.text("ext", default="") or "none", expected)


def _expected(folder: Path, record: Record) -> str | None:
    values = record.values.get("expected", [])
    entries = values if isinstance(values, list) else []
    names = [str(entry["file"] if isinstance(entry, dict) else entry) for entry in entries]
    chosen = next((name for name in names if name.endswith((".md", ".json"))), None)
    if chosen is None:
        return None
    text = (folder / chosen).read_text(encoding="utf-8")
    return plain_markdown(text) if chosen.endswith(".md") else _elements(text)


def plain_markdown(text: str) -> str:
    """Return the words of Markdown: no comments, images, tags, addresses of links, LaTeX commands and escapes.

    Of equal cells side by side one is kept: Markdown has no other way to write merged cells.
    """
    text = _MERGED.sub(r"\g<cell>", _KIND.sub(r"\1", text))
    text = _LINK.sub(r"\1", _MARKUP.sub(" ", text))
    text = _FORMULA.sub(lambda formula: _COMMAND.sub(" ", formula[1]), text)
    return _ESCAPED.sub(r"\1", html.unescape(html.unescape(text)))


def _elements(text: str) -> str:
    """Return the texts of a list of elements as unstructured writes it."""
    elements: list[dict[str, object]] = json.loads(text)
    return "\n".join(str(element.get("text", "")) for element in elements)
