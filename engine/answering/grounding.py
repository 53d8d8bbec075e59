"""Release of a language model's reply only what the evidence supports, sentence by sentence."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from engine.answering.citation_markers import Mark, read_markers, unfinished_marker
from engine.answering.fidelity import Infidelity, infidelity
from engine.answering.prompt import NO_ANSWER
from engine.answering.sayable import Sayable
from engine.answering.spoken import written_in
from engine.answering.support import Basis, Claim, EvidencePool, Support, Unsupported
from engine.domain.knowledge import Span
from engine.domain.search import Passage
from engine.languages.folding import fold
from engine.languages.sentences import sentences

__all__ = ["DropReason", "DroppedSentence", "GroundedSentence", "ground", "quoted", "stream_grounded", "verdicts"]

MAX_REPLY_CHARS = 8000


class DropReason(StrEnum):
    """Why a sentence is not released."""

    NO_ANSWER = "no_answer"  # the model says that the evidence does not answer the question
    NOT_FOUND = "not_found"  # too little of its wording stands in the evidence
    QUANTITY = "quantity"  # a number, date or unit does not stand in the cited span
    CODE = "code"  # a model, error or order number or a Latin name does not
    CONTACT = "contact"  # an address, a link or a telephone number does not stand in the cited passage
    NAME = "name"  # a proper name does not
    NEGATION = "negation"  # it denies what the cited sentences affirm, or the other way round
    NO_STATEMENT = "no_statement"  # it asks, or rests on headings, questions or the customer's words alone
    WRONG_LANGUAGE = "wrong_language"  # it is not written as the answer's language is
    UNKNOWN_CITATION = "unknown_citation"  # it cites evidence that there is not
    UNCITED_TRANSLATION = "uncited_translation"  # it is in another language than all evidence, and cites none
    REPEATED = "repeated"
    CUT_OFF = "cut_off"  # the reply grew too long, or broke off inside the sentence


@dataclass(frozen=True, slots=True)
class GroundedSentence:
    """A verified sentence without its markers.

    `citations` are (index of the passage, span of its document's stored text). `before` is the white space that
    stood before it in the reply, such as a line break. `coverage` is the share of its terms found in the evidence,
    0..1. On the basis of a translation only numbers, Latin names and codes were checked.
    """

    text: str
    citations: tuple[tuple[int, Span], ...]
    before: str = ""
    coverage: float = 1.0
    basis: Basis = Basis.WORDING


@dataclass(frozen=True, slots=True)
class DroppedSentence:
    """A sentence that is not released; its text is for evaluation, never for a customer."""

    text: str
    reason: DropReason


Verdict = GroundedSentence | DroppedSentence


def ground(text: str, passages: Sequence[Passage], *, language: str = "") -> tuple[Verdict, ...]:
    """Judge each sentence of a whole reply; see `verdicts`."""
    return tuple(verdicts(iter([text]), passages, language=language))


def stream_grounded(
    chunks: Iterator[str], passages: Sequence[Passage], *, language: str = ""
) -> Iterator[GroundedSentence]:
    """Yield the verified sentences of a reply while it arrives; see `verdicts`."""
    for verdict in verdicts(chunks, passages, language=language):
        if isinstance(verdict, GroundedSentence):
            yield verdict


def verdicts(
    chunks: Iterator[str], passages: Sequence[Passage], *, language: str = "", max_chars: int = MAX_REPLY_CHARS
) -> Iterator[Verdict]:
    """Judge each sentence of a reply as soon as the next one begins.

    `language` is the one that the answer should be in (BCP 47). The reply is read to its end, to NO_ANSWER, or to
    `max_chars`. An error of `chunks` passes through; the sentence that it interrupts is lost.
    """
    judge = _Judge(passages, language)
    for claim in _claims(chunks, max_chars):
        verdict = judge.verdict(claim)
        yield verdict
        if isinstance(verdict, DroppedSentence) and verdict.reason is DropReason.NO_ANSWER:
            break
    if isinstance(chunks, Generator):
        chunks.close()


class _Judge:
    def __init__(self, passages: Sequence[Passage], language: str) -> None:
        self._passages = passages
        self._pool = EvidencePool(passages)
        self._language = language
        self._sayable = Sayable(passages)
        self._released: set[str] = set()

    def verdict(self, claim: _Written) -> Verdict:
        result = self._result(claim)
        if isinstance(result, Support):
            self._released.add(fold(claim.text))
            return GroundedSentence(claim.text, result.citations, claim.before, result.coverage, result.basis)
        return DroppedSentence(claim.text, result)

    def _result(self, claim: _Written) -> Support | DropReason:
        if NO_ANSWER in claim.text.replace("\\", "").upper():  # some models escape the underscore
            return DropReason.NO_ANSWER
        if not claim.finished:
            return DropReason.CUT_OFF
        if fold(claim.text) in self._released:
            return DropReason.REPEATED
        known = tuple(sorted({number - 1 for number in claim.cited if 1 <= number <= len(self._passages)}))
        if claim.cited and not known:
            return DropReason.UNKNOWN_CITATION
        result = self._pool.check(Claim(claim.text, known, self._language))
        if isinstance(result, Unsupported):
            return DropReason(result)
        if not self._sayable.states(claim.text, result):
            return DropReason.NO_STATEMENT
        if not written_in(claim.text, self._language):
            return DropReason.WRONG_LANGUAGE
        wrong = self._infidelity(claim.text, result)
        return DropReason(wrong) if wrong else result

    def _infidelity(self, text: str, support: Support) -> Infidelity | None:
        cited = [self._passages[index] for index, _ in support.citations]
        quotes = [quoted(passage, span) for passage, (_, span) in zip(cited, support.citations, strict=True)]
        if support.basis is Basis.TRANSLATION and len(quotes) > 1:
            quotes = []  # which of them it translates is not known
        known = "\n".join(each.whole for each in cited)
        return infidelity(text, quotes, known, language=self._language)


def quoted(passage: Passage, span: Span) -> str:
    """Return what stands at a span of the document that the passage is from."""
    return passage.text[span.start - passage.span.start : span.end - passage.span.start]


@dataclass(frozen=True, slots=True)
class _Written:
    """A sentence of the reply with the numbers that it cites, and where in the reply it begins (`before` included)."""

    text: str
    before: str
    cited: tuple[int, ...]
    start: int
    finished: bool = True


_NOTHING = _Written("", "", (), 0)


def _claims(chunks: Iterator[str], max_chars: int) -> Iterator[_Written]:
    """Cut a growing reply into sentences; one is complete when the next one has begun, or the reply has ended."""
    pending = ""
    room = max_chars
    for chunk in chunks:
        pending += chunk[:room]
        room -= len(chunk)
        *complete, rest = _sentences(pending[: unfinished_marker(pending)]) or [_NOTHING]
        yield from complete
        pending = pending[rest.start :]
        if room <= 0:
            break
    *complete, rest = _sentences(pending) or [_NOTHING]
    yield from complete
    if rest.text:
        yield replace(rest, finished=room > 0)


def _sentences(reply: str) -> list[_Written]:
    marked = read_markers(reply)
    spans = sentences(marked.text)
    cited: list[list[int]] = [[] for _ in spans]
    for mark in marked.marks if spans else ():
        cited[_owner(mark, spans)].append(mark.number)
    ends = [0, *(span.end for span in spans)]
    return [
        _Written(span.of(marked.text), marked.text[end : span.start], tuple(numbers), marked.origin(end) if end else 0)
        for span, end, numbers in zip(spans, ends, cited, strict=False)
    ]


def _owner(mark: Mark, spans: Sequence[Span]) -> int:
    """Return which sentence a marker belongs to: the one before it, or at the start of a line the one after it."""
    begun = sum(span.start < mark.at for span in spans)
    return min(begun, len(spans) - 1) if mark.leading else max(begun - 1, 0)
