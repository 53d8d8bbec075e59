"""Fit how sure answers from one knowledge base may be, on its owner's golden questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from engine.answering.calibration import log_odds, probability, thresholds
from engine.domain.calibration import Calibration
from engine.errors import InvalidInput
from evals.asking import Asked, Judged, ask
from evals.datasets.golden import GoldenQuestion
from evals.metrics import RiskPoint, auroc, expected_calibration_error, risk_coverage
from evals.platt import platt
from evals.sampling import shuffled
from evals.subject import Subject

__all__ = ["FEWEST", "FEWEST_OF_EACH", "CalibrationReport", "Outcome", "fit", "outcomes"]

FEWEST = 60
"""Questions: of corrections on 60 drawn at random at most 12 in 100 were worse than none, on 30 up to 38."""
FEWEST_OF_EACH = 8
"""Right answers, and wrong or missing ones: without both there is nothing to tell apart."""
FOLDS = 10
SEED = 13


@dataclass(frozen=True, slots=True)
class Outcome:
    """How sure the engine was of its answer to a question, by the shipped models, and whether it was right."""

    id: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class CalibrationReport:
    """A calibration beside what it changes; `after` was measured on questions that the correction was not fitted on."""

    calibration: Calibration
    before: dict[str, float]
    after: dict[str, float]
    risk_coverage: tuple[RiskPoint, ...]

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        return asdict(self)


def outcomes(subject: Subject, questions: Sequence[GoldenQuestion]) -> Iterator[Outcome]:
    """Ask each question with nothing withheld; an answer is right if it contains the gold answer.

    Where a question names documents but no wording, it is right if it cites one of them. An answer to a question out
    of scope is never right. Questions that are handed over, asked back or find nothing tell nothing and are left out.
    """
    for each in questions:
        judged = ask(subject, Asked(each.id, each.text, each.answers, each.history), threshold=0.0)
        if judged.text is not None:
            yield Outcome(each.id, judged.confidence, _right(each, judged))


def _right(question: GoldenQuestion, judged: Judged) -> bool:
    return judged.contained if question.answers else not set(question.documents).isdisjoint(judged.cited)


def fit(found: Sequence[Outcome], *, basis: str, today: str) -> CalibrationReport:
    """Fit a correction to all outcomes, and measure it by cross-validation; InvalidInput if there are too few."""
    right = sum(each.right for each in found)
    if len(found) < FEWEST or min(right, len(found) - right) < FEWEST_OF_EACH:
        raise InvalidInput(
            f"A calibration needs {FEWEST} questions or more, and {FEWEST_OF_EACH} right and wrong answers among "
            f"them; there are {len(found)}, {right} answered rightly.",
            remedy="Add golden questions, some of them without an answer in the knowledge base.",
        )
    order = shuffled(found, seed=SEED, key=lambda each: each.id)
    held_out: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        trained = _corrected([each for at, each in enumerate(order) if at % FOLDS != fold], order[fold::FOLDS])
        held_out += [(sure, each.right) for sure, each in zip(trained, order[fold::FOLDS], strict=True)]
    sure, verdicts = [confidence for confidence, _ in held_out], [is_right for _, is_right in held_out]
    slope, intercept = _platt(order)
    table = thresholds(_corrected(order, order))
    before = _measured([each.confidence for each in order], [each.right for each in order])
    return CalibrationReport(
        Calibration(slope, intercept, table, len(order), basis, today),
        before,
        _measured(sure, verdicts),
        risk_coverage(sure, verdicts),
    )


def _platt(found: Sequence[Outcome]) -> tuple[float, float]:
    slope, intercept = platt([log_odds(each.confidence) for each in found], [each.right for each in found])
    return round(slope, 4), round(intercept, 4)


def _corrected(fitted_on: Sequence[Outcome], asked: Sequence[Outcome]) -> list[float]:
    slope, intercept = _platt(fitted_on)
    return [probability(slope * log_odds(each.confidence) + intercept) for each in asked]


def _measured(sure: Sequence[float], right: Sequence[bool]) -> dict[str, float]:
    return {
        "auroc": auroc(sure, right),
        "ece": expected_calibration_error(sure, right),
        "mean_confidence": sum(sure) / len(sure),
        "right": sum(right) / len(right),
    }
