"""How sure a draft should be: `python -m evals.fit_drafts`, on one seeded half of the sample's golden questions.

Prints for each confidence, by half: how many questions would be quoted to, how many of those quotes are right, and how
many questions that the knowledge does not answer would be quoted to all the same.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from engine.assembly import build_engine
from engine.assist.drafts.evidence import Evidence, evidence_for
from engine.assist.suggesting.situation import situation_of
from engine.domain.channel import Channel
from engine.domain.conversation import Role, Turn
from engine.domain.suggestion import SuggestionRequest
from engine.service import Engine
from engine.settings import load_settings
from evals.bench.sample import ingest_folder
from evals.datasets.golden import SAMPLE_FOLDER, GoldenQuestion, load_golden
from evals.metrics.normalize import normalize
from evals.sampling import halves

__all__ = ["Weighed", "rows", "weighed"]

KNOWLEDGE_BASE = "bench"
SEED = 23
CONFIDENCES = (0.55, 0.5, 0.45, 0.4, 0.35, 0.3, 0.25)


@dataclass(frozen=True, slots=True)
class Weighed:
    """How sure the evidence for a question is, whether it is right, and whether there is an answer at all."""

    confidence: float
    right: bool
    answerable: bool

    @classmethod
    def of(cls, question: GoldenQuestion, evidence: Evidence) -> Weighed:
        """Compare evidence with the golden answers."""
        said = normalize("\n".join(quote.text for quote in evidence.extraction.quotes))
        right = any(normalize(answer) in said for answer in question.answers)
        return cls(evidence.confidence, right, bool(question.answers))


def weighed(engine: Engine, questions: Sequence[GoldenQuestion]) -> Iterator[Weighed]:
    """Yield what the evidence for each question is worth; where it has to be asked back, nothing is quoted."""
    for question in questions:
        request = SuggestionRequest(turns=(Turn(Role.CUSTOMER, question.text),))
        situation = situation_of(KNOWLEDGE_BASE, request, engine.parts.detector, limit=len(question.text) + 1)
        evidence = evidence_for(engine, situation, situation.language, Channel.CHAT)
        if evidence.clarify is None:
            yield Weighed.of(question, evidence)


def rows(found: Sequence[Weighed]) -> Iterator[tuple[float, int, int, int]]:
    """Yield confidence, questions that are quoted to, right quotes among them, and those without an answer."""
    for least in CONFIDENCES:
        quoted = [each for each in found if each.confidence >= least]
        yield least, len(quoted), sum(each.right for each in quoted), sum(not each.answerable for each in quoted)


def main() -> None:
    """Print the tables of both halves."""
    alone = [each for each in load_golden(SAMPLE_FOLDER / "golden") if not each.history]
    fitted, reported = halves(alone, seed=SEED, key=lambda each: each.id)
    with tempfile.TemporaryDirectory(prefix="knowdesk-fit-") as scratch:
        engine = build_engine(load_settings(data_dir=Path(scratch) / "data"))
        try:
            ingest_folder(engine, KNOWLEDGE_BASE)
            for name, half in (("fitted", fitted), ("reported", reported)):
                found = list(weighed(engine, half))
                table = Table(
                    "confidence", "quoted", "right", "without answer", title=f"{name}: {len(found)} questions"
                )
                for row in rows(found):
                    table.add_row(*map(str, row))
                Console().print(table)
        finally:
            engine.close()


if __name__ == "__main__":
    main()
