"""Find names and postal addresses where a label, an introduction or a greeting says that there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from engine.domain.knowledge import Span
from engine.guard.findings import PersonalDatum, PersonalKind
from engine.languages.personal_cues import NAMELESS, PERSONAL_CUES, SURNAMES

__all__ = ["find_addresses", "find_names"]

_CAPITALS = "A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁĐ"
_WORD = rf"[{_CAPITALS}][^\W\d_]*(?:['’.-][^\W\d_]+)*"
_LATIN_NAME = (
    rf"{_WORD}(?:[ ](?:(?:van|von|de|da|del|der|den|bin|al|la|le|dos|di|y)[ ])?{_WORD}|[ ][{_CAPITALS}]\.){{0,3}}"
)
_HAN = r"\u3005\u3400-\u4dbf\u4e00-\u9fff"
_CJK_NAME = (
    rf"[{_HAN}]{{2,4}}(?![{_HAN}])|[\u30a0-\u30ff]{{2,8}}(?:[・ ][\u30a0-\u30ff]{{2,8}})?|[\uac00-\ud7a3]{{2,4}}"
)
_OTHER_NAME = r"[\u0e01-\u0e4e]{2,20}|[\u0620-\u06d3]{2,12}(?: [\u0620-\u06d3]{2,12})?"
_ANY_NAME = rf"(?:{_LATIN_NAME}|{_CJK_NAME}|{_OTHER_NAME})"
_HONOURED = re.compile(
    rf"(?P<name>[{''.join(sorted(SURNAMES))}][{_HAN}]{{0,2}}?)(?=先生|女士|小姐|太太)"
    rf"|(?:^|(?<=[。、！!？?」\s]))(?P<sama>[{_HAN}]{{1,4}}|[\u30a0-\u30ff]{{2,8}})(?=(?:様|さま)[、,，。])",
    re.MULTILINE,
)
_NOBODY = frozenset(
    {"お客", "皆", "皆々", "神", "王", "奥", "客", "各位", "お疲れ", "ご苦労", "先方", "同", "仕", "模", "一", "多"}
)
_POSTCODE = re.compile(rf"〒\s?\d{{3}}-?\d{{4}}(?:[ \u3000]*[{_HAN}][^\n。、]{{2,60}})?")
_PLACE = r"[^\n]{6,160}"


def find_names(text: str, language: str) -> Iterator[PersonalDatum]:  # noqa: ARG001
    """Yield names that are announced; words that only look like one, as in "Hi there,", are left out."""
    for pattern in _name_patterns():
        for found in pattern.finditer(text):
            start, end = found.span("name")
            if found["name"].split(" ")[0].strip(".").lower() not in NAMELESS:
                yield PersonalDatum(PersonalKind.NAME, Span(start, end), 0.8)
    for found in _HONOURED.finditer(text):
        group = "name" if found["name"] else "sama"
        if found[group] not in _NOBODY:
            yield PersonalDatum(PersonalKind.NAME, Span(*found.span(group)), 0.75)


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
def _name_patterns() -> tuple[re.Pattern[str], ...]:
    """Return patterns for the cues of all languages: chats mix them, and a label says enough by itself."""
    spaced = rf"(?P<name>{_ANY_NAME})"
    return (
        re.compile(rf"(?<!\w)(?i:{_either('introductions')})[\s:：]*{spaced}"),
        re.compile(rf"(?:^|[。、！？\s])(?P<name>{_CJK_NAME}|[{_HAN}]{{2,4}})(?={_either('closings')})", re.MULTILINE),
        re.compile(rf"(?:^|(?<=[\s,;，；(（|]))(?i:{_either('labels')})[ \t]*[:：][ \t]*{spaced}", re.MULTILINE),
        re.compile(
            rf"(?:^|(?<=[.!?\s]))(?i:{_either('greetings')})[ ](?P<name>{_LATIN_NAME})(?=\s*[,!.:;\n]|$)", re.MULTILINE
        ),
        re.compile(rf"(?<!\w)(?:{_either('titles')})\.?[ ](?P<name>{_LATIN_NAME})"),
    )


@lru_cache(maxsize=1)
def _address_patterns() -> tuple[re.Pattern[str], ...]:
    label = rf"(?:^|(?<=[\s,;，；(（|]))(?i:{_either('address_labels')})[ \t]*[:：]\s*(?P<place>{_PLACE})"
    inside = rf"(?<!\w)(?i:{_either('addresses')})[ :：]*(?P<place>(?:(?!です)[^\n.。!！?？，；;]){{6,120}})"
    cjk = rf"(?:{_either('addresses')})[ :：]*(?P<place>(?=[^\n。，]*\d)[{_HAN}](?:(?!です)[^\n。！？，；]){{5,80}})"
    return re.compile(label, re.MULTILINE), re.compile(inside), re.compile(cjk)


def _either(part: str) -> str:
    """Return the alternatives of all languages, longest first."""
    variants = {each for cues in PERSONAL_CUES.values() for each in getattr(cues, part).split("|") if each}
    return "|".join(re.escape(each) for each in sorted(variants, key=lambda each: (-len(each), each)))
