"""Whether characters stand where they do because of ordinary words, not to hide a listed one."""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["IsWord", "is_ordinary"]

IsWord = Callable[[str], bool]
"""Tells whether folded Han characters are a word of the language."""

_HAN = re.compile("[\u4e00-\u9fff]{2,}")
_LONGEST = 4  # characters
_OF_THE_DESK = frozenset(
    ("发件人", "收件人", "寄件人", "取件人", "联系人", "经办人")
)  # words that vocabularies leave out


def is_ordinary(folded: str, start: int, end: int, *, is_word: IsWord, listed: str = "") -> bool:
    """Tell whether a known word reaches over an edge of the stretch or stands inside it, other than in `listed`.

    "添加为空" hides no 加微, although it sounds like it: 添加 is a word that ends in the stretch.
    """

    def known(first: int, last: int) -> bool:
        return _HAN.fullmatch(folded, first, last) is not None and (
            is_word(folded[first:last]) or folded[first:last] in _OF_THE_DESK
        )

    for edge in (start, end):
        for first in range(max(0, edge - _LONGEST + 1), edge):
            for last in range(edge + 1, min(len(folded), first + _LONGEST) + 1):
                if known(first, last):
                    return True
    pieces = ((first, first + 2) for first in range(start, end - 1)) if listed else ()
    return any(known(first, last) and folded[first:last] not in listed for first, last in pieces)
