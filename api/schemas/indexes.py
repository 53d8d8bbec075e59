"""Indexes of a knowledge base."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import ConfigDict, Field, JsonValue, StringConstraints

from api.schemas.base import CONTROL, Flag, Fraction, FreeText, LanguageTag, Model
from engine.domain.trial import TOLERANCE, IndexTrial
from engine.encoder.gain import Asked
from engine.ports import BuiltIndex
from ingestion.jobs.values import REEMBED, JobSpec, Reembed, SourceSpec
from ingestion.reembedding.gate import Gate

__all__ = ["FIRST", "AskedIn", "FoundOut", "IndexIn", "IndexOut", "IndexesOut", "TrialOut", "slot_of"]

FIRST = "1"
"""The id of the index that is made first."""
Uri = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
QUESTION: Final[dict[str, JsonValue]] = {
    "text": "How long may I return unused goods?",
    "documents": ["en/returns.md"],
    "language": "en",
}
INDEX_CALL: Final[dict[str, JsonValue]] = {"model": "bundled", "questions": [QUESTION]}
INDEX: Final[dict[str, JsonValue]] = {
    "id": "2",
    "in_use": True,
    "source": "bundled",
    "model": "knowdesk-static-multilingual",
    "revision": "5f6ff800d40bc9348f8846e75b24e1a2",
    "dimension": 352,
    "trial": {
        "passed": True,
        "own_questions": False,
        "tolerance": 0.01,
        "found": [{"language": "", "questions": 200, "before": 0.71, "after": 0.78}],
    },
}


class AskedIn(Model):
    """A question, and the documents any of which answers it."""

    text: Annotated[FreeText, StringConstraints(min_length=1, max_length=2000)] = Field(description="As it is asked.")
    documents: tuple[Uri, ...] = Field(min_length=1, max_length=50, description="Their uris.")
    language: LanguageTag | None = Field(default=None, description="Detected if left out, and then not told apart.")

    def to_domain(self) -> Asked:
        """Convert to what the comparison takes."""
        return Asked(self.text, frozenset(self.documents), self.language or "")


class IndexIn(Model):
    """An index to be built with another model, compared with the one in use, and then used."""

    model: Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=rf"^[^{CONTROL}]+$")] = Field(
        description="One of the models that the server's settings permit; `bundled` is the encoder that comes along.",
        examples=["bundled"],
    )
    again: Flag = Field(default=False, description="Also if the index in use is built with that model.")
    questions: tuple[AskedIn, ...] = Field(
        default=(), max_length=2000, description="To compare with; titles of some pages if there are none."
    )
    tolerance: Annotated[Fraction, Field(ge=0, le=1)] = Field(
        default=TOLERANCE, description="How much lower MRR@10 may be, in all and in each language."
    )

    model_config = ConfigDict(json_schema_extra={"examples": [INDEX_CALL]})

    def to_spec(self, knowledge_base: str) -> JobSpec:
        """Convert to what the job service takes."""
        gate = Gate(tuple(each.to_domain() for each in self.questions), self.tolerance)
        order = Reembed(self.model, again=self.again, gate=gate)
        return JobSpec(knowledge_base, (SourceSpec(REEMBED, self.model),), reembed=order)


class FoundOut(Model):
    """MRR@10 of the questions of a language: in the index in use, and in the one that was tried."""

    language: str = Field(description="Empty for all questions.")
    questions: int
    before: float
    after: float


class TrialOut(Model):
    """How an index did beside the one in use."""

    passed: Flag
    own_questions: Flag = Field(description="The questions were titles of the pages themselves.")
    tolerance: float
    found: tuple[FoundOut, ...] = Field(description="All questions, then each language that has enough of them.")

    @classmethod
    def told(cls, trial: IndexTrial) -> TrialOut:
        """Convert from the domain's."""
        found = (
            FoundOut(language=name, questions=each.questions, before=each.before, after=each.after)
            for name, each in trial.found.items()
        )
        return cls(passed=trial.passed, own_questions=trial.own, tolerance=trial.tolerance, found=tuple(found))


class IndexOut(Model):
    """An index: what it is built with, and how it did when it was compared with the one in use."""

    id: str
    in_use: Flag
    source: str = Field(description="What is loaded to search it; empty: the model that the settings name.")
    model: str
    revision: str
    dimension: int
    trial: TrialOut | None


class IndexesOut(Model):
    """All indexes of a knowledge base, the one in use first."""

    items: tuple[IndexOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [INDEX]}]})

    @classmethod
    def listed(cls, found: tuple[BuiltIndex, ...]) -> IndexesOut:
        """Convert from the engine's, of which the first is in use."""
        return cls(items=tuple(_shown(each, in_use=each is found[0]) for each in found))


def slot_of(id: str) -> str:
    """Return the slot of an index with that id."""
    return "" if id == FIRST else id


def _shown(built: BuiltIndex, *, in_use: bool) -> IndexOut:
    return IndexOut(
        id=built.slot or FIRST,
        in_use=in_use,
        source=built.source,
        model=built.signature.model,
        revision=built.signature.revision,
        dimension=built.signature.dimension,
        trial=TrialOut.told(built.trial) if built.trial else None,
    )
