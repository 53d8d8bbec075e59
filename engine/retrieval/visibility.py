"""Which of the chunks that a search finds a reader may see: those of the version that is in force on the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from engine.ports import KnowledgeRepository
from engine.retrieval.fusion import Candidate

__all__ = ["Visibility", "doubled"]

ATTEMPTS = 5
GROWTH = 4

Find = Callable[[int], tuple[Candidate, ...]]


def doubled(found: Iterable[Candidate]) -> int:
    """Return how many candidates at most are of another version of a document than the one that is seen."""
    found = tuple(found)
    if len({each.record.document_id for each in found}) == len(
        {(each.record.document_id, each.record.version) for each in found}
    ):
        return 0
    numbers: dict[str, Counter[int]] = {}
    for each in found:
        numbers.setdefault(each.record.document_id, Counter())[each.record.version] += 1
    return sum(versions.total() - min(versions.values()) for versions in numbers.values() if len(versions) > 1)


@dataclass(frozen=True, slots=True)
class Visibility:
    """What of a knowledge base is seen on a day.

    Writers index a version before they activate it, and remove the one before only afterwards. So a search that no
    activation of a document it found falls into has seen all chunks of the version that is in force, beside others.
    """

    knowledge: KnowledgeRepository
    knowledge_base: str
    day: date

    def candidates(self, find: Find, *, candidates: int, wanted: int) -> tuple[Candidate, ...]:
        """Return what `find`, given a number of candidates, finds of the versions in force.

        It is asked again if one of its documents changed meanwhile, and for more candidates if so many were of other
        versions that fewer than `wanted` are left.
        """
        kept: tuple[Candidate, ...] = ()
        for _ in range(ATTEMPTS):
            before = self.knowledge.generation(self.knowledge_base)
            found = find(candidates)
            kept, changed = self._kept(found, before)
            crowded = len(kept) < min(wanted, len(found)) and len(found) >= candidates
            if not changed and not crowded:
                break
            candidates *= GROWTH if crowded else 1
        return kept

    def _kept(self, found: Sequence[Candidate], before: int) -> tuple[tuple[Candidate, ...], bool]:
        """Return the candidates of versions in force, and whether one of those was activated since `before`."""
        versions = self.knowledge.in_force(list({each.record.document_id for each in found}), self.day)
        current = {document_id: version.version for document_id, version in versions.items()}
        kept = tuple(each for each in found if current.get(each.record.document_id) == each.record.version)
        return kept, any(version.generation > before for version in versions.values())
