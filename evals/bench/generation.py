"""Measure what reaches the customer when the language model is bad, slow or down."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from engine.answering.request import AnswerRequest
from engine.answering.script import readable
from engine.domain.answer import Answer, AnswerMode
from engine.generation.openai_compatible import OpenAICompatibleGenerator
from engine.languages.quantities import quantities_supported
from engine.ports import KnowledgeRepository
from engine.service import Engine
from evals.metrics.percentiles import percentile

__all__ = ["BehaviourScores", "Budget", "bench_generation", "judged"]

RETRIEVAL_S = 0.5  # what may pass beside the model's own time


@dataclass(frozen=True, slots=True)
class Budget:
    """Seconds for a whole reply, and the retries within them."""

    seconds: float = 2.0
    retries: int = 2


@dataclass(frozen=True, slots=True)
class BehaviourScores:
    """What became of the questions under one behaviour of the model; `safe` is the share of all but `wrong` ones."""

    questions: int
    generated: int
    extractive: int
    abstained: int
    wrong: int
    safe: float
    p50_s: float
    max_s: float
    within_budget: float


def bench_generation(
    engine: Engine, knowledge_base: str, questions: Sequence[str], url: str, behaviours: Iterable[str], budget: Budget
) -> Mapping[str, dict[str, float]]:
    """Ask the questions with a model of each behaviour; return the scores as plain values by behaviour."""
    return {each: asdict(_scores(engine, knowledge_base, questions, (url, each), budget)) for each in behaviours}


def judged(answer: Answer, knowledge: KnowledgeRepository) -> str:
    """Return "generated" (and verified), "extractive", "abstained" or "wrong", by checks of our own.

    Every citation must be exactly the stored text, an extractive answer consist of its quotes, and every quantity that
    a model wrote, or that stands beside quotes, be in the quotes or their headings.
    """
    if answer.text is None:
        return "abstained"
    exact = all(
        each.span.of(knowledge.stored_text(each.document_id, each.version).text) == each.quote
        for each in answer.citations
    )
    quotes = ["\n".join((each.title, *each.section, each.quote)) for each in answer.citations]
    written, is_generated = answer.text.text, answer.text.mode is AnswerMode.GENERATED
    if not is_generated:
        shown = [readable(each.quote, language=each.language, reader=answer.text.language) for each in answer.citations]
        exact = exact and all(each in answer.text.text for each in shown)
        written = _without(written, shown)
    if not exact or not quotes or not quantities_supported(written, "\n".join(quotes)):
        return "wrong"
    return "generated" if is_generated else "extractive"


def _without(text: str, stretches: Iterable[str]) -> str:
    for each in stretches:
        text = text.replace(each, "\n", 1)
    return text


def _scores(
    engine: Engine, knowledge_base: str, questions: Sequence[str], model: tuple[str, str], budget: Budget
) -> BehaviourScores:
    url, behaviour = model
    generator = OpenAICompatibleGenerator(url, "", behaviour, timeout_s=budget.seconds, retries=budget.retries)
    asked = Engine(replace(engine.parts, generator=generator), engine.options)
    outcomes, times = Counter[str](), list[float]()
    try:
        generator.prepare()
        for question in questions:
            began = time.perf_counter()
            answer = asked.answer(knowledge_base, AnswerRequest(question, threshold=0.0))
            times.append(time.perf_counter() - began)
            outcomes[judged(answer, engine.parts.knowledge)] += 1
    finally:
        generator.close()
    total = len(questions)
    in_time = sum(each <= budget.seconds + RETRIEVAL_S for each in times)
    return BehaviourScores(
        questions=total,
        generated=outcomes["generated"],
        extractive=outcomes["extractive"],
        abstained=outcomes["abstained"],
        wrong=outcomes["wrong"],
        safe=round(1 - outcomes["wrong"] / total, 3),
        p50_s=round(percentile(times, 50), 3),
        max_s=round(max(times), 3),
        within_budget=round(in_time / total, 3),
    )
