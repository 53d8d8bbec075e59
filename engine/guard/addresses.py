"""Find postal addresses where a label or an introduction says that there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from engine.domain.knowledge import Span
from engine.guard.findings import PersonalDatum, PersonalKind
from engine.languages.personal_cues import either

__all__ = ["find_addresses"]

_HAN = r"\u3005\u3400-\u4dbf\u4e00-\u9fff"
_POSTCODE = re.compile(rf"〒\s?\d{{3}}-?\d{{4}}(?:[ \u3000]*[{_HAN}][^\n。、]{{2,60}})?")
_PLACE = r"[^\n]{6,160}"


def find_addresses(text: str, language: str) -> Iterator[PersonalDatum]:  # noqa: ARG001
    """Yield postal addresses behind a label, to the end of the line, or behind an introduction, to the next stop."""
    for pattern in _address_patterns():
        for found in pattern.finditer(text):
            place = found["place"].rstrip(" .。，,;；")
            if len(place) >= 6 and "@" not in place and not place.startswith(("[", "http")):
                start = found.start("place")
                yield PersonalDatum(PersonalKind.ADDRESS, Span(start, start + len(place)), 0.8)
    for found in _POSTCODE.finditer(text):
        yield PersonalDatum(PersonalKind.ADDRESS, Span(found.start(), found.start() + len(found[0].rstrip())), 0.85)


@lru_cache(maxsize=1)
def _address_patterns() -> tuple[re.Pattern[str], ...]:
    label = rf"(?:^|(?<=[\s,;，；(（|]))(?i:{either('address_labels')})[ \t]*[:：]\s*(?P<place>{_PLACE})"
    inside = rf"(?<!\w)(?i:{either('addresses')})[ :：]*(?P<place>(?:(?!です)[^\n.。!！?？，；;]){{6,120}})"
    cjk = rf"(?:{either('addresses')})[ :：]*(?P<place>(?=[^\n。，]*\d)[{_HAN}](?:(?!です)[^\n。！？，；]){{5,80}})"
    return re.compile(label, re.MULTILINE), re.compile(inside), re.compile(cjk)
