"""Measure whether the promises of replies are found, and whether those that policies contradict are told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from engine.domain.check import PromiseStanding, PromiseVerdict
from engine.domain.knowledge import Span
from evals.datasets.promises import GoldenPromise, PromisesRow

__all__ = ["PromiseScores", "bench_promises", "matched"]

SHARE = 0.5  # of the shorter of two stretches that must overlap to be the same promise
_CONTRADICTED = PromiseStanding.CONTRADICTED


@dataclass(slots=True)
class PromiseScores:
    """Counts of promises, and of (golden standing or "none", found standing or "none")."""

    replies: int = 0
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def extraction_f1(self) -> float:
        """F1 of finding promises: 2 TP / (2 TP + FP + FN)."""
        right = sum(count for (want, got), count in self.pairs.items() if "none" not in (want, got))
        wrong = sum(count for (want, got), count in self.pairs.items() if "none" in (want, got))
        return 2 * right / (2 * right + wrong) if right else 0.0

    @property
    def contradicted_found(self) -> float:
        """Share of contradicted promises that are called so, missed ones included."""
        return self._called(lambda want: want == _CONTRADICTED)

    @property
    def false_alarms(self) -> float:
        """Share of all other promises, and of what was taken for one, that are called contradicted."""
        return self._called(lambda want: want != _CONTRADICTED)

    def _called(self, chosen: Callable[[str], bool]) -> float:
        total = sum(count for (want, _), count in self.pairs.items() if chosen(want))
        called = sum(count for (want, got), count in self.pairs.items() if chosen(want) and got == _CONTRADICTED)
        return called / total if total else 0.0

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        return {
            "replies": self.replies,
            "extraction_f1": round(self.extraction_f1, 4),
            "contradicted_found": round(self.contradicted_found, 4),
            "false_alarms": round(self.false_alarms, 4),
            "pairs": {f"{want} -> {got}": count for (want, got), count in sorted(self.pairs.items())},
        }


def bench_promises(
    replies: Sequence[PromisesRow], judge: Callable[[PromisesRow], Iterable[PromiseVerdict]]
) -> PromiseScores:
    """Judge every reply and count."""
    scores = PromiseScores(len(replies))
    for reply in replies:
        golden, found = reply.golden, list(judge(reply))
        pairs = matched(golden, found)
        scores.pairs.update((want.standing.value, got.standing.value) for want, got in pairs)
        missed = [want for want in golden if all(want is not one for one, _ in pairs)]
        extra = [got for got in found if all(got is not one for _, one in pairs)]
        scores.pairs.update((want.standing.value, "none") for want in missed)
        scores.pairs.update(("none", got.standing.value) for got in extra)
    return scores


def matched(
    golden: Sequence[GoldenPromise], found: Iterable[PromiseVerdict]
) -> list[tuple[GoldenPromise, PromiseVerdict]]:
    """Pair each found promise with the first golden one left that it overlaps enough."""
    left, pairs = list(golden), []
    for got in found:
        want = next((each for each in left if _same(each.span, got.span)), None)
        if want:
            left.remove(want)
            pairs.append((want, got))
    return pairs


def _same(one: Span, other: Span) -> bool:
    overlap = min(one.end, other.end) - max(one.start, other.start)
    return overlap >= SHARE * min(len(one), len(other)) > 0
