"""Notice passages that answer the same question with different values, and decide which of them holds.

Two sentences conflict if they say the same in the same language but for an amount, a duration, a date or a time. The
one that is valid on the day wins, then the one with the later effective date, then the kind of document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.answering.coverage import TermSet
from engine.answering.evidence import candidate_sentences
from engine.answering.extract import CODE, Extraction, Quote
from engine.domain.conflict import ConflictBasis, ConflictSide, KnowledgeConflict
from engine.domain.knowledge import DocumentKind
from engine.domain.search import Passage
from engine.languages.folding import fold
from engine.languages.kinship import Kinship, kinship
from engine.languages.quantities import Quantity, QuantityKind, quantities
from engine.languages.terms import TermKind, content_terms

__all__ = ["Settled", "can_conflict", "settled"]

COMPARED = 8  # passages
SHARED = 0.7  # of the content words of the sentence that has fewer of them
ALIKE = 0.6  # of all content words of both, where each has some of its own
FEWEST = 2  # words in common
_KINDS = (QuantityKind.MONEY, QuantityKind.DURATION, QuantityKind.DATE, QuantityKind.TIME)
_RANKS = (
    (DocumentKind.POLICY,),
    (DocumentKind.MANUAL, DocumentKind.PAGE),
    (DocumentKind.FAQ,),
    (DocumentKind.TRANSCRIPT, DocumentKind.CASE),
)
_RANK = {kind: rank for rank, kinds in enumerate(_RANKS) for kind in kinds}


@dataclass(frozen=True, slots=True)
class Settled:
    """What is left to answer with: `passages` without those that lost, the quotes, and the conflicts found."""

    extraction: Extraction
    passages: Sequence[Passage]
    conflicts: tuple[KnowledgeConflict, ...] = ()

    @property
    def undecided(self) -> bool:
        """Whether nothing decides a conflict."""
        return any(conflict.decided_by is ConflictBasis.NOTHING for conflict in self.conflicts)


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with its quantities and, apart from them, its content words."""

    quote: Quote
    where: Passage
    in_force: bool
    quantities: tuple[Quantity, ...]
    words: TermSet

    @property
    def standing(self) -> tuple[bool, int, int]:
        """What decides, in this order: in force or not, the effective date, the kind; less is better."""
        began = self.where.effective_from
        return (not self.in_force, -began.toordinal() if began else 0, _RANK[self.where.kind])


def can_conflict(extraction: Extraction) -> bool:
    """Tell whether the quotes give a value that another document may contradict."""
    return not extraction.steps and any(_values(quote.text) for quote in extraction.quotes)


def settled(extraction: Extraction, passages: Sequence[Passage], *, out_of_force: Sequence[Passage] = ()) -> Settled:
    """Compare what was quoted with what other documents say, and keep what holds.

    `out_of_force` are passages for the same question that hold on other days only.
    """
    if not can_conflict(extraction):
        return Settled(extraction, passages)
    others = [*_said(passages[:COMPARED], in_force=True), *_said(out_of_force[:COMPARED], in_force=False)]
    quotes, conflicts = list[Quote](), list[KnowledgeConflict]()
    for quote in extraction.quotes:
        own = _read(quote, passages[quote.passage], in_force=True)
        rivals = [other for other in others if _contradict(own, other)]
        best = min((own, *rivals), key=lambda each: each.standing)
        quotes.append(best.quote)
        conflicts += (_conflict(best, other) for other in (own, *rivals) if _contradict(best, other))
    kept = replace(extraction, quotes=tuple(dict.fromkeys(quotes)))
    return _without_losers(Settled(kept, passages, tuple(dict.fromkeys(conflicts))))


def _without_losers(found: Settled) -> Settled:
    """Leave out what was decided against, so that nothing is quoted or written from it."""
    lost = [each.against for each in found.conflicts if each.decided_by is not ConflictBasis.NOTHING]
    stays = [not any(_holds(passage, side) for side in lost) for passage in found.passages]
    place = {old: new for new, old in enumerate(at for at, stay in enumerate(stays) if stay)}
    quotes = (replace(each, passage=place[each.passage]) for each in found.extraction.quotes if each.passage in place)
    passages = [passage for passage, stay in zip(found.passages, stays, strict=True) if stay]
    return replace(found, extraction=replace(found.extraction, quotes=tuple(quotes)), passages=passages)


def _holds(passage: Passage, side: ConflictSide) -> bool:
    here = (passage.document_id, passage.version) == (side.document_id, side.version)
    return here and passage.span.start <= side.span.start < passage.span.end


def _said(passages: Sequence[Passage], *, in_force: bool) -> Iterator[_Said]:
    for sentence in candidate_sentences(passages):
        quote = Quote(sentence.passage, sentence.span, sentence.text)
        yield _read(quote, passages[sentence.passage], in_force=in_force)


def _read(quote: Quote, where: Passage, *, in_force: bool) -> _Said:
    found = _values(quote.text)
    rest = quote.text
    for each in found:
        rest = f"{rest[: each.span.start]}{' ' * len(each.span)}{rest[each.span.end :]}"
    counted = content_terms(rest, where.language)
    words = frozenset((kind, term) for kind in (TermKind.BIGRAM, TermKind.WORD) for term in counted.of(kind))
    return _Said(quote, where, in_force, found, words)


def _values(text: str) -> tuple[Quantity, ...]:
    return tuple(each for each in quantities(text) if each.kind in _KINDS)


def _contradict(one: _Said, other: _Said) -> bool:
    """Tell whether two sentences of different documents say the same of different values."""
    version, its = ((each.where.document_id, each.where.version) for each in (one, other))
    if version == its or kinship(one.where.language, other.where.language) is not Kinship.LANGUAGE:
        return False
    return _differ(one.quantities, other.quantities) and _alike(one, other)


def _differ(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Tell whether there are values of one kind on both sides, and none that both have."""
    common = {each.kind for each in ours} & {each.kind for each in theirs}
    values = [{value for each in side if each.kind in common for value in each.values} for side in (ours, theirs)]
    return bool(common) and values[0].isdisjoint(values[1])


def _alike(one: _Said, other: _Said) -> bool:
    """Tell whether they speak of the same: the same words but for those that only one side adds, the same codes."""
    shared, fewer = one.words & other.words, min(len(one.words), len(other.words))
    if len(shared) < max(FEWEST, SHARED * fewer) or _codes(one) != _codes(other):
        return False
    apart = one.words - shared and other.words - shared
    return not apart or len(shared) >= ALIKE * len(one.words | other.words)


def _codes(said: _Said) -> frozenset[str]:
    """Return the codes of products and errors that the sentence or the title of its document has."""
    found = CODE.findall(fold(f"{said.where.title}\n{said.quote.text}"))
    return frozenset(code for code in found if not code.isdigit())


def _conflict(best: _Said, other: _Said) -> KnowledgeConflict:
    bases = (ConflictBasis.VALIDITY, ConflictBasis.DATE, ConflictBasis.KIND)
    decisive = (basis for basis, a, b in zip(bases, best.standing, other.standing, strict=True) if a != b)
    return KnowledgeConflict(next(decisive, ConflictBasis.NOTHING), _side(best), _side(other))


def _side(said: _Said) -> ConflictSide:
    where = said.where
    return ConflictSide(
        document_id=where.document_id,
        version=where.version,
        title=where.title,
        uri=where.uri,
        kind=where.kind,
        span=said.quote.span,
        quote=said.quote.text,
        effective_from=where.effective_from,
        effective_until=where.effective_until,
    )
