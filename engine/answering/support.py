"""Find the sentences of the evidence that a sentence of an answer rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from engine.answering.coverage import QuestionTerms, TermSet, rarity, term_set
from engine.domain.knowledge import Span
from engine.domain.search import Passage
from engine.languages.folding import fold
from engine.languages.quantities import QuantityKind, quantities, quantities_supported
from engine.languages.scripts import SCRIPTS, dominant_script
from engine.languages.sentences import sentences

__all__ = ["Basis", "Claim", "EvidencePool", "Support", "Unsupported"]

# Weighted share of a sentence's content terms that must stand in the evidence: above all invented sentences of
# tests/golden/test_grounding_pairs.py, below all but a few faithful ones.
MIN_COVERAGE = 0.55
COST = 0.1  # what a further sentence must add to be cited: the more are put together, the more is covered by chance
MAX_CITED = 3  # sentences of evidence for one sentence of the answer

_LIST_MARK = re.compile(r"\s*(?:(?:\d{1,2}|[a-z])\s*[.)、．:]|[-*•・#>]+)\s+")
_LATIN_WORD = re.compile(r"[a-z][a-z0-9]+")


class Unsupported(StrEnum):
    """Why a sentence does not stand on the evidence."""

    NOT_FOUND = "not_found"
    QUANTITY = "quantity"
    CODE = "code"
    UNCITED_TRANSLATION = "uncited_translation"


class Basis(StrEnum):
    """What was compared: the wording, or across languages only numbers, Latin names and codes."""

    WORDING = "wording"
    TRANSLATION = "translation"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence to be checked, the passages it cites (indices; empty: none), and its language (BCP 47, "" unknown)."""

    text: str
    cited: tuple[int, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Support:
    """The evidence of a claim: (passage index, span of the stored text), and the share of its terms found, 0..1."""

    citations: tuple[tuple[int, Span], ...]
    coverage: float
    basis: Basis


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: int
    span: Span
    text: str
    terms: TermSet


class EvidencePool:
    """Passages, split and counted once, against which sentences are checked.

    The title and the headings of a passage count as known when it is read: they name what the passage speaks of.
    They are no evidence for numbers, and are not cited.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._headings = [" ".join((passage.title, *passage.section)) for passage in passages]
        self._sentences = [self._split(index) for index in range(len(passages))]
        self._heading_terms = [term_set(text, passages[index].language) for index, text in enumerate(self._headings)]
        every = [sentence for found in self._sentences for sentence in found]
        self._frequency = Counter(
            term for sentence in every for term in sentence.terms | self._heading_terms[sentence.passage]
        )
        self._total = len(every)

    def check(self, claim: Claim) -> Support | Unsupported:
        """Return what the claim rests on.

        Cited passages are read together. A claim that cites none must rest on a single passage. Across languages
        the wording cannot be compared: then the claim must cite, and its numbers, Latin names and codes must stand
        in the cited passage. Whether it translates the passage faithfully is not checked.
        """
        groups = [claim.cited] if claim.cited else [(index,) for index in range(len(self._passages))]
        text = _LIST_MARK.sub("", claim.text, count=1)
        results = [self._by_wording(replace(claim, text=text), group) for group in groups]
        supports = [result for result in results if isinstance(result, Support)]
        if supports:
            return max(supports, key=lambda support: support.coverage)
        if groups and self._is_translation(text, claim.language, groups):
            return self._by_translation(text, claim.cited)
        reasons = [result for result in results if isinstance(result, Unsupported)]
        return next((reason for reason in reasons if reason is not Unsupported.NOT_FOUND), Unsupported.NOT_FOUND)

    def _by_wording(self, claim: Claim, group: Sequence[int]) -> Support | Unsupported:
        language = claim.language or self._passages[group[0]].language
        wanted = self._weighed(claim.text, language)
        chosen = _chosen([sentence for index in group for sentence in self._sentences[index]], wanted)
        coverage = wanted.coverage(self._read(chosen))
        if coverage - COST * (len(chosen) - 1) < MIN_COVERAGE:
            return Unsupported.NOT_FOUND
        context = "\n".join(self._headings[index] for index in group)
        wrong = _unsupported_quantity(claim.text, _quoted(chosen), context=context)
        return wrong or Support(
            tuple((sentence.passage, sentence.span) for sentence in chosen), coverage, Basis.WORDING
        )

    def _by_translation(self, text: str, cited: tuple[int, ...]) -> Support | Unsupported:
        if not cited:
            return Unsupported.UNCITED_TRANSLATION
        texts = "\n".join(self._passages[index].text for index in cited)
        context = "\n".join(self._headings[index] for index in cited)
        names = set() if dominant_script(text) == "Latn" else set(_LATIN_WORD.findall(fold(text)))
        if not names <= set(_LATIN_WORD.findall(fold(f"{context}\n{texts}"))):
            return Unsupported.CODE
        wrong = _unsupported_quantity(text, texts, context=context)
        citations = self._nearest(text, cited)
        return wrong or (Support(citations, 0.0, Basis.TRANSLATION) if citations else Unsupported.NOT_FOUND)

    def _nearest(self, text: str, cited: tuple[int, ...]) -> tuple[tuple[int, Span], ...]:
        """Return the cited sentences that share the claim's numbers and names, or all of them if that is not enough."""
        candidates = [sentence for index in cited for sentence in self._sentences[index]]
        chosen = _chosen(candidates, QuestionTerms.among(text, "", ()))
        enough = chosen and quantities_supported(text, _quoted(chosen))
        return tuple((sentence.passage, sentence.span) for sentence in (chosen if enough else candidates))

    def _is_translation(self, text: str, language: str, groups: Sequence[Sequence[int]]) -> bool:
        """Tell whether the claim is in the language it should be in, and all the passages are in others."""
        script = dominant_script(text)
        primary = language.partition("-")[0]
        if script is None or (primary and primary not in SCRIPTS[script].languages):
            return False
        return all(self._differs(script, primary, index) for group in groups for index in group)

    def _differs(self, script: str, primary: str, index: int) -> bool:
        passage = self._passages[index]
        if primary and passage.language:
            return primary != passage.language.partition("-")[0]
        return dominant_script(passage.text) not in {script, None}

    def _split(self, index: int) -> list[_Sentence]:
        passage = self._passages[index]
        found = []
        for span in sentences(passage.text, offset=passage.span.start):
            text = passage.text[span.start - passage.span.start : span.end - passage.span.start]
            found.append(_Sentence(index, span, text, term_set(text, passage.language)))
        return found

    def _read(self, chosen: Sequence[_Sentence]) -> TermSet:
        known = (sentence.terms | self._heading_terms[sentence.passage] for sentence in chosen)
        return frozenset().union(*known)

    def _weighed(self, text: str, language: str) -> QuestionTerms:
        """Weigh the claim's content terms by their rarity; numbers are left to the check of quantities.

        BM25's inverse document frequency over the sentences at hand. A term that none has weighs as much as one
        that a single sentence has: with few sentences, its absence says little about how telling it is.
        """
        found = QuestionTerms.among(text, language, ())
        every = sorted({*found.characters, *found.others})
        words = [term for term in every if not any(char.isdigit() for char in term[1])] or every
        seen = {term: max(1, self._frequency[term]) for term in words}
        weights = {term: rarity(n, self._total) for term, n in seen.items()}
        characters = {term: weight for term, weight in weights.items() if term in found.characters}
        return QuestionTerms(characters, {term: weights[term] for term in weights if term not in characters})


def _quoted(found: Sequence[_Sentence]) -> str:
    return "\n".join(sentence.text for sentence in found)


def _chosen(candidates: Sequence[_Sentence], wanted: QuestionTerms) -> list[_Sentence]:
    """Return, in reading order, the few sentences whose own words together cover most of `wanted`."""
    chosen: list[_Sentence] = []
    covered: TermSet = frozenset()
    coverage = 0.0
    while candidates and len(chosen) < MAX_CITED:
        best = max(candidates, key=lambda sentence: wanted.coverage(covered | sentence.terms))
        reached = wanted.coverage(covered | best.terms)
        if reached - coverage <= (COST if chosen else 0):
            break
        chosen.append(best)
        covered, coverage = covered | best.terms, reached
    return sorted(chosen, key=lambda sentence: (sentence.passage, sentence.span.start))


def _unsupported_quantity(claim: str, quoted: str, *, context: str) -> Unsupported | None:
    """Return what is wrong with the claim's quantities: codes may stand in the context, all others must be quoted."""
    found = [quantity.span for quantity in quantities(claim) if quantity.kind is QuantityKind.CODE]
    codes = [span.of(claim) for span in found]
    if not all(quantities_supported(code, f"{context}\n{quoted}") for code in codes):
        return Unsupported.CODE
    rest = claim
    for span in found:
        rest = rest[: span.start] + " " * len(span) + rest[span.end :]
    return None if quantities_supported(rest, quoted) else Unsupported.QUANTITY
