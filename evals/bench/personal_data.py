"""Measure how much personal data is found, and how much of what is found is personal data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.domain.knowledge import Span
from engine.errors import InvalidInput
from engine.guard.findings import PersonalKind
from engine.guard.personal_data import find
from evals.datasets.jsonl import Record, read_records
from evals.sampling import halves

__all__ = ["LabelledText", "PersonalDataScores", "Score", "bench_personal_data", "read_labelled_texts"]

KINDS: Mapping[str, PersonalKind] = {
    "CREDIT_CARD": PersonalKind.CARD,
    "PHONE_NUMBER": PersonalKind.PHONE,
    "EMAIL_ADDRESS": PersonalKind.EMAIL,
    "IBAN_CODE": PersonalKind.IBAN,
    "US_SSN": PersonalKind.US_SSN,
    "IP_ADDRESS": PersonalKind.IP,
    "DOMAIN_NAME": PersonalKind.URL,
}
"""The measured types of presidio-research by our kinds; its domain names are links with their scheme."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text and where its personal data stands."""

    text: str
    gold: frozenset[tuple[PersonalKind, Span]]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 over exact spans; `gold` and `found` are counts. A share of nothing is 1."""

    gold: int
    found: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class PersonalDataScores:
    """Scores of each kind and of all together."""

    texts: int
    overall: Score
    kinds: Mapping[str, Score]

    def as_json(self) -> dict[str, object]:
        """Return it as plain values, rounded."""
        kinds = {name: _rounded(score) for name, score in self.kinds.items()}
        return {"texts": self.texts, "overall": _rounded(self.overall), "kinds": kinds}


def read_labelled_texts(path: Path) -> tuple[LabelledText, ...]:
    """Read JSON lines with "full_text" and "spans" (entity_type, start_position, end_position)."""
    return tuple(LabelledText(row.text("full_text"), frozenset(_gold(row))) for row in read_records(path))


def bench_personal_data(texts: Sequence[LabelledText], *, half: str = "all") -> PersonalDataScores:
    """Score `find` on all English texts, or on the "first" or "second" of two seeded halves."""
    first, second = halves(range(len(texts)), seed=29, key=str)
    chosen = {"all": (*first, *second), "first": first, "second": second}.get(half)
    if chosen is None:
        raise InvalidInput(f"There is no half {half!r}.", remedy="Choose all, first or second.")
    measured = frozenset(KINDS.values())
    right, gold, found = Counter[PersonalKind](), Counter[PersonalKind](), Counter[PersonalKind]()
    for at in chosen:
        got = {(each.kind, each.span) for each in find(texts[at].text, "en", kinds=measured)}
        gold.update(kind for kind, _ in texts[at].gold)
        found.update(kind for kind, _ in got)
        right.update(kind for kind, _ in got & texts[at].gold)
    kinds = {kind.value: _score(right[kind], gold[kind], found[kind]) for kind in KINDS.values()}
    return PersonalDataScores(len(chosen), _score(right.total(), gold.total(), found.total()), kinds)


def _gold(row: Record) -> Iterator[tuple[PersonalKind, Span]]:
    for span in row.records("spans"):
        kind = KINDS.get(span.text("entity_type"))
        if kind is not None:
            yield kind, Span(_place(span, "start_position"), _place(span, "end_position"))


def _place(span: Record, key: str) -> int:
    value = span.values.get(key)
    if not isinstance(value, int):
        raise span.error(f'needs a number "{key}"')
    return value


def _score(right: int, gold: int, found: int) -> Score:
    precision, recall = right / found if found else 1.0, right / gold if gold else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(gold, found, precision, recall, f1)


def _rounded(score: Score) -> dict[str, float]:
    return {name: round(value, 3) for name, value in asdict(score).items()}
