"""Ask an index that is not in use what the one in use is asked, and compare what they find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from statistics import fmean
from typing import Final

from engine.domain.trial import Found, IndexTrial
from engine.encoder.gain import Asked, by_language
from engine.encoder.own_pairs import is_apart
from engine.ports import BuiltIndex
from engine.service import Engine
from ingestion.reembedding.gate import Gate

__all__ = ["own_questions", "tried"]

_DEPTH: Final = 10  # documents
_PASSAGES: Final = 30
_FEW: Final = 20  # questions of a language; their mean says nothing
_SHARE: Final = 8
_MOST: Final = 400


def tried(
    engine: Engine, knowledge_base: str, built: BuiltIndex, gate: Gate, *, on_question: Callable[[], None]
) -> IndexTrial:
    """Search with each question in both indexes; `on_question` is called all the while and may raise."""
    questions = gate.questions or own_questions(engine, knowledge_base)
    other = Engine(engine.parts, replace(engine.options, tried=built))
    before, after = list[float](), list[float]()
    for each in questions:
        on_question()
        before.append(_rank(engine, knowledge_base, each))
        after.append(_rank(other, knowledge_base, each))
    return IndexTrial(_found(questions, before, after), gate.tolerance, own=not gate.questions)


def own_questions(engine: Engine, knowledge_base: str) -> tuple[Asked, ...]:
    """Return the titles of an eighth of the pages, or of all of a small knowledge base, told by their paths alone."""
    pages = [each for each in engine.parts.knowledge.documents(knowledge_base) if each.title]
    share = _SHARE if len(pages) > _SHARE * _FEW else 1
    chosen = [each for each in pages if is_apart(each.uri, share)][:_MOST]
    return tuple(Asked(each.title, frozenset({each.uri}), each.language) for each in chosen)


def _rank(engine: Engine, knowledge_base: str, asked: Asked) -> float:
    """Return 1 / rank of the first right document among ten, else 0."""
    passages = engine.search(
        knowledge_base, asked.text, limit=_PASSAGES, language=asked.language, highlight=False
    ).passages
    documents = list(dict.fromkeys(each.uri for each in passages))[:_DEPTH]
    return next((1 / rank for rank, uri in enumerate(documents, start=1) if uri in asked.documents), 0.0)


def _found(questions: Sequence[Asked], before: Sequence[float], after: Sequence[float]) -> Mapping[str, Found]:
    counts = {**Counter(each.language for each in questions), "": len(questions)}
    columns = [{"": fmean(ranks) if ranks else 0.0, **by_language(questions, ranks)} for ranks in (before, after)]
    enough = [name for name in columns[0] if not name or counts[name] >= _FEW]
    return {name: Found(counts[name], *(round(each[name], 4) for each in columns)) for name in enough}
