"""Find telephone numbers of persons: by form, by label, and by the numbering plans of `phonenumbers`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.domain.knowledge import Span
from engine.guard.context import after, before, is_reference
from engine.guard.findings import PersonalDatum, PersonalKind

__all__ = ["find_phones"]

_DASH = "\u2010-\u2015\u2212\uff0d-"
_LONG = "\u30fc"  # the long mark of kana, which stands for a dash between digits
_NUMBER = re.compile(
    rf"(?<![A-Za-z0-9_@/=#{_DASH}])(?<!\d[.,])(?:\+|00)?\(?\d"
    rf"(?:(?:[ .\u3000/{_LONG}{_DASH}]?[()]?[ ]?|[ ]/[ ])\d){{5,16}}"
    r"(?:[ ]?(?:x|ext\.?|分机|分機|内線|內線)[ ]?\d{1,6})?(?![A-Za-z0-9_@%]|[:：,.]\d)"
)
_EXTENSION = re.compile(r"[ ]?(?:x|ext\.?|分机|分機|内線|內線)[ ]?\d{1,6}$")
_NORTH_AMERICAN = re.compile(r"(?:1[-. ])?(?:\(\d{3}\)[ ]?|\d{3}[-. ])\d{3}[-. ]\d{4}")
_TRUNK = re.compile(rf"0\d{{1,5}}[ (./{_DASH}]|\(0\d{{1,5}}\)")
_SERVICE = re.compile(
    r"(?:1[-. ])?\(?(?:400|8(?:00|33|44|55|66|77|88))\)?[-. ]?\d{3}[-. ]?\d{4}"
)  # China, North America
_DATE = re.compile(r"(?:19|20)\d\d([-/. ])\d{1,2}\1\d{1,2}(?: \d{1,2})?|\d{1,2}([-/. ])\d{1,2}\2(?:19|20)\d\d")
_LABEL = re.compile(
    r"(?:\b(?:(?:tele)?phone|tel|mobile|cell|fax|desk|office|home|work|whatsapp|sms|(?:call|ring|text|reach|"
    r"answer)(?:ing|ed)?"
    r"(?: (?:me|us|him|her|them))?(?: back)?(?: (?:on|at))?|messages? (?:to|on)(?: my)?(?: registered)?|"
    r"telefon\w*|handy|mobil\w*|rufnummer|t[ée]l[ée]\w*|portable|tel[ée]fono|m[óo]vil|celular|cellulare|telefone|"
    r"телефон\w*|моб\w*|điện thoại|sđt|di động)|"
    r"电话|電話|手机|手機|联系方式|聯絡方式|致电|座机|市话|市話|携帯|ファックス|"
    r"전화|휴대폰|연락처|핸드폰|โทร|เบอร์|هاتف|جوال)"
    r"(?:[ ]?(?:number|no|nr|nummer|num[ée]ro|号码|號碼|号|號|番号|번호))?"
    r"[\s.:：#=]{0,4}(?:(?:is|ist|est|es|是|为|為|は)[\s:：]*)?$",
    re.IGNORECASE,
)
_LABEL_AFTER = re.compile(r"[ -]{0,2}(?:fax|office|mobile|home|cell|desk|tel|phone|（手机）|\(手机\))\b", re.IGNORECASE)
_AMOUNT = re.compile(r"[$€£¥￥₩₽]\s?$")
_UNIT = re.compile(r"\s?(?:[$€£¥￥元円원]|(?:eur|usd|rmb|cny|jpy|gb|mb|kb|km|kg|ml|mm|cm|mah|rpm)\b)", re.IGNORECASE)
_REGIONS = {
    "zh-hant": ("TW", "HK"),
    "zh": ("CN", "TW", "HK"),
    "ja": ("JP",),
    "ko": ("KR",),
    "en": ("US", "GB"),
    "de": ("DE", "AT", "CH"),
    "fr": ("FR", "BE", "CH"),
    "es": ("ES", "MX"),
    "it": ("IT",),
    "pt": ("PT", "BR"),
    "ru": ("RU",),
    "vi": ("VN",),
    "th": ("TH",),
    "ar": ("SA", "EG", "AE"),
}


def find_phones(text: str, language: str) -> Iterator[PersonalDatum]:
    """Yield the numbers that reach a person; toll-free and premium numbers are a company's."""
    for found in _NUMBER.finditer(text):
        confidence = _confidence(text, found, _regions(language))
        if confidence:
            yield PersonalDatum(PersonalKind.PHONE, Span(*found.span()), confidence)


def _confidence(text: str, found: re.Match[str], regions: tuple[str, ...]) -> float:
    """Return how sure it is that a run of digits is a personal telephone number; 0 for not."""
    number = _EXTENSION.sub("", found[0])
    digits = sum(char.isdigit() for char in number)
    international = number.startswith("+")
    lead, tail = before(text, found.start()), after(text, found.end())
    if not 6 <= digits <= 15 or _DATE.fullmatch(number) or _AMOUNT.search(lead) or _UNIT.match(tail):
        return 0.0
    if is_reference(text, found.start()) and not international:
        return 0.0
    plans = {_plan(number, region) for region in ((None,) if international else regions)}
    personal = not plans.isdisjoint({"mobile", "fixed"})
    if ("service" in plans or _SERVICE.fullmatch(number)) and not personal:
        return 0.0
    if _LABEL.search(lead) or _LABEL_AFTER.match(tail) or len(found[0]) > len(number):
        return 0.92
    if international:
        return 0.95 if personal else 0.7
    if "mobile" in plans or (personal and not number.isdecimal()):
        return 0.85
    if _NORTH_AMERICAN.fullmatch(number):
        return 0.8
    return 0.65 if _TRUNK.match(number) and digits >= 9 else 0.0


def _plan(number: str, region: str | None) -> str:
    """Return what a region's numbering plan says: "mobile", "fixed" (or perhaps mobile), "service", "" for nothing."""
    from phonenumbers import NumberParseException, PhoneNumberType, is_valid_number, number_type, parse

    try:
        parsed = parse(number, region)
    except NumberParseException:
        return ""
    if not is_valid_number(parsed):
        return ""
    kind = number_type(parsed)
    if kind in (PhoneNumberType.MOBILE, PhoneNumberType.PERSONAL_NUMBER):
        return "mobile"
    if kind in (PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST):
        return "service"
    fixed = (PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.VOIP)
    return "fixed" if kind in fixed else ""


def _regions(language: str) -> tuple[str, ...]:
    """Return the numbering plans to try: those of the language's countries; for an unknown one none."""
    tag = language.lower()
    return _REGIONS.get(tag) or _REGIONS.get(tag.partition("-")[0], ())
