"""What kind of answer a question asks for, by the cue words of its language."""

from __future__ import annotations

import re

from engine.languages.folding import fold
from engine.languages.profile import QuestionType
from engine.languages.registry import profile_for

__all__ = ["answers_type", "question_types"]

DATE = re.compile(
    r"\d{4}|\d+\s*[年月日号號]|\d+\s*世|世紀|世纪|年代|[一二三四五六七八九十]+[月日年]"
    r"|[\d一二三四五六七八九十两兩半]\s*(?:个|個|か|ヶ|营业|營業|営業|工作)*(?:分|小时|小時|時間|天|日|周|週|月|年|秒)"
)
DATE_WORDS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|januar|märz|mai|enero|abril|agosto)|"
    r"\b(?:days?|weeks?|months?|years?|hours?|minutes?|century|tage?|wochen?|jahre?|días?|semanas?|años?)\b"
)
NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿两]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b")
CAUSE = re.compile(
    r"因为|由于|因此|所以|导致|为了|原因|ため|から|ので|理由|\b(?:because|due to|since|weil|wegen|porque|debido)\b"
)
EXPECTED = {
    QuestionType.WHEN: (DATE, DATE_WORDS),
    QuestionType.NUMBER: (NUMBER,),
    QuestionType.HOW_MUCH: (NUMBER,),
    QuestionType.WHY: (CAUSE,),
}


def question_types(question: str, language: str) -> frozenset[QuestionType]:
    """Return the types whose cues stand in the question."""
    folded = fold(question)
    profile = profile_for(language)
    return frozenset(
        kind
        for kind, cues in profile.question_cues.items()
        if any(_stands_in(cue, folded, whole_words=profile.spaced) for cue in cues)
    )


def _stands_in(cue: str, folded: str, *, whole_words: bool) -> bool:
    if not whole_words:
        return cue in folded
    return re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", folded) is not None


def answers_type(kind: QuestionType, sentence: str) -> bool | None:
    """Tell whether a sentence has the form that a question type needs; None where the type has no known form."""
    patterns = EXPECTED.get(kind)
    if patterns is None:
        return None
    folded = fold(sentence)
    return any(pattern.search(folded) for pattern in patterns)
