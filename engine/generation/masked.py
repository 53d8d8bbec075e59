"""A language model that never sees personal data."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.guard.findings import PersonalKind
from engine.guard.masking import Mask
from engine.ports import Closing, Generator, Probed, Prompt

__all__ = ["MaskedGenerator"]

_RULE = """
- Words with a number in square brackets, such as [email 1] or [name 2], stand for data that is kept from you. Where you
  need such data, copy its placeholder exactly as it is; it is no citation."""


class MaskedGenerator:
    """Asks another model with placeholders in the place of personal data, which is put back in its replies.

    Only what prompts name as `published` is sent as it is. `kinds` are masked, all if empty.
    """

    def __init__(self, generator: Generator, kinds: Collection[PersonalKind] = ()) -> None:
        self._generator = generator
        self._kinds = kinds

    @property
    def model(self) -> str:
        """Name of the model, for the record."""
        return self._generator.model

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """Yield the reply in pieces, with the data; raises what the model raises."""
        mask = Mask(self._kinds, published=prompt.published)
        user, system = mask.mask(prompt.user, prompt.system)
        if mask.used:
            yield from mask.restored(self._generator.stream(Prompt(system + _RULE, user)))
        else:
            yield from self._generator.stream(prompt)

    def probe(self) -> None:
        """Ask the model's server whether it is there, where it has one."""
        if isinstance(self._generator, Probed):
            self._generator.probe()

    def close(self) -> None:
        """Close the model's connections to its server, where it has one."""
        if isinstance(self._generator, Closing):
            self._generator.close()
