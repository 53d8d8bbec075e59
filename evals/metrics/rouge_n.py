"""ROUGE-N: overlap of n-grams with a gold text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from evals.metrics.token_f1 import tokens

__all__ = ["rouge_n"]


def rouge_n(answer: str, golds: Iterable[str], *, n: int) -> float:
    """Return the best F1 = 2 P R / (P + R) over n-grams against one of `golds`; n-grams count as a multiset.

    Tokens are characters in Chinese and Japanese and words elsewhere, unstemmed.
    Source: Lin, ROUGE: A Package for Automatic Evaluation of Summaries, ACL Workshop 2004, section 2.
    """
    found = _ngrams(tokens(answer), n)
    return max((_f1(found, _ngrams(tokens(gold), n)) for gold in golds), default=0.0)


def _ngrams(words: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[start : start + n]) for start in range(len(words) - n + 1))


def _f1(found: Counter[tuple[str, ...]], gold: Counter[tuple[str, ...]]) -> float:
    total = found.total() + gold.total()
    return 2 * (found & gold).total() / total if total else 0.0
