"""Overlap of an answer with the gold answer, in tokens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from engine.languages.folding import fold
from engine.languages.scripts import MARKS, THAI

__all__ = ["token_f1", "tokens"]

_CJK = "\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = f"[^\\W_{_CJK}\u0e00-\u0e7f]"
_TOKEN = re.compile(f"[{_CJK}]|{THAI}|{_LETTER}(?:{_LETTER}|[{MARKS}])*|[\u0e50-\u0e59]+")


def tokens(text: str) -> list[str]:
    """Return the characters of Chinese, Japanese and Thai and the words of other scripts, folded, without punctuation.

    A Thai character has its vowel and tone marks with it: they tell words apart.
    """
    return _TOKEN.findall(fold(text).casefold())


def token_f1(answer: str, golds: Iterable[str]) -> float:
    """Return the best F1 = 2 P R / (P + R) of the answer's tokens against one of `golds`; tokens count as a multiset.

    Source: Rajpurkar et al., SQuAD (2016), section 6.1; characters for CJK as in Cui et al., CMRC 2018.
    """
    found = Counter(tokens(answer))
    return max((_f1(found, Counter(tokens(gold))) for gold in golds), default=0.0)


def _f1(found: Counter[str], gold: Counter[str]) -> float:
    total = found.total() + gold.total()
    return 2 * (found & gold).total() / total if total else 0.0
