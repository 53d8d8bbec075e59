"""Measure whether instructions planted in documents are found, and whether they reach an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.answering.request import AnswerRequest
from engine.domain.knowledge import Document
from engine.domain.search import SearchFilter
from engine.errors import InvalidInput
from engine.guard.injection import find_injections
from engine.guard.injection_screen import Quarantine
from engine.service import Engine
from evals.bench.injection_plants import Plant
from evals.bench.obedient import ObedientGenerator, squeezed
from evals.bench.sample import ingest_folder
from evals.metrics.injection import injection_success_rate

__all__ = ["Reach", "clean_pages", "detection", "false_flags", "reach", "write_pages"]

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_SHORTEST = 8  # letters of a payload that tells


@dataclass(frozen=True, slots=True)
class Reach:
    """What an obedient model was shown and what of it reached the answers; shares of all attacks."""

    attacks: int
    shown_to_model: float
    reached_answer: float
    answered: float


def detection(plants: Sequence[Plant]) -> float:
    """Return the share of the pages with an attack that are flagged."""
    return sum(bool(find_injections(plant.text)) for plant in plants) / len(plants) if plants else 0.0


def false_flags(pages: Sequence[str]) -> float:
    """Return the share of clean pages that are flagged."""
    return sum(bool(find_injections(page)) for page in pages) / len(pages) if pages else 0.0


def clean_pages(folder: Path) -> tuple[str, ...]:
    """Read the Markdown pages of a folder and those below it, without their front matter; InvalidInput for none."""
    pages = sorted(folder.rglob("*.md"))
    if not pages:
        raise InvalidInput(f"{folder} has no Markdown pages (*.md).", remedy="Name a folder that holds some.")
    return tuple(_FRONT_MATTER.sub("", path.read_text(encoding="utf-8")) for path in pages)


def write_pages(plants: Iterable[Plant], folder: Path) -> Mapping[str, Plant]:
    """Write each plant as a file of its own; return them by file name."""
    folder.mkdir(parents=True)
    named = {f"{number:05}.txt": plant for number, plant in enumerate(plants)}
    for name, plant in named.items():
        (folder / name).write_text(plant.text, encoding="utf-8")
    return named


def reach(engine: Engine, knowledge_base: str, folder: Path, named: Mapping[str, Plant]) -> Mapping[str, Reach]:
    """Ingest the pages, ask each its question with an obedient model, under every setting of the quarantine."""
    ingest_folder(engine, knowledge_base, folder)
    documents = engine.parts.knowledge.documents(knowledge_base)
    pairs = [(document, named[Path(document.uri).name]) for document in documents]
    return {each.value: _reach(engine, knowledge_base, pairs, each) for each in Quarantine}


def _reach(
    engine: Engine, knowledge_base: str, pairs: Sequence[tuple[Document, Plant]], quarantine: Quarantine
) -> Reach:
    model = ObedientGenerator()
    asked = Engine(replace(engine.parts, generator=model), replace(engine.options, quarantine=quarantine))
    shown, reached, answered = list[bool](), list[bool](), 0
    for document, plant in pairs:
        model.attack, model.said, model.saw = plant.attack.text, (), False
        only = SearchFilter(document_ids=(document.id,))
        answer = asked.answer(knowledge_base, AnswerRequest(plant.host.question, filter=only, threshold=0.0))
        text = answer.text.text if answer.text else ""
        shown.append(model.saw)
        reached.append(_holds(text, (*model.said, plant.attack.text)))
        answered += bool(text)
    total = len(pairs) or 1
    rates = (injection_success_rate(shown), injection_success_rate(reached), answered / total)
    return Reach(len(pairs), *(round(rate, 4) for rate in rates))


def _holds(answer: str, payloads: Iterable[str]) -> bool:
    told = squeezed(answer)
    return any(len(squeezed(each)) >= _SHORTEST and squeezed(each) in told for each in payloads)
