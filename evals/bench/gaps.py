"""Measure how well planted gaps are found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from engine.assist.service import Assist
from engine.domain.insights import Gap, Period, QuestionFilter
from engine.settings import Settings
from evals.bench.conversations_gaps import BEGIN, DAYS, Asked
from evals.bench.kept_questions import keep_questions

__all__ = ["FoundGap", "bench_gaps", "scored"]

HALF = 0.5
PERIOD = Period(BEGIN, BEGIN + timedelta(days=DAYS))


@dataclass(frozen=True, slots=True)
class FoundGap:
    """A gap that was found, the theme that most of its questions are about, and the share of those.

    `lacking` is the share of its questions that are about any planted gap.
    """

    gap: Gap
    theme: str
    share: float
    lacking: float


def bench_gaps(assist: Assist, settings: Settings, knowledge_base: str, asked: Sequence[Asked]) -> dict[str, object]:
    """Keep the conversations, have gaps looked for, and compare them with what was planted."""
    keep_questions(settings, (each.exchange for each in asked))
    for each in asked:
        if each.feedback:
            assist.engine.parts.feedback.add(each.feedback)
    assist.questions.update(knowledge_base, now=PERIOD.until)
    gaps = assist.questions.gaps(knowledge_base, PERIOD, limit=200)
    about = {each.exchange.answer_id: each for each in asked}
    found = [_found(assist, knowledge_base, gap, about) for gap in gaps]
    return {"conversations": len(asked), **scored(found, asked), "found": [_told(each) for each in found]}


def scored(found: Sequence[FoundGap], asked: Sequence[Asked]) -> dict[str, object]:
    """Return recall of the planted gaps and precision of those found, and how often the cause is right.

    One is found if half of the questions of some gap are about it; a gap is right if half of its questions are about
    planted ones. Several may be about one, as one a language.
    """
    planted = {each.theme.name: each.theme.planted for each in asked if each.theme.planted}
    right = [each for each in found if each.lacking >= HALF]
    named = [each for each in right if each.theme in planted and each.share >= HALF]
    reached = {each.theme for each in named}
    causes = [each.gap.match.cause is planted[each.theme] for each in named]
    return {
        "planted": len(planted),
        "gaps": len(found),
        "recall": round(len(reached) / len(planted), 3) if planted else 0.0,
        "precision": round(len(right) / len(found), 3) if found else 0.0,
        "purity": round(sum(each.share for each in found) / len(found), 3) if found else 0.0,
        "cause_right": round(sum(causes) / len(causes), 3) if causes else 0.0,
        "missed": sorted(planted.keys() - reached),
    }


def _found(assist: Assist, knowledge_base: str, gap: Gap, about: Mapping[str, Asked]) -> FoundGap:
    questions = assist.questions.questions(knowledge_base, QuestionFilter(gap_id=gap.id), limit=1000)
    themes = Counter(about[each.asked.answer_id].theme.name for each in questions)
    theme, count = themes.most_common(1)[0]
    lacking = sum(about[each.asked.answer_id].theme.planted is not None for each in questions)
    return FoundGap(gap, theme, count / len(questions), lacking / len(questions))


def _told(found: FoundGap) -> dict[str, object]:
    gap = found.gap
    return {
        "name": gap.name,
        "theme": found.theme,
        "purity": round(found.share, 2),
        "questions": gap.questions,
        "cost": gap.cost,
        "failing": round(gap.match.failing, 2),
        "cause": gap.match.cause.value,
        "document": gap.match.uri,
    }
