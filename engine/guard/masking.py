"""Put placeholders in the place of personal data, and the data back in the place of placeholders."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from engine.guard.findings import PersonalKind
from engine.guard.personal_data import SCRUBBED, Scrubber, as_words
from engine.guard.placeholders import PLACEHOLDER, REWRITTEN, begun_at

__all__ = ["Mask"]


class Mask:
    """Masks texts that belong together; the same value has the same placeholder, such as "[email 1]".

    A value of one character, such as a Chinese surname, is masked where it is told apart from a word only.

    `kinds` are masked (empty: all but plain links). What stands in `published`, the company's own texts, is not.
    """

    def __init__(
        self, kinds: Collection[PersonalKind] = (), *, language: str = "", published: Iterable[str] = ()
    ) -> None:
        own = "\n".join(published)
        self._scrubber = Scrubber(language, kinds=kinds or SCRUBBED, published=own)
        self._scrubber.reserve((own,))

    @property
    def used(self) -> bool:
        """Whether anything was masked."""
        return bool(self._scrubber.replaced)

    def reserve(self, texts: Iterable[str]) -> None:
        """Give no placeholder that stands in these texts to anything else."""
        self._scrubber.reserve(texts)

    def mask(self, *texts: str) -> tuple[str, ...]:
        """Return the texts, masked: what is personal at one place of them is so at all others."""
        self.reserve(texts)
        found = [self._scrubber.scrub(text) for text in texts]
        if not self.used:
            return tuple(found)
        values = {each.value: each.placeholder for each in self._scrubber.replaced if len(each.value) > 1}
        if not values:
            return tuple(found)
        known = re.compile(f"{PLACEHOLDER.pattern}|{as_words(values).pattern}")
        return tuple(known.sub(lambda each: values.get(each[0], each[0]), text) for text in found)

    def restore(self, text: str) -> str:
        """Return the text with the data that was masked; placeholders of others stay."""
        values = {each.placeholder: each.value for each in self._scrubber.replaced}
        return REWRITTEN.sub(lambda each: values.get(f"[{each[1].lower()} {each[2]}]", each[0]), text)

    def restored(self, pieces: Iterator[str]) -> Iterator[str]:
        """Yield the text of `pieces` with the data that was masked, wherever placeholders are cut."""
        held = ""
        for piece in pieces:
            text = held + piece
            end = begun_at(text)
            held = text[end:]
            if end:
                yield self.restore(text[:end])
        if held:
            yield self.restore(held)
