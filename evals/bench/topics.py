"""Measure topics: how well they agree with what was meant, how stable their ids are, what they take at scale."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from engine.assist.service import Assist
from engine.domain.exchange import Exchange
from engine.domain.insights import ClusterKind
from engine.settings import Settings
from evals.bench.kept_questions import keep_questions
from evals.datasets.intents import Message

__all__ = ["bench_scale", "bench_topics", "kept", "questions_of"]

BEGIN = datetime(2026, 3, 2, 8, tzinfo=UTC)
EARLIER = 10 / 11
"""Part that is there at first: what comes later is a tenth of it."""


def bench_topics(
    assist: Assist, settings: Settings, knowledge_base: str, messages: Sequence[Message]
) -> dict[str, object]:
    """Group labelled questions without their labels, then a tenth more of them; all are made anew then.

    `ami` is the adjusted mutual information of topics and labels over all questions, those of no topic being one more.
    `ids_kept` is the share of the earlier topics that are still there, `questions_kept` that of the earlier questions
    that are in the same topic.
    """
    asked = questions_of([each.text for each in messages], knowledge_base)
    meant = {each.answer_id: message.intent for each, message in zip(asked, messages, strict=True)}
    first = round(len(asked) * EARLIER)
    topics, seconds = [], []
    for some in (asked[:first], asked[first:]):
        keep_questions(settings, some)
        begun = time.perf_counter()
        assist.questions.update(knowledge_base, now=BEGIN, rebuild=True)
        seconds.append(round(time.perf_counter() - begun, 1))
        topics.append(assist.questions.repository.members(knowledge_base, ClusterKind.TOPIC))
    before, after = topics
    return {
        "questions": len(asked),
        "intents": len(set(meant.values())),
        "topics": len(set(after.values()) - {""}),
        "without_topic": round(sum(not topic for topic in after.values()) / max(len(after), 1), 3),
        "ami": round(_agreement([meant[each] for each in after], list(after.values())), 4),
        **kept(before, after),
        "seconds": seconds,
    }


def kept(before: dict[str, str], after: dict[str, str]) -> dict[str, float]:
    """Return which share of the topics is still there, and of the questions still in the same topic; 1 without any."""
    placed = {question: topic for question, topic in before.items() if topic}
    if not placed:
        return {"ids_kept": 1.0, "questions_kept": 1.0}
    same = sum(after[question] == topic for question, topic in placed.items())
    ids = set(placed.values())
    return {
        "ids_kept": round(len(ids & set(after.values())) / len(ids), 3),
        "questions_kept": round(same / len(placed), 3),
    }


def bench_scale(
    assist: Assist, settings: Settings, knowledge_base: str, asked: Sequence[Exchange]
) -> dict[str, object]:
    """Do the nightly work for all conversations but the last hundredth, then for that; time, and the most memory held.

    The shares are what the second run takes of the first one, by the clock and of the processor: the latter says the
    same on a machine that does other things, too.
    """
    first = len(asked) - len(asked) // 101
    clock, processor = [], []
    for some in (asked[:first], asked[first:]):
        keep_questions(settings, some)
        begun = time.perf_counter(), time.process_time()
        report = assist.read_on(knowledge_base, now=some[-1].created_at)
        clock.append(time.perf_counter() - begun[0])
        processor.append(time.process_time() - begun[1])
    full, more = clock
    return {
        "conversations": first,
        "increment": len(asked) - first,
        "topics": report.topics,
        "gaps": report.gaps,
        "full_s": round(full, 1),
        "increment_s": round(more, 2),
        "increment_share": round(more / full, 4),
        "processor_s": [round(each, 2) for each in processor],
        "processor_share": round(processor[1] / processor[0], 4),
        "peak_mb": _peak_mb(),
    }


def questions_of(texts: Sequence[str], knowledge_base: str) -> list[Exchange]:
    """Return a conversation of one answered question for each text, a second after the other."""
    return [
        Exchange(
            answer_id=f"answer-{number:07}",
            conversation_id=f"talk-{number:07}",
            knowledge_base=knowledge_base,
            question=text,
            standalone=text,
            language="en",
            answer="See below.",
            citations=(),
            created_at=BEGIN + timedelta(seconds=number),
        )
        for number, text in enumerate(texts)
    ]


def _agreement(meant: Sequence[str], found: Sequence[str]) -> float:
    """Return the adjusted mutual information of two labellings (Vinh et al. 2010)."""
    from sklearn.metrics import adjusted_mutual_info_score  # type: ignore[import-untyped]

    return float(adjusted_mutual_info_score(meant, found))


def _peak_mb() -> int:
    """Return the most memory that the process has held so far."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
