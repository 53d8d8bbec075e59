"""Split YAML front matter from the text below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from engine.errors import InvalidInput
from engine.plain_yaml import read_yaml
from ingestion.parsers.description import Fields

__all__ = ["FrontMatter", "split_front_matter"]

_FENCED = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)(?:\r?\n|^)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^([\w.-]+):[ \t]+(.*?)[ \t]*$", re.MULTILINE)
_LONGEST = 65_536  # characters


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Fields of the front matter, and the text below it."""

    body: str
    fields: Fields = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def split_front_matter(text: str) -> FrontMatter:
    """Return the front matter's fields and the rest.

    YAML that is broken, or has aliases, is read line by line as "name: value", with a warning. A rule ("---")
    at the beginning of a text that is no mapping stays in the text.
    """
    found = _FENCED.match(text)
    if found is None or len(found[1]) > _LONGEST:
        return FrontMatter(text)
    body = text[found.end() :]
    if not found[1].strip():
        return FrontMatter(body)
    try:
        fields = read_yaml(found[1], name="the front matter")
    except InvalidInput:
        lines = {name: value.strip("\"'") for name, value in _LINE.findall(found[1])}
        return FrontMatter(body, lines, ("The front matter is not plain YAML and was read line by line.",))
    if not isinstance(fields, dict):
        return FrontMatter(text)
    return FrontMatter(body, {str(name): value for name, value in fields.items()})
