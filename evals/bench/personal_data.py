"""Measure how much personal data is found, and how much of what is found is personal data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.domain.knowledge import Span
from engine.errors import InvalidInput
from engine.guard.findings import PersonalKind
from engine.guard.personal_data import find
from evals.datasets.jsonl import Record, read_records
from evals.sampling import chosen_half

__all__ = ["LabelledText", "PersonalDataScores", "Score", "bench_personal_data", "read_labelled_texts"]

KINDS: Mapping[str, PersonalKind] = {
    "CREDIT_CARD": PersonalKind.CARD,
    "PHONE_NUMBER": PersonalKind.PHONE,
    "EMAIL_ADDRESS": PersonalKind.EMAIL,
    "IBAN_CODE": PersonalKind.IBAN,
    "US_SSN": PersonalKind.US_SSN,
    "IP_ADDRESS": PersonalKind.IP,
    "DOMAIN_NAME": PersonalKind.URL,
    "PERSON": PersonalKind.NAME,
}
"""The measured types of presidio-research by our kinds; its domain names are links with their scheme."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text, where its personal data stands, and its language (BCP 47)."""

    text: str
    gold: frozenset[tuple[PersonalKind, Span]]
    language: str = "en"


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
    """Scores of each kind, of each language, of all together, and of all that patterns can find: not names."""

    texts: int
    overall: Score
    forms: Score
    kinds: Mapping[str, Score]
    languages: Mapping[str, Score]

    def as_json(self) -> dict[str, object]:
        """Return it as plain values, rounded."""
        kinds, languages = (
            {name: _rounded(score) for name, score in scores.items()} for scores in (self.kinds, self.languages)
        )
        whole = {"overall": _rounded(self.overall), "forms": _rounded(self.forms)}
        return {"texts": self.texts, **whole, "kinds": kinds, "languages": languages}


def read_labelled_texts(path: Path) -> tuple[LabelledText, ...]:
    """Read JSON lines with "full_text", "spans" (entity_type, start_position, end_position) and perhaps "language"."""
    return tuple(
        LabelledText(row.text("full_text"), frozenset(_gold(row)), row.text("language", default="en"))
        for row in read_records(path)
    )


def bench_personal_data(
    texts: Sequence[LabelledText], *, half: str = "all", sought: Collection[PersonalKind] = tuple(KINDS.values())
) -> PersonalDataScores:
    """Score `find` of the sought kinds on all texts, or on the "first" or "second" of two seeded halves."""
    if not texts:
        raise InvalidInput("There are no labelled texts.", remedy="Give a file that holds some.")
    chosen = chosen_half(range(len(texts)), half, seed=29, key=str)
    overall, forms = _Tally(), _Tally()
    kinds = {kind.value: _Tally() for kind in sought}
    languages = {language: _Tally() for language in sorted({texts[at].language for at in chosen})}
    for at in chosen:
        got = _found(texts[at], sought)
        forms.add(
            *(
                frozenset(each for each in marked if each[0] is not PersonalKind.NAME)
                for marked in (texts[at].gold, got)
            )
        )
        for tally in (overall, languages[texts[at].language]):
            tally.add(texts[at].gold, got)
        for kind in sought:
            kinds[kind.value].add(_of(kind, texts[at].gold), _of(kind, got))
    scores = ({name: tally.score() for name, tally in tallies.items()} for tallies in (kinds, languages))
    return PersonalDataScores(len(chosen), overall.score(), forms.score(), *scores)


_Marked = frozenset[tuple[PersonalKind, Span]]


@dataclass(slots=True)
class _Tally:
    """What is right, labelled and found so far."""

    right: int = 0
    gold: int = 0
    found: int = 0

    def add(self, gold: _Marked, found: _Marked) -> None:
        self.right += len(gold & found)
        self.gold += len(gold)
        self.found += len(found)

    def score(self) -> Score:
        """Return the shares; a share of nothing is 1."""
        precision = self.right / self.found if self.found else 1.0
        recall = self.right / self.gold if self.gold else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return Score(self.gold, self.found, precision, recall, f1)


def _found(text: LabelledText, sought: Collection[PersonalKind]) -> _Marked:
    kinds = frozenset(sought)
    return frozenset((each.kind, each.span) for each in find(text.text, text.language, kinds=kinds))


def _of(kind: PersonalKind, marked: _Marked) -> _Marked:
    return frozenset(each for each in marked if each[0] is kind)


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


def _rounded(score: Score) -> dict[str, float]:
    return {name: round(value, 3) for name, value in asdict(score).items()}
