"""Ask an index that is not in use what the one in use is asked, and compare what they find."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from engine.domain.knowledge import stable_id
from engine.domain.trial import Found, IndexTrial
from engine.encoder.gain import Asked
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
    rows = list[tuple[str, float, float]]()
    for each in questions:
        on_question()
        before, after = (_rank(searched, knowledge_base, each) for searched in (engine, other))
        rows.append((each.language, before, after))
    return IndexTrial(_found(rows), gate.tolerance, own=not gate.questions)


def own_questions(engine: Engine, knowledge_base: str) -> tuple[Asked, ...]:
    """Return the titles of an eighth of the pages, or of all of a small knowledge base, told by their paths alone."""
    pages = [each for each in engine.parts.knowledge.documents(knowledge_base) if each.title]
    share = _SHARE if len(pages) > _SHARE * _FEW else 1
    chosen = [each for each in pages if int(stable_id(each.uri)[:8], 16) % share == 0][:_MOST]
    return tuple(Asked(each.title, frozenset({each.uri}), each.language) for each in chosen)


def _rank(engine: Engine, knowledge_base: str, asked: Asked) -> float:
    """Return 1 / rank of the first right document among ten, else 0."""
    passages = engine.search(
        knowledge_base, asked.text, limit=_PASSAGES, language=asked.language, highlight=False
    ).passages
    documents = list(dict.fromkeys(each.uri for each in passages))[:_DEPTH]
    return next((1 / rank for rank, uri in enumerate(documents, start=1) if uri in asked.documents), 0.0)


def _found(rows: Sequence[tuple[str, float, float]]) -> Mapping[str, Found]:
    by_language = dict[str, list[tuple[float, float]]]()
    for language, before, after in rows:
        by_language.setdefault(language, []).append((before, after))
    enough = {name: each for name, each in sorted(by_language.items()) if name and len(each) >= _FEW}
    whole = [(before, after) for _, before, after in rows]
    return {name: _means(each) for name, each in {"": whole, **enough}.items()}


def _means(pairs: Sequence[tuple[float, float]]) -> Found:
    before, after = ([*column] for column in zip(*pairs, strict=True)) if pairs else ([], [])
    return Found(len(pairs), _mean(before), _mean(after))


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
