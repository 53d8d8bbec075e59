"""ROUGE-L: the longest common subsequence with a gold text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evals.metrics.token_f1 import tokens

__all__ = ["rouge_l"]


def rouge_l(answer: str, golds: Iterable[str]) -> float:
    """Return the best F1 = 2 L / (m + n) against one of `golds`, L the longest common subsequence of m and n tokens.

    Tokens are characters in Chinese and Japanese and words elsewhere, unstemmed.
    Source: Lin, ROUGE: A Package for Automatic Evaluation of Summaries, ACL Workshop 2004, section 3, with beta = 1.
    """
    found = tokens(answer)
    return max((_f1(found, tokens(gold)) for gold in golds), default=0.0)


def _f1(found: Sequence[str], gold: Sequence[str]) -> float:
    total = len(found) + len(gold)
    return 2 * _common(found, gold) / total if total else 0.0


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return the length of the longest common subsequence, in O(m n) time and O(n) space."""
    row = [0] * (len(other) + 1)
    for left in one:
        diagonal = 0
        for at, right in enumerate(other, 1):
            diagonal, row[at] = row[at], diagonal + 1 if left == right else max(row[at], row[at - 1])
    return row[-1]
