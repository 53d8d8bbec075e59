"""YAML that others wrote: plain values only, of a size that its text shows."""

from __future__ import annotations

from typing import Final

from engine.errors import InvalidInput

__all__ = ["MAX_DEPTH", "read_yaml"]

MAX_DEPTH: Final = 50
"""Lists and mappings within each other; the reader recurses."""


def read_yaml(text: str, *, name: str) -> object:
    """Return what the text of a file holds; InvalidInput names the file.

    Aliases are refused: with them a few lines unfold into gigabytes, or hold themselves.
    """
    import yaml  # type: ignore[import-untyped, unused-ignore]

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                raise InvalidInput(f"{name} uses a YAML alias.", remedy="Write the value out where it is meant.")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise InvalidInput(f"{name} is nested too deeply.", remedy=f"Use at most {MAX_DEPTH} levels.")
        return yaml.load(text, Loader=loader)  # noqa: S506  # nosec B506
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2026-02-31
        raise InvalidInput(f"{name} is not valid YAML.", remedy="Correct the file, or give JSON.") from error
