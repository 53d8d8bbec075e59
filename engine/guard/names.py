"""Find names where something says that there is one: an introduction, a label, a greeting, a signature, a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from engine.domain.knowledge import Span
from engine.guard.findings import PersonalDatum, PersonalKind
from engine.guard.names_asian import find_asian_names
from engine.languages.folding import fold
from engine.languages.name_words import GIVEN_NAMES, is_nameless
from engine.languages.personal_cues import either

__all__ = ["ANY_NAME", "find_names", "name_in_reply"]

_CAPITALS: Final = "A-ZÀ-ÖØ-ÞА-ЯЁ" + "".join(
    chr(code) for start, end in ((0x100, 0x180), (0x1E00, 0x1F00)) for code in range(start, end) if chr(code).isupper()
)
_WORD = rf"[{_CAPITALS}][^\W\d_]*(?:['’.-][^\W\d_]+)*(?!\w)"
_LATIN_NAME = (
    rf"{_WORD}(?:[ ][{_CAPITALS}]\.|[ ](?:(?:van|von|de|da|del|der|den|bin|al|la|le|dos|di|y)[ ])?{_WORD}){{0,3}}"
)
_HAN = r"\u3005\u3400-\u4dbf\u4e00-\u9fff"
_CJK_NAME = (
    rf"[{_HAN}]{{2,4}}(?![{_HAN}])|[\u30a0-\u30ff]{{2,8}}(?:[・ ][\u30a0-\u30ff]{{2,8}})?|[\uac00-\ud7a3]{{2,4}}"
)
_OTHER_NAME = (
    r"[\u0e01-\u0e4e]{2,20}?(?=ค่ะ|คะ|ครับ|[^\u0e01-\u0e4e]|$)|[\u0620-\u06d3]{2,12}(?: (?!من )[\u0620-\u06d3]{2,12})?"
)
_THAI = r"[\u0e01-\u0e4e]"
ANY_NAME = rf"(?:{_LATIN_NAME}|{_CJK_NAME}|{_OTHER_NAME})"
_LOWER_NAME = r"[^\W\d_]{2,}(?:[ '’-][^\W\d_]{2,}){0,2}"
_AND = r"and|und|et|y|e|i|и"
_NOT_A_CODE = r"(?![\w@/]|[ -]?[A-Z]{0,3}\d)"
_STOPS = r"(?=\s*(?:[,.;:!?()\n，。！？、]|$))"
_BESIDE = r"from|calling|speaking|here|again|aus|vom|von|de|du|da|dal|della|des|à|из"
_ALONE = re.compile(rf"\s*(?:[,.;!?()\n，。！？、]|$|(?:{_AND}|{_BESIDE})(?!\w))")
_NOT_THE_NAME = re.compile(r"(?:['’]s|先生|女士|小姐|太太|さん|様|님|씨)$")
_FILLERS = (
    r"(?:sure|yes|of course|it's|it’s|it is|i am|i'm|my name is|ja|gern|oui|bien sûr|sí|claro|是|好的?|我叫|我是|はい)"
)
_REPLY: Final = re.compile(
    rf"\s*(?:[^\W\d_]+(?: [^\W\d_]+)?[:：]\s*)?(?i:{_FILLERS}[,，、.。 ]*){{0,2}}"
    rf"(?P<name>{ANY_NAME}|{_THAI}{{2,20}} {_THAI}{{2,20}}?)"
    r"(?=\s*(?:[,.!。，、！\n]|$|です|と申|입니다|ครับ|ค่ะ|คะ|\s(?:and|und|et|y)\s))"
)


def find_names(text: str, language: str) -> Iterator[PersonalDatum]:  # noqa: ARG001
    """Yield names that are announced; words that only look like one, as in "Hi there,", are left out.

    The cues of all languages hold at once: chats mix them, and a cue says enough by itself.
    """
    for pattern in _announced():
        for found in pattern.finditer(text):
            yield from _datum(text, *found.span("name"), confidence=0.8)
    for pattern, nouns in _weakly_announced():
        for found in pattern.finditer(text):
            if _sounds_like_a_name(text, found, nouns=nouns):
                yield from _datum(text, *found.span("name"), confidence=0.75)
    for found in _questions().finditer(text):
        yield from _reply(text, found.end())
    yield from find_asian_names(text)


def name_in_reply(question: str, reply: str) -> Span | None:
    """Return where the name stands in the reply to a question that asks for one, else None."""
    asked = list(_questions().finditer(question))
    named = next(_reply(reply, 0), None) if asked and len(question) - asked[-1].end() < 3 else None
    return named.span if named else None


def _reply(text: str, at: int) -> Iterator[PersonalDatum]:
    found = _REPLY.match(text, at)
    if found:
        yield from _datum(text, *found.span("name"), confidence=0.75)


def _datum(text: str, start: int, end: int, *, confidence: float) -> Iterator[PersonalDatum]:
    name = _NOT_THE_NAME.sub("", text[start:end])
    words = name.split(" ")
    letter = len(name) == 1 and name.isascii()
    if not letter and not any(map(is_nameless, (words[0], words[-1]) if len(words) < 3 else words)):
        yield PersonalDatum(PersonalKind.NAME, Span(start, start + len(name)), confidence)


def _sounds_like_a_name(text: str, found: re.Match[str], *, nouns: bool) -> bool:
    """Tell whether what follows "I am" or "my wife" is a name: two words, a frequent name, or a word that stands alone.

    `nouns` says that nouns are written with a capital too, as in German.
    """
    words = found["name"].split(" ")
    if len(words) > 1 or fold(words[0]).split("-")[0] in GIVEN_NAMES:
        return True
    alone = bool(found["kin"] or _ALONE.match(text, found.end()))
    return alone and not nouns and not words[0].isupper()


@lru_cache(maxsize=1)
def _announced() -> tuple[re.Pattern[str], ...]:
    behind_space = rf"(?:^|(?<=[.!?\s]))(?i:{either('greetings')})"
    signed = rf"(?:^|(?<=[\s.!?,;。！]))(?i:{either('sign_offs')})[ \t]*[,.!;:，。！、–—-]?\s{{1,3}}"
    title = rf"(?:(?:{either('titles')}|M)\.?[ ])?"
    return (
        re.compile(
            rf"(?<!\w)(?i:{either('introductions')})[\s:：]*(?P<name>(?![了过過你您他她什不]){ANY_NAME}){_NOT_A_CODE}"
        ),
        re.compile(rf"(?<!\w)(?i:{either('introductions')}) (?P<name>{_LOWER_NAME}?)(?={_STOPS}|\s(?:{_AND})\s)"),
        re.compile(rf"(?:^|[。、！？\s])(?P<name>{_CJK_NAME}|[{_HAN}]{{2,4}})(?={either('closings')})", re.MULTILINE),
        re.compile(
            rf"(?:^|(?<=[\s,;，；(（|]))(?i:{either('labels')})[ \t]*[:：][ \t]*(?P<name>{ANY_NAME}){_NOT_A_CODE}",
            re.MULTILINE,
        ),
        re.compile(rf"{behind_space}[ ](?P<name>{_LATIN_NAME})(?=\s*[,!.:;\n]|$)", re.MULTILINE),
        re.compile(rf"{behind_space},[ ](?P<name>{_WORD} {_WORD})(?=\s*(?:[,!.;\n]|$))", re.MULTILINE),
        re.compile(rf"(?<!\w)(?:{either('titles')})\.?[ ](?P<name>{_LATIN_NAME})"),
        re.compile(rf"(?:^|(?i:{either('greetings', 'fr')}),?[ ])M\.[ ](?P<name>{_LATIN_NAME})", re.MULTILINE),
        re.compile(rf"(?<!\w)(?P<name>{_WORD} {_WORD}),?[ ](?:{either('speaking')})(?!\w)"),
        re.compile(rf"{signed}{title}(?P<name>{_LATIN_NAME}|{_OTHER_NAME})(?=[ \t]*(?:[.,|\n]|$))", re.MULTILINE),
    )


@lru_cache(maxsize=1)
def _weakly_announced() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return patterns, each with whether its languages write nouns with a capital."""
    return tuple(
        (re.compile(_cued(*languages)), nouns)
        for languages, nouns in ((("de",), True), (("en", "fr", "es", "it", "pt", "ru", "vi"), False))
    )


def _cued(*languages: str) -> str:
    cues = rf"(?i:{either('selves', *languages)}|(?P<kin>{either('kin', *languages)}))"
    return rf"(?<![\w’']){cues},?[ ](?P<name>{_LATIN_NAME}){_NOT_A_CODE}"


@lru_cache(maxsize=1)
def _questions() -> re.Pattern[str]:
    return re.compile(rf"(?i:{either('asks')})[^?？؟。.\n]{{0,60}}[?？؟。.]")
