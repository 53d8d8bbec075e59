"""Things by their names in several languages, looked for in folded text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from engine.languages.folding import converted

__all__ = ["Names"]


class Names:
    """Regular expressions by what they name; compiled at their first use."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def within(self, folded: str) -> frozenset[str]:
        """Return what a folded text names."""
        return frozenset(name for name, pattern in self._patterns.items() if pattern.search(folded))

    @cached_property
    def _patterns(self) -> Mapping[str, re.Pattern[str]]:
        return {name: re.compile(converted(names, "t2s")) for name, names in self._names.items()}
