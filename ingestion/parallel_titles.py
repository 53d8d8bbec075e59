"""Recognise the same page in two languages by its title, where neither name nor links tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from engine.domain.knowledge import Document, stable_id
from engine.languages.folding import fold
from engine.languages.registry import UNKNOWN
from ingestion.target import IngestTarget

__all__ = ["relate_by_title"]

LEAST = 0.75  # cosine of two titles that may say the same
LEAD = 0.1  # over the second likest title, on either side; with LEAST, .97 of the pairs of support pages are right
MOST = 10_000  # documents of a knowledge base; beyond, only names and links tell
_CODE = re.compile(r"(?<![a-z0-9])(?=[a-z-]*[0-9])[a-z0-9][a-z0-9-]*")


def relate_by_title(target: IngestTarget, written: Sequence[Document], today: date) -> int:
    """Relate new documents to pages in other languages whose titles say the same; return how many pairs there are.

    Only documents without a sibling take part, and languages that the embedder understands. Two titles are a pair if
    each is by far the likest to the other, and both have the same numbers and codes.
    """
    known = target.knowledge.languages(target.knowledge_base)
    spoken = {tag for tag in known if tag != UNKNOWN and target.embedder.info.understands(tag)}
    if len(spoken) < 2 or sum(known.values()) > MOST:
        return 0
    new = {each.id for each in written if each.language in spoken}
    new -= target.knowledge.siblings(sorted(new), today).keys()
    if not new:
        return 0
    lone = _lone(target, today)
    pairs = [
        pair
        for ours in sorted({each.language for each in written} & spoken)
        for theirs in sorted(spoken - {ours})
        for pair in _pairs(target, lone, ours, theirs)
        if new & {each.id for each in pair}
    ]
    for one, other in pairs:
        key = f"title:{stable_id(*sorted((one.id, other.id)))}"
        target.knowledge.relate({one.id: [key], other.id: [key]}, also=True)
    return len({frozenset((one.id, other.id)) for one, other in pairs})


def _lone(target: IngestTarget, today: date) -> list[Document]:
    """Return the documents that have no sibling."""
    documents = target.knowledge.documents(target.knowledge_base)
    related = target.knowledge.siblings([each.id for each in documents], today)
    return [each for each in documents if each.id not in related]


def _pairs(
    target: IngestTarget, lone: Sequence[Document], ours: str, theirs: str
) -> Iterator[tuple[Document, Document]]:
    """Yield the pairs of two languages."""
    rows, columns = ([each for each in lone if each.language == tag] for tag in (ours, theirs))
    if not rows or not columns:
        return
    vectors = [target.embedder.embed_passages([each.title for each in side]) for side in (rows, columns)]
    likeness = vectors[0] @ vectors[1].T
    padded = np.pad(likeness, ((0, 1), (0, 1)), constant_values=-1.0)  # so that there is a second one everywhere
    for row, one in enumerate(rows):
        column = int(likeness[row].argmax())
        best = likeness[row, column]
        second = max(np.partition(padded[row], -2)[-2], np.partition(padded[:, column], -2)[-2])
        if best >= max(LEAST, second + LEAD) and _codes(one) == _codes(columns[column]):
            yield one, columns[column]


def _codes(document: Document) -> frozenset[str]:
    return frozenset(_CODE.findall(fold(document.title)))
