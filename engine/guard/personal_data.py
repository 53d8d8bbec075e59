"""Find personal data, and put placeholders in its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from engine.domain.knowledge import Span
from engine.guard.addresses import find_addresses
from engine.guard.contacts import find_emails, find_ips, find_links
from engine.guard.findings import Finder, PersonalDatum, PersonalKind
from engine.guard.identifiers import find_cards, find_ibans, find_national_ids
from engine.guard.names import find_names
from engine.guard.phones import find_phones
from engine.guard.placeholders import PLACEHOLDER

__all__ = ["SCRUBBED", "Replacement", "Scrubbed", "Scrubber", "as_words", "find", "scrub"]

SCRUBBED = frozenset(PersonalKind) - {PersonalKind.URL}
"""What is replaced: everything but plain links, which lead to help pages and shops."""

_FINDERS: tuple[Finder, ...] = (
    *(find_emails, find_links, find_ips, find_cards, find_ibans, find_national_ids, find_phones),
    *(find_addresses, find_names),
)
_LEAST = 0.5  # confidence
# Full-width digits and signs; one character for one, so that spans stay.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９＋－（）＠．", "0123456789+-()@.")


def find(text: str, language: str = "", *, kinds: Collection[PersonalKind] = SCRUBBED) -> tuple[PersonalDatum, ...]:
    """Return the personal data of these kinds in order of place; spans are exact and do not overlap.

    Of overlapping findings the surer one stays, then the longer. Placeholders of `scrub` are never found.
    """
    plain = text.translate(_HALF_WIDTH)
    taken = bytearray(len(text))
    for found in PLACEHOLDER.finditer(text):
        taken[found.start() : found.end()] = b"\1" * len(found[0])
    finders = (finder for finder in _FINDERS if finder is not find_names or PersonalKind.NAME in kinds)
    candidates = [datum for finder in finders for datum in finder(plain, language)]
    chosen: list[PersonalDatum] = []
    for datum in sorted(candidates, key=lambda each: (-each.confidence, -len(each.span), each.span.start)):
        start, end = datum.span.start, datum.span.end
        if datum.kind in kinds and datum.confidence >= _LEAST and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            chosen.append(datum)
    return tuple(sorted(chosen, key=lambda each: each.span.start))


@dataclass(frozen=True, slots=True)
class Replacement:
    """A placeholder and the value it stands for; the same value has the same placeholder."""

    placeholder: str
    kind: PersonalKind
    value: str


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """A text without personal data, and what was replaced, in order of first appearance."""

    text: str
    replaced: tuple[Replacement, ...]


def scrub(text: str, language: str = "") -> Scrubbed:
    """Replace personal data by placeholders such as "[phone 1]"; scrubbing again changes nothing."""
    scrubber = Scrubber(language)
    scrubbed = scrubber.scrub(text)
    return Scrubbed(scrubbed, scrubber.replaced)


@dataclass(slots=True)
class Scrubber:
    """Scrubs several texts that belong together, with one numbering.

    `names` are those that are known to be a person's, such as labels of speakers; they are replaced wherever they
    stand as a word. What stands in `published`, the company's own texts, is left as it is.
    """

    language: str = ""
    names: Collection[str] = ()
    kinds: Collection[PersonalKind] = SCRUBBED
    published: str = ""
    _known: dict[tuple[str, str], Replacement] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    @property
    def replaced(self) -> tuple[Replacement, ...]:
        """What was replaced so far."""
        return tuple(self._known.values())

    def reserve(self, texts: Iterable[str]) -> None:
        """Leave the numbers of placeholders that stand in the texts already to them."""
        for text in texts:
            for word, number in PLACEHOLDER.findall(text):
                self._numbers[word] = max(self._numbers.get(word, 0), int(number))

    def scrub(self, text: str) -> str:
        """Return the text with placeholders, looking again until nothing is found."""
        self.reserve((text,))
        while found := self._found(text):
            text = self._replaced(text, found)
        return text

    def _found(self, text: str) -> tuple[PersonalDatum, ...]:
        known = _named(text, self.names)
        others = [each for each in find(text, self.language, kinds=self.kinds) if not self._is_published(each, text)]
        free = [datum for datum in known if not any(_overlap(datum.span, other.span) for other in others)]
        return tuple(sorted((*others, *free), key=lambda each: each.span.start))

    def _is_published(self, datum: PersonalDatum, text: str) -> bool:
        return bool(self.published) and as_words([datum.span.of(text)]).search(self.published) is not None

    def _replaced(self, text: str, found: Iterable[PersonalDatum]) -> str:
        parts: list[str] = []
        at = 0
        for datum in found:
            parts += (text[at : datum.span.start], self.placeholder(datum.kind, datum.span.of(text)))
            at = datum.span.end
        return "".join((*parts, text[at:]))

    def placeholder(self, kind: PersonalKind, value: str) -> str:
        """Return what stands for a value that is known to be personal data."""
        key = kind.placeholder, _compact(kind, value)
        if key not in self._known:
            number = self._numbers[kind.placeholder] = self._numbers.get(kind.placeholder, 0) + 1
            self._known[key] = Replacement(f"[{kind.placeholder} {number}]", kind, value)
        return self._known[key].placeholder


def as_words(values: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of the values where it is no part of a longer Latin word or number."""
    either = "|".join(re.escape(value) for value in sorted(values, key=lambda value: (-len(value), value)))
    return re.compile(rf"(?<![A-Za-zÀ-ÿ0-9])(?:{either})(?![A-Za-zÀ-ÿ0-9])")


def _named(text: str, names: Collection[str]) -> list[PersonalDatum]:
    """Return where known names stand, not inside longer Latin words and not inside placeholders."""
    if not names:
        return []
    pattern = as_words(names)
    held = [Span(*found.span()) for found in PLACEHOLDER.finditer(text)]
    spans = (Span(*found.span()) for found in pattern.finditer(text))
    return [PersonalDatum(PersonalKind.NAME, span, 0.9) for span in spans if not any(_overlap(span, h) for h in held)]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _compact(kind: PersonalKind, value: str) -> str:
    """Return what two ways to write one value share."""
    folded = value.translate(_HALF_WIDTH).lower()
    return folded if kind in {PersonalKind.NAME, PersonalKind.ADDRESS} else re.sub(r"[\s()./-]", "", folded)
