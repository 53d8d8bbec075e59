"""F1 of each class, averaged over the classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from engine.errors import InvalidInput

__all__ = ["macro_f1"]


def macro_f1(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """Return the mean over all classes of F1 = 2 TP / (2 TP + FP + FN), each class counting the same.

    Classes are those that occur in either list. InvalidInput without items or for lists of different length.
    Source: Opitz and Burst, Macro F1 and Macro F1, arXiv:1911.03347 (2019).
    """
    if not gold or len(gold) != len(found):
        raise InvalidInput("F1 needs a label and a finding for each item.", remedy="Give two lists of equal length.")
    right = Counter(one for one, other in zip(gold, found, strict=True) if one == other)
    labelled, given = Counter(gold), Counter(found)
    classes = labelled.keys() | given.keys()
    return sum(2 * right[each] / (labelled[each] + given[each]) for each in classes) / len(classes)
