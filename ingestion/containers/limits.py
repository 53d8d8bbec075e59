"""How much may come out of one file, so that no archive fills memory or never ends."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import InvalidInput

__all__ = ["Budget", "ExpandLimits"]

_SPLIT = "Split it into smaller files; if you did not make it yourself, do not trust it."


@dataclass(frozen=True, slots=True)
class ExpandLimits:
    """Limits on what one file may hold, everything nested in it included; megabytes are 10^6 bytes.

    `max_ratio` (unpacked : packed) counts for entries above one megabyte: logs reach 100, a bomb is above 1,000.
    """

    max_depth: int = 4
    max_entries: int = 20_000
    max_total_mb: float = 400.0
    max_entry_mb: float = 64.0
    max_ratio: float = 200.0


@dataclass(slots=True)
class Budget:
    """What may still come out of one outermost file."""

    limits: ExpandLimits
    entries: int = 0
    unpacked: int = 0

    def enter(self, name: str, *, entries: int, depth: int) -> None:
        """Count the entries of a container before any is read; InvalidInput if they are too many or too deep."""
        if depth > self.limits.max_depth:
            raise InvalidInput(f"{name} is nested more than {self.limits.max_depth} deep.", remedy="Unpack it first.")
        self.entries += entries
        if self.entries > self.limits.max_entries:
            raise InvalidInput(f"{name} holds more than {self.limits.max_entries:,} files.", remedy=_SPLIT)

    def take(self, name: str, *, size: int, packed: int) -> None:
        """Count an entry before it is unpacked; InvalidInput if it, or all of them, would be too much."""
        if size > self.limits.max_entry_mb * 1e6:
            limit = f"at most {self.limits.max_entry_mb:g} MB are allowed"
            raise InvalidInput(f"{name} has {size / 1e6:.1f} MB when unpacked; {limit}.", remedy=_SPLIT)
        if size > 1_000_000 and size > self.limits.max_ratio * max(1, packed):
            raise InvalidInput(
                f"{name} is packed more than {self.limits.max_ratio:g} : 1, as only bombs are.", remedy=_SPLIT
            )
        if self.unpacked + size > self.limits.max_total_mb * 1e6:
            limit = f"{self.limits.max_total_mb:g} MB in all"
            raise InvalidInput(f"{name} would take more than {limit} with what came before it.", remedy=_SPLIT)
        self.unpacked += size
