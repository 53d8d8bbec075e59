"""What a sentence states: its values, what it says of them, and under which condition."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.answering.coverage import TermSet, content_set
from engine.answering.evidence import CLOSED, MARKED_LINE, candidate_sentences
from engine.assist.suggesting.exchanges import past_exchanges
from engine.domain.knowledge import Chunk, Document, DocumentKind, Span
from engine.domain.search import Passage
from engine.guard.promises.amounts import Measure, measured
from engine.languages.folding import fold
from engine.languages.quantities import QuantityKind, quantities
from engine.languages.terms import TermKind

__all__ = ["Statement", "Values", "disagree", "in_document", "in_text", "without_values"]

Values = Mapping[str, frozenset[str]]
"""What stands in a sentence by what it measures: "time" in days, "money EUR", "share", "day", "clock", "size ml"."""

SAME_TIME = 0.05  # by which lengths of time may differ
_COMPARED = frozenset(QuantityKind) - {QuantityKind.NUMBER, QuantityKind.CODE}
_LABEL = re.compile(r"^([^:：。.!?]{2,40}?)[:：]\s?(?=\S)")  # "For members of the club: …", "Standard: …"


@dataclass(frozen=True)
class Statement:
    """A sentence at `span` of a text, the stored one of `document` if there is one.

    `context` is what it stands under: the title and headings, or the question that it replies to.
    """

    text: str
    language: str
    span: Span
    context: str = ""
    document: Document | None = None

    @cached_property
    def values(self) -> Values:
        """The values that can be compared, each in normal form."""
        found: dict[str, set[str]] = {}
        for measure, every in measured(self.text, worded=False).items():
            for value in (one for each in every for one in each.values):
                unit = value.partition(" ")[2] if measure is Measure.MONEY else ""
                found.setdefault(f"{measure} {unit}".strip(), set()).add(value)
        for quantity in quantities(self.text):
            if quantity.kind is QuantityKind.MEASURE:
                for value in quantity.values:
                    found.setdefault(f"size {value.partition(' ')[2]}", set()).add(value)
        return {name: frozenset(each) for name, each in found.items()}

    @cached_property
    def bare(self) -> str:
        """The sentence, folded, without its values."""
        return fold(without_values(self.text))

    @cached_property
    def words(self) -> TermSet:
        """The content words and bigrams of the sentence without its values."""
        return _words(self.bare, self.language)

    @property
    def affirms(self) -> bool:
        """Whether it is a whole sentence that says yes or no by itself, no item of a list."""
        return CLOSED.search(self.text) is not None and not MARKED_LINE.match(self.text)

    @cached_property
    def condition(self) -> TermSet:
        """The words of a label before the statement, unless the statement is nothing but a value."""
        label = _LABEL.match(self.text)
        if label is None or not _words(without_values(self.text[label.end() :]), self.language):
            return frozenset()
        return _words(label[1], self.language)

    @cached_property
    def surroundings(self) -> TermSet:
        """The words of the sentence and of what it stands under."""
        return _words(f"{self.context}\n{self.text}", self.language)

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of products and errors in the sentence and above it."""
        every = quantities(f"{self.context}\n{self.text}")
        codes = (each.value for each in every if each.kind is QuantityKind.CODE)
        return frozenset(code for code in codes if not code.isdigit())


def in_text(text: str, language: str, *, context: str = "") -> tuple[Statement, ...]:
    """Return what a text states that is no document, sentence by sentence."""
    passage = _passage(text, language, Span(0, len(text)))
    return tuple(Statement(each.text, language, each.span, context) for each in candidate_sentences([passage]))


def in_document(document: Document, chunks: Sequence[Chunk], text: str) -> Iterator[Statement]:
    """Yield what a document of that text states; of a transcript what the desk said, under the customer's words."""
    replies = past_exchanges(text) if document.kind is DocumentKind.TRANSCRIPT else ()
    for chunk in chunks:
        passage = _passage(chunk.text, document.language, chunk.span, document=document, section=chunk.section)
        above = "\n".join(dict.fromkeys((document.title, *chunk.section)))
        for each in candidate_sentences([passage]):
            asked = (past.asked for past in replies if past.reply.start <= each.span.start < past.reply.end)
            yield Statement(each.text, document.language, each.span, next(asked, above), document)


def disagree(one: Values, other: Values) -> bool:
    """Tell whether both give values of one measure and have none in common."""
    common = one.keys() & other.keys()
    return bool(common) and not any(_share(one[name], other[name], name) for name in common)


def without_values(text: str) -> str:
    """Return a text with its amounts, lengths, days and times left out."""
    rest = text
    for each in quantities(text):
        if each.kind in _COMPARED:
            rest = f"{rest[: each.span.start]}{' ' * len(each.span)}{rest[each.span.end :]}"
    return re.sub(r"\s+", " ", rest).strip()


def _share(ours: frozenset[str], theirs: frozenset[str], name: str) -> bool:
    if name != Measure.TIME:
        return not ours.isdisjoint(theirs)
    return any(math.isclose(float(a), float(b), rel_tol=SAME_TIME) for a in ours for b in theirs)


def _words(text: str, language: str) -> TermSet:
    return frozenset(term for term in content_set(text, language) if term[0] is not TermKind.CHARACTER)


def _passage(
    text: str, language: str, span: Span, *, document: Document | None = None, section: tuple[str, ...] = ()
) -> Passage:
    return Passage(
        chunk_id="",
        document_id=document.id if document else "",
        version=document.version if document else 0,
        title=document.title if document else "",
        uri=document.uri if document else "",
        kind=document.kind if document else DocumentKind.PAGE,
        language=language,
        section=section,
        page=None,
        span=span,
        text=text,
        score=0.0,
    )
