"""What kind of answer a question asks for, by the cue words of its language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from engine.languages.folding import fold
from engine.languages.profile import QuestionType
from engine.languages.registry import profile_for

__all__ = ["EXPECTED", "answers_type", "question_focus", "question_types", "without_cues"]

WORDS_BEFORE, WORDS_AFTER = 1, 4  # of a question word, in languages with spaces
CHARACTERS = 5  # before and after, in the others

DATE = re.compile(
    r"\d{4}|\d+\s*[年月日号號]|\d+\s*世|世紀|世纪|年代|[一二三四五六七八九十]+[月日年]"
    r"|[\d一二三四五六七八九十两兩半]\s*(?:个|個|か|ヶ|营业|營業|営業|工作)*(?:分|小时|小時|時間|天|日|周|週|月|年|秒)"
)
DATE_WORDS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|januar|märz|mai|enero|abril|agosto)|"
    r"\b(?:days?|weeks?|months?|years?|hours?|minutes?|century|tage?|wochen?|jahre?|días?|semanas?|años?)\b"
)
NUMBER = re.compile(
    r"\d|[二三四五六七八九十百千万亿两]|一(?![样定起般些直旦切致下])|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"
)
CAUSE = re.compile(
    r"因为|由于|因此|所以|导致|为了|原因|ため|から|ので|理由|\b(?:because|due to|since|weil|wegen|porque|debido)\b"
)
PLACE = re.compile(
    r"位[于於]|地[处處]|分[布佈]|[省市县縣区區国國州岛島山路街郡町村港]|にある|\b(?:in|at|near|from|on|bei|aus|nach|en|desde)\b"
)
EXPECTED = {
    QuestionType.WHEN: (DATE, DATE_WORDS),
    QuestionType.NUMBER: (NUMBER,),
    QuestionType.HOW_MUCH: (NUMBER,),
    QuestionType.WHY: (CAUSE,),
    QuestionType.WHERE: (PLACE,),
}
"""The forms of the types that have one."""


def question_types(question: str, language: str) -> frozenset[QuestionType]:
    """Return the types whose cues stand in the question."""
    folded = fold(question)
    return frozenset(kind for kind, cues in _cues(profile_for(language).code).items() if cues.search(folded))


def question_focus(question: str, language: str) -> str:
    """Return the words around the question word, which say what sort of thing is asked for: "what colour", "几个月".

    Folded, without the question word itself, the longest one if there are several; empty if there is none.
    """
    folded, profile = fold(question), profile_for(language)
    found = [match for cues in _matter_cues(profile.code) if (match := cues.search(folded))]
    if not found:
        return ""
    word = max(found, key=lambda match: (len(match[0]), -match.start()))
    before, after = folded[: word.start()], folded[word.end() :]
    if profile.spaced:
        return " ".join((*before.split()[-WORDS_BEFORE:], *after.split()[:WORDS_AFTER]))
    return f"{before[-CHARACTERS:]} {after[:CHARACTERS]}"


def without_cues(question: str, language: str) -> str:
    """Return the question, folded, without the words that make it one, such as "how long"."""
    text = fold(question)
    for cues in _matter_cues(profile_for(language).code):
        text = cues.sub(" ", text)
    return text


def _matter_cues(code: str) -> list[re.Pattern[str]]:
    """Return the cues of all types but yes or no, whose cues say nothing about what is asked for."""
    return [cues for kind, cues in _cues(code).items() if kind is not QuestionType.YES_NO]


@lru_cache(maxsize=64)
def _cues(code: str) -> Mapping[QuestionType, re.Pattern[str]]:
    """Return what finds the cues of each type, the longest of those that begin together."""
    profile = profile_for(code)
    before, after = (r"(?<!\w)", r"(?!\w)") if profile.spaced else ("", "")
    return {kind: re.compile(f"{before}(?:{_any_of(cues)}){after}") for kind, cues in profile.question_cues.items()}


def _any_of(cues: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(cues, key=lambda cue: (-len(cue), cue))))


def answers_type(kind: QuestionType, sentence: str, question: str = "") -> bool | None:
    """Tell whether a sentence has the form that a question type needs; None where the type has no known form.

    What the question itself says does not count: "when was the fair of 1893" is not answered by "the fair of 1893".
    """
    patterns = EXPECTED.get(kind)
    if patterns is None:
        return None
    folded, said = fold(sentence), fold(question)
    return any(match[0] not in said for pattern in patterns for match in pattern.finditer(folded))
