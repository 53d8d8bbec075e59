"""Find Chinese, Japanese and Korean names, which no capital letter marks: frequent surnames behind weaker cues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from engine.domain.knowledge import Span
from engine.guard.findings import PersonalDatum, PersonalKind
from engine.languages.name_words import (
    JAPANESE_PLACES,
    JAPANESE_SURNAMES,
    KOREAN_SURNAMES,
    NOT_CHINESE_NAMES,
    SURNAMES,
)
from engine.languages.personal_cues import either

__all__ = ["find_asian_names"]

_HAN = r"\u3005\u3400-\u4dbf\u4e00-\u9fff"
_KATAKANA = r"\u30a1-\u30fa\u30fc"
_SYLLABLE = r"\uac00-\ud7a3"
_SURNAME = rf"(?:{'|'.join(SURNAMES)})"
_FULL = rf"{_SURNAME}[{_HAN}]{{1,2}}"
# What a sentence goes on with behind a name that no stop follows.
_GOES_ON = r"(?=[^\u3005\u3400-\u9fff]|$|[我你您想要请請在有买買从從来來是这這那今昨前手电電订訂问問寄])"
_END = r"(?=[ \t]*(?:[。，,.!！\n]|$))"
_TITLES = r"先生|女士|小姐|太太|老师|老師"
_NO_RUN = re.compile(
    r"(?:[仕模多一同異有各皆神王奥客母父兄姉娘孫嫁妻夫者員店社先人手主方側会係家]|担当|管理|組合|息子|業者|皆々|お疲れ|ご苦労|"
    r"(?<![土守古塩大])屋)$"
)
_ROLES = "사용자|이용자|구매자|관리자|담당자|신청자|문의자|상담사|상담원"
_STAFF = frozenset(
    {"人员", "人員", "专员", "專員", "中心", "团队", "團隊", "经理", "經理", "小二", "热线", "熱線", "代表", "将", "將"}
)


def find_asian_names(text: str) -> Iterator[PersonalDatum]:
    """Yield names behind weak cues that begin with a frequent surname, and names before a title."""
    for pattern, confidence in _patterns():
        for found in pattern.finditer(text):
            name = found["name"]
            if name not in _STAFF and not any(name.startswith(word) for word in NOT_CHINESE_NAMES):
                yield PersonalDatum(PersonalKind.NAME, Span(*found.span("name")), confidence)
    for found in _japanese_honoured().finditer(text):
        if not _NO_RUN.search(found["name"]):
            yield PersonalDatum(PersonalKind.NAME, Span(*found.span("name")), 0.75)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], float], ...]:
    sources = (*_chinese(), *_japanese(), *_korean())
    return tuple((re.compile(source, re.MULTILINE), confidence) for source, confidence in sources)


def _chinese() -> Iterator[tuple[str, float]]:
    thanks = r"(?:谢谢|謝謝|感谢|感謝|多谢|多謝)[您你]?[。！!，,]?[ \t]*\n+"
    yield rf"(?:{either('introductions', 'zh')})[\s:：]*(?P<name>{_SURNAME}[{_HAN}](?:{_GOES_ON}|[{_HAN}]))", 0.82
    yield rf"(?:我|敝|免贵|免貴|本人|小弟|小妹)姓[\s:：]*(?P<name>{_SURNAME})", 0.8
    yield rf"(?:{either('selves', 'zh')})\s?(?P<name>{_FULL}){_GOES_ON}", 0.75
    staff = r"客服(?:专员|專員|人员|人員)?\s?"
    yield rf"{staff}(?P<name>[{_HAN}]{{2,3}}?)(?=，?(?:为您|為您|很高兴|很高興))", 0.75
    yield rf"(?:{either('selves', 'zh')}|客服)\s?(?P<name>[小阿老]{_SURNAME})(?![{_HAN}])", 0.75
    yield rf"(?:(?:{either('sign_offs', 'zh')})[\s，。！!,]*|{thanks})(?P<name>{_FULL}){_END}", 0.75
    yield rf"(?:^|(?<=[\s。！，]))(?P<name>{_FULL})\s?(?=敬上|敬启|敬啟|谨启|謹啟|谨上|謹上|上\s*$)", 0.8
    yield rf"(?!谢谢|謝謝)(?:(?![谢謝])|(?<![多感谢謝]))(?P<name>{_SURNAME}[{_HAN}]{{0,2}}?)(?={_TITLES})", 0.75


def _japanese() -> Iterator[tuple[str, float]]:
    surname = "|".join(JAPANESE_SURNAMES)
    sure = "|".join(name for name in JAPANESE_SURNAMES if name not in JAPANESE_PLACES)
    given = rf"[ \u3000]?[{_HAN}\u3041-\u3096{_KATAKANA}]{{1,4}}"
    is_me = r"(?=です|でございます|と申|と言|といい|だけど|ですが)"
    anybody = rf"(?:{surname})|(?!者|方)[{_HAN}]{{1,3}}|[{_KATAKANA}]{{2,6}}"
    start = r"(?:^|(?<=[。！？!?\s、]))"
    yield rf"(?:{start}|私は|わたくしは|の)(?P<name>{sure}|(?:{surname})[ \u3000]?[{_HAN}]{{1,3}}){is_me}", 0.75
    yield rf"(?:私は|わたくしは)(?P<name>(?:{surname})(?:{given})?){is_me}", 0.75
    yield (
        rf"(?:担当|窓口|サポート|センター|係)の(?P<name>{anybody})(?=です|でございます|が承|が担当|がお|と申)",
        0.75,
    )
    yield rf"(?:{either('sign_offs', 'ja')})[。、！\s]*(?P<name>(?:{surname})(?:{given})?){_END}", 0.75


def _korean() -> Iterator[tuple[str, float]]:
    name = rf"(?P<name>[{KOREAN_SURNAMES}][{_SYLLABLE}]{{2}})"
    yield rf"(?:{either('selves', 'ko')})[,.! ]+{name}(?=입니다|이에요|예요|이라고|라고|인데|이고)", 0.75
    yield (
        rf"(?<![{_SYLLABLE}])(?!{_ROLES}){name}(?=님| ?씨(?![{_SYLLABLE}])| ?고객님)",
        0.75,
    )
    yield rf"(?:{either('sign_offs', 'ko')})[.! ]*\n\s*{name}(?=[ \t]*(?:$|\n))", 0.75
    yield rf"(?:^|(?<=\s)){name}(?= ?(?:드림|올림)(?:$|\s|\.))", 0.75


@lru_cache(maxsize=1)
def _japanese_honoured() -> re.Pattern[str]:
    """Return the pattern of names before 様 and さん; runs of characters that mean somebody's part are left out."""
    return re.compile(
        rf"(?<![{_HAN}おご御])(?P<name>[{_HAN}]{{1,4}}|(?<![{_KATAKANA}])[{_KATAKANA}]{{2,8}})(?=様(?!々|子|式|態)|さま|さん|氏(?!名))"
    )
