"""What speaks for a sentence as the answer to a question, and how much each of it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from typing import NamedTuple

from engine.answering.coverage import QuestionTerms, TermSet, content_set, term_lookup
from engine.answering.evidence import Sentence
from engine.answering.questions import EXPECTED, answers_type, question_focus, question_types
from engine.domain.search import Passage
from engine.languages.folding import fold
from engine.languages.kinship import Kinship, kinship
from engine.languages.registry import profile_for
from engine.ports import Reranker

__all__ = ["WEIGHTS", "Judged", "SentenceFeatures", "judged"]

HEADING_DECAY = 0.7  # of what a heading says for each sentence further below it


class SentenceFeatures(NamedTuple):
    """What a sentence has, each 0..1 but `late` and `late_end`, -1..1.

    `relevance`: score of its passage over that of the best one. `beyond`: weighed share that it has of those terms of
    the question that the passage's title and sections do not say for all of its sentences; what its heading adds fades
    with the distance. `before`, `after`: what the
    sentence before or after it would add to its share of all terms. `focus`: share of the terms around the question
    word. `late`: what the reranker makes of it, `late_end`: for the second half of the question alone. `fits`,
    `misses`: it has, or lacks, the form that the question asks for. Across languages words cannot be compared: there
    the reranker stands in for them.
    """

    relevance: float = 0.0
    before: float = 0.0
    after: float = 0.0
    beyond: float = 0.0
    focus: float = 0.0
    late: float = 0.0
    late_end: float = 0.0
    fits: float = 0.0
    misses: float = 0.0

    def score(self, weights: SentenceFeatures) -> float:
        """Return the weighted sum."""
        return float(sum(map(mul, self, weights)))


# Fitted by `python -m evals.fit_extraction --golden` on one seeded half of the questions of CMRC 2018, DRCD, JaQuAD,
# XQuAD-R in English, Chinese and German, and of the sample's golden questions, every set counting alike; a score is
# the logarithm of the odds against the other sentences.
WEIGHTS = SentenceFeatures(
    relevance=5.24, before=2.24, after=2.32, beyond=4.74, focus=1.81, late=5.12, late_end=0.94, fits=1.19, misses=-0.43
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its features; `coverage`: its weighed share of all the question's terms, with its heading's."""

    sentence: Sentence
    features: SentenceFeatures
    coverage: float


def judged(
    question: str,
    language: str,
    passages: Sequence[Passage],
    candidates: Sequence[Sentence],
    *,
    reranker: Reranker | None = None,
) -> list[Judged]:
    """Return the candidates, which are sentences of `passages` in order, with what speaks for each."""
    return _Judging(question, language, passages, candidates, reranker).all()


class _Judging:
    """One question before its candidates; what is asked of each is worked out once."""

    def __init__(
        self,
        question: str,
        language: str,
        passages: Sequence[Passage],
        candidates: Sequence[Sentence],
        reranker: Reranker | None,
    ) -> None:
        self._question, self._language = question, language
        self._passages, self._candidates = passages, candidates
        self._wanted = content_set(question, language)
        self._held = [self._in(each.text, each.passage) for each in candidates]
        headings = {each: self._in(*each) for each in {(each.heading, each.passage) for each in candidates}}
        self._headings = [headings[each.heading, each.passage] for each in candidates]
        self._topics = [self._in(" ".join((p.title, *p.section)), index) for index, p in enumerate(passages)]
        self._terms = QuestionTerms.weighed(self._wanted, self._held)
        self._weights = self._terms.weights
        self._focus = content_set(question_focus(question, language), language) & self._wanted
        self._types = question_types(question, language) & EXPECTED.keys()  # others have no form to miss
        texts = [each.text for each in candidates]
        self._late = _relevances(question, texts, reranker)
        self._late_end = _relevances(_second_half(question, language), texts, reranker)
        self._top = max((passage.score for passage in passages), default=0.0)

    def all(self) -> list[Judged]:
        found = []
        for index in range(len(self._passages)):
            places = [place for place, each in enumerate(self._candidates) if each.passage == index]
            found += [self._one(place, places) for place in places]
        return found

    def _one(self, place: int, places: Sequence[int]) -> Judged:
        """Judge one candidate; `places` are those of all candidates of its passage."""
        sentence = self._candidates[place]
        passage = self._passages[sentence.passage]
        late, late_end = self._late[place], self._late_end[place]
        verdicts = {answers_type(kind, sentence.text, self._question) for kind in self._types}
        features = SentenceFeatures(
            relevance=passage.score / self._top if self._top > 0 else 0.0,
            late=late,
            late_end=late_end,
            fits=float(True in verdicts),
            misses=float(verdicts == {False}),
        )
        if kinship(self._language, passage.language) is not Kinship.LANGUAGE:
            return Judged(sentence, features._replace(beyond=late, focus=late_end), late)
        held, fading = self._held[place], HEADING_DECAY**sentence.distance
        own, below = self._terms.coverage(held), held | self._headings[place]
        left = self._wanted - self._topics[sentence.passage]
        alone = self._share(left, held)
        features = features._replace(
            before=self._terms.coverage(held | self._held[place - 1]) - own if place > places[0] else 0.0,
            after=self._terms.coverage(held | self._held[place + 1]) - own if place < places[-1] else 0.0,
            beyond=alone + fading * (self._share(left, below) - alone),
            focus=self._share(self._focus, held),
        )
        return Judged(sentence, features, own + fading * (self._terms.coverage(below) - own))

    def _in(self, text: str, passage: int) -> TermSet:
        known = term_lookup(text, self._passages[passage].language)
        return frozenset(term for term in self._wanted if term in known)

    def _share(self, wanted: TermSet, held: TermSet) -> float:
        """Return the weighed share of `wanted` that is held; 0 where nothing is wanted."""
        total = sum(self._weights[term] for term in wanted)
        return sum(self._weights[term] for term in wanted & held) / total if total else 0.0


def _second_half(question: str, language: str) -> str:
    """Return where in many languages the question says what it wants to know, after what it is about."""
    folded = fold(question)
    if not profile_for(language).spaced:
        return folded[len(folded) // 2 :]
    words = folded.split()
    return " ".join(words[len(words) // 2 :])


def _relevances(question: str, texts: Sequence[str], reranker: Reranker | None) -> list[float]:
    """Return what the reranker makes of each text; 0 without one."""
    if reranker is None or not texts or not question.strip():
        return [0.0] * len(texts)
    return [float(value) for value in reranker.relevance(question, texts)]
