"""How sure the engine is that its answer is right: logistic models of a few signals, no single raw score.

A model tells a passage that holds the answer from the best of the rest; a scale turns that into the probability that
the answer is right, since a sentence may be missed in the right passage. All numbers were fitted by

    python -m evals.fit_confidence FOLDER... --golden --faq FOLDER

on one seeded half of the questions of CMRC 2018, DRCD, JaQuAD, XQuAD-R (en, zh, de, es; across them for ACROSS),
CLINC150 (WORDINGS) and of the sample's golden questions (the scale HEADED).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum

from engine.answering.calibration import probability
from engine.answering.extract import Extraction
from engine.answering.neighbours import Neighbours, neighbours
from engine.answering.signals import Signals, signals
from engine.domain.knowledge import stable_id
from engine.domain.search import Passage
from engine.languages.kinship import Kinship, kinship
from engine.ports import Reranker

__all__ = [
    "BASIS",
    "MODELS",
    "SCALES",
    "Judgement",
    "Matter",
    "Model",
    "Scale",
    "confidence",
    "estimate",
    "judged",
    "matter_of",
]


class Matter(StrEnum):
    """What sort of question and knowledge is judged; each has a scale of its own.

    HEADED: the passage stands under headings, as in help pages; their questions are put less literally than those about
    plain text, which is told apart by language: CHINESE, JAPANESE, PLAIN for all others. ACROSS: passage and question
    are in different languages. WORDINGS: see `neighbours`.
    """

    HEADED = "headed"
    CHINESE = "chinese"
    JAPANESE = "japanese"
    PLAIN = "plain"
    ACROSS = "across"
    WORDINGS = "wordings"


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model of the signals."""

    intercept: float
    coefficients: Signals | Neighbours

    def score(self, found: Signals | Neighbours) -> float:
        """Return the log-odds that the answer stands in the passages."""
        weighed: float = sum(a * b for a, b in zip(astuple(self.coefficients), astuple(found), strict=True))
        return self.intercept + weighed


@dataclass(frozen=True, slots=True)
class Scale:
    """From a model's log-odds to the probability of a right answer, `ceiling` at the most."""

    slope: float = 1.0
    intercept: float = 0.0
    ceiling: float = 1.0

    def probability(self, score: float) -> float:
        """Return ceiling / (1 + exp(-(slope * score + intercept)))."""
        return self.ceiling * probability(self.slope * score + self.intercept)


WITHIN = Model(
    -3.903,
    Signals(passage=1.412, strength=1.8, close=2.181, pairs=1.16, gap=0.251, lead=0.164, late=2.747, cosine=0.589),
)
ACROSS = Model(0.763, Signals(gap=0.139, lead=1.341, late=4.454, cosine=2.336))
WORDINGS = Model(-6.594, Neighbours(near=11.619, agreement=1.476, union=6.845))
MODELS: Mapping[Matter, Model] = {
    Matter.HEADED: WITHIN,
    Matter.CHINESE: WITHIN,
    Matter.JAPANESE: WITHIN,
    Matter.PLAIN: WITHIN,
    Matter.ACROSS: ACROSS,
    Matter.WORDINGS: WORDINGS,
}
SCALES: Mapping[Matter, Scale] = {
    Matter.HEADED: Scale(slope=0.566, intercept=0.647, ceiling=0.954),
    Matter.CHINESE: Scale(slope=1.403, intercept=-0.27, ceiling=0.909),
    Matter.JAPANESE: Scale(slope=1.704, intercept=0.127, ceiling=0.847),
    Matter.PLAIN: Scale(slope=0.967, intercept=-0.007, ceiling=0.918),
    Matter.ACROSS: Scale(slope=2.392, intercept=0.893, ceiling=0.7),
    Matter.WORDINGS: Scale(slope=0.617, intercept=-1.301, ceiling=0.98),
}
BASIS = stable_id(repr((MODELS, SCALES)))[:8]
"""What names these numbers: calibrations of knowledge bases correct them and no others."""


def matter_of(language: str, passages: Sequence[Passage]) -> Matter:
    """Return what is judged, by the question's language (BCP 47) and the best passage, neighbours left aside.

    ACROSS relies on the reranker; without one, words of another language are hardly found: the safer error.
    """
    if not passages:
        return Matter.PLAIN
    best = passages[0]
    if "late" in best.scores and kinship(language, best.language) is not Kinship.LANGUAGE:
        return Matter.ACROSS
    if best.section:
        return Matter.HEADED
    return {"zh": Matter.CHINESE, "ja": Matter.JAPANESE}.get(language.partition("-")[0], Matter.PLAIN)


def confidence(found: Signals | Neighbours, matter: Matter) -> float:
    """Return the probability, 0..1, that the answer is right."""
    return SCALES[matter].probability(MODELS[matter].score(found))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was judged, by which signals."""

    matter: Matter
    signals: Signals | Neighbours

    @property
    def probability(self) -> float:
        """The probability, 0..1, that the answer is right."""
        return confidence(self.signals, self.matter)


def estimate(
    question: str,
    language: str,
    passages: Sequence[Passage],
    extraction: Extraction,
    *,
    reranker: Reranker | None = None,
) -> float:
    """Return the probability that what was extracted from retrieved passages, best first, answers the question."""
    return judged(question, language, passages, extraction, reranker=reranker).probability


def judged(
    question: str,
    language: str,
    passages: Sequence[Passage],
    extraction: Extraction,
    *,
    reranker: Reranker | None = None,
) -> Judgement:
    """Judge what was extracted from retrieved passages, best first."""
    around = neighbours(question, passages, reranker)
    if around:
        return Judgement(Matter.WORDINGS, around)
    return Judgement(matter_of(language, passages), signals(question, language, passages, extraction))
