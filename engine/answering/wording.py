"""How much of a question's very wording stands in a text: words as written, function words included.

Stems and content words find a passage; the passage that the question was really about also repeats its "in", "how
many" and inflections, and one that merely shares the topic does not.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from operator import add

from engine.languages.folding import fold

__all__ = ["wording_share"]

UNSPACED = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
CJK = re.compile(f"[{UNSPACED}]")
RUN = re.compile(f"[{UNSPACED}]+|[^\\W{UNSPACED}]+")


def wording_share(question: str, texts: Sequence[str]) -> float:
    """Return the share of the question's words in the first text, each weighed by its rarity among all texts, 0..1.

    CJK runs count by characters and bigrams.
    """
    wanted = _pieces(question)
    found = [_pieces(text) & wanted for text in texts]
    if not wanted or not found:
        return 0.0
    counts = Counter(piece for pieces in found for piece in pieces)
    total = len(texts)
    weights = {piece: math.log(1 + (total - counts[piece] + 0.5) / (counts[piece] + 0.5)) for piece in sorted(wanted)}
    return sum(weights[piece] for piece in sorted(found[0])) / sum(weights.values())


def _pieces(text: str) -> frozenset[str]:
    pieces: set[str] = set()
    for run in RUN.findall(fold(text)):
        if CJK.match(run):
            pieces.update(run)
            pieces.update(map(add, run, run[1:]))
        else:
            pieces.add(run)
    return frozenset(pieces)
