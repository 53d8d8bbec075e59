"""Share of a text's words that another text has too, for comparing parsers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

__all__ = ["missing_words", "word_recall", "words"]

# Han, kana and Thai are not spaced: each character is a word. Letters and digits part, so that H2O is H 2 O anywhere.
_UNSPACED = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W\d_{_UNSPACED}]+|\d+")


def words(text: str) -> Counter[str]:
    """Count the words of a text after NFKC and lower case; punctuation and symbols are not counted."""
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def missing_words(found: str, expected: str) -> Counter[str]:
    """Return the words of `expected` that `found` lacks, each as often as it lacks it."""
    return words(expected) - words(found)


def word_recall(found: str, expected: str) -> float:
    """Return sum over words of min(count found, count expected) / sum of counts expected; 1.0 if none is expected."""
    total = words(expected).total()
    return 1.0 - missing_words(found, expected).total() / total if total else 1.0
