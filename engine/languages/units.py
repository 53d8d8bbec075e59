"""Names of currencies, durations and measures, and what they are in base units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from engine.languages.folding import fold
from engine.languages.registry import profiles

__all__ = [
    "CURRENCY_NAMES",
    "alternatives",
    "currencies",
    "durations",
    "measures",
    "number_words",
    "prefixes",
    "scales",
    "tens",
]

# A name can mean several currencies; texts agree if one of them does.
CURRENCY_NAMES = {
    "EUR": "€|eur|euros|euro|欧元|ユーロ|유로|евро|يورو|ยูโร",
    "GBP": "£|gbp|pounds|pound|英镑|ポンド|파운드",
    "CHF": "chf|franken|瑞士法郎",
    "CNY": "cny|rmb|cn¥|人民币|元人民币|人民元|위안|юаней|юаня",
    "TWD": "twd|ntd|nt$|新台币|台币|元台币|台湾ドル",
    "HKD": "hkd|hk$|港币|港元|香港ドル",
    "JPY": "jpy|円|日元|日圆|엔|yen|иен|เยน",
    "USD": "usd|us$|美元|美金|ドル|달러|dollars|dollar|долларов|ดอลลาร์|دولار",
    "KRW": "krw|₩|원|韩元|ウォン|won",
    "THB": "thb|฿|บาท|baht",
    "VND": "vnd|₫|đồng|đ",
    "BRL": "brl|r$|reais",
    "RUB": "rub|₽|рублей|рубля|рубль|руб",
    "CNY TWD HKD": "元|块钱|块",
    "CNY JPY": "¥",
    "USD TWD HKD AUD CAD SGD": "$",
}
# Seconds or months; "working_day" is a unit of its own.
_DURATIONS = {
    "minute": (Decimal(60), "s"),
    "hour": (Decimal(3600), "s"),
    "day": (Decimal(86400), "s"),
    "week": (Decimal(604800), "s"),
    "working_day": (Decimal(1), "working day"),
    "month": (Decimal(1), "month"),
    "year": (Decimal(12), "month"),
}
_SECONDS = "seconds|second|secs|sec|s|秒钟|秒|초|sekunden|sekunde|secondes|seconde|segundos|segundo|secondi|секунд"
# What multiplies the number before it. Billion is the thousand millions of English, its cognates are a million.
_SCALES = {
    "100": "百|백",
    "1000": "thousand|tausend|tsd.|mille|mila|mil|тысяч|тысячи|тысяча|тыс.|тыс|nghìn|ngàn|พัน|آلاف|ألف|ألفا|千|천",
    "10000": "万|만|หมื่น",
    "100000": "แสน|십만",
    "1000000": "million|millions|millionen|mio.|mio|millón|millones|milhão|milhões|milione|milioni|миллион|миллиона|"
    "миллионов|млн|triệu|ล้าน|مليون|ملايين|百万|백만",
    "10000000": "千万|천만",
    "100000000": "亿|억",
    "1000000000": "billion|milliarde|milliarden|mrd.|mrd|milliard|milliards|mil millones|bilhão|bilhões|miliardo|"
    "miliardi|миллиард|миллиарда|миллиардов|млрд|tỷ|tỉ|พันล้าน|مليار|مليارات",
    "1000000000000": "trillion|billionen|billón|billones|trilhão|trilhões|万亿|조",
}
_TENS = (
    ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    ("zwanzig", "dreißig|dreissig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"),
    (
        "vingt",
        "trente",
        "quarante",
        "cinquante",
        "soixante",
        "septante",
        "quatre-vingt|quatre-vingts|huitante",
        "nonante",
    ),
    ("veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"),
    ("vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa"),
    ("venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"),
    (
        *("двадцать|двадцати", "тридцать|тридцати", "сорок|сорока", "пятьдесят|пятидесяти", "шестьдесят|шестидесяти"),
        *("семьдесят|семидесяти", "восемьдесят|восьмидесяти", "девяносто|девяноста"),
    ),
    ("hai mươi", "ba mươi", "bốn mươi", "năm mươi", "sáu mươi", "bảy mươi", "tám mươi", "chín mươi"),
    ("ยี่สิบ", "สามสิบ", "สี่สิบ", "ห้าสิบ", "หกสิบ", "เจ็ดสิบ", "แปดสิบ", "เก้าสิบ"),
    (
        *("عشرون|عشرين", "ثلاثون|ثلاثين", "أربعون|أربعين", "خمسون|خمسين", "ستون|ستين", "سبعون|سبعين"),
        *("ثمانون|ثمانين", "تسعون|تسعين"),
    ),
)
# Base unit, size in base units, names.
_MEASURES = (
    ("m", "1000", "km|公里|千米|キロメートル|км"),
    ("m", "1", "m|米|公尺|メートル|미터|м|метров|metres|meters"),
    ("m", "0.01", "cm|厘米|公分|センチ|см"),
    ("m", "0.001", "mm|毫米|ミリ|мм"),
    ("g", "1000", "kg|公斤|千克|キログラム|キロ|кг|kilos|킬로그램|กก.|กิโลกรัม|كجم"),
    ("g", "1", "g|克|グラム|г|grams|gram|gramm|grammes|gramos|grammi|gramas|그램|กรัม|غرام"),
    ("g", "0.001", "mg|毫克"),
    ("ml", "1000", "l|升|公升|リットル|л|литров|литра|litres|litre|liters|liter|litros|litro|litri|리터|ลิตร|لتر"),
    ("ml", "10", "cl"),
    ("ml", "1", "ml|毫升|ミリリットル|мл|밀리리터|มล.|مل"),
    ("m2", "1", "m2|平方米|平方公尺|平米|平方メートル|м2|sqm|제곱미터|ตร.ม."),
    ("m3/h", "1", "m3/h|立方米/小时|立方公尺/小时|м3/ч"),
    ("°C", "1", "°c|摄氏度|度c|度|degrees|grad|도|градусов|grados|gradi|graus|degrés|องศา"),
    ("°F", "1", "°f|华氏度"),
    ("W", "1000", "kw|千瓦|квт"),
    ("W", "1", "w|瓦特|瓦|ワット|вт|watts|watt|와트|วัตต์|واط"),
    ("Wh", "1000", "kwh|千瓦时"),
    ("Wh", "1", "wh"),
    ("V", "1", "v|伏特|伏|ボルト|volts|volt|볼트"),
    ("mAh", "1", "mah|毫安时|毫安|мач"),
    ("mAh", "1000", "ah"),
    ("Hz", "1000000000", "ghz"),
    ("Hz", "1000000", "mhz"),
    ("Hz", "1000", "khz"),
    ("Hz", "1", "hz|赫兹"),
    ("dB", "1", "db|分贝|デシベル|дб|데시벨|เดซิเบล"),
    ("bar", "1", "bar|巴|バール"),
    ("MB", "1000000", "tb"),
    ("MB", "1000", "gb"),
    ("MB", "1", "mb"),
)


def alternatives(names: Mapping[str, object]) -> str:
    """Return a regular expression for any of the names, longest first; words of spaced scripts match whole."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name) + (r"(?![^\W\d_])" if _spaced(name) else "") for name in ordered)


def _spaced(name: str) -> bool:
    return name[-1].isalpha() and (name[-1] < "\u0e00" or "\u1e00" <= name[-1] < "\u2000")


@lru_cache(maxsize=1)
def currencies() -> Mapping[str, str]:
    """Return the ISO 4217 codes (separated by spaces) for each folded name."""
    return {fold(name): codes for codes, names in CURRENCY_NAMES.items() for name in names.split("|")}


def prefixes() -> Mapping[str, str]:
    """Return those that may stand before the amount."""
    before = {"人民币", "新台币", "台币", "港币", "美元", "美金", "日元"}
    return {
        name: codes
        for name, codes in currencies().items()
        if name in before or name[0] < "\u0100" or "\u20a0" <= name[0] <= "\u20cf"
    }


@lru_cache(maxsize=1)
def durations() -> Mapping[str, tuple[Decimal, str]]:
    """Return the size and the base unit ("s", "month", "working day") for each folded name of a duration."""
    seconds = dict.fromkeys(fold(_SECONDS).split("|"), (Decimal(1), "s"))
    named = {
        word: _DURATIONS[unit]
        for profile in profiles().values()
        for unit, words in profile.calendar.durations.items()
        for word in words
    }
    return seconds | named


@lru_cache(maxsize=1)
def measures() -> Mapping[str, tuple[Decimal, str]]:
    """Return the size and the base unit for each folded name of a measure."""
    return {fold(name): (Decimal(size), base) for base, size, names in _MEASURES for name in names.split("|")}


@lru_cache(maxsize=1)
def number_words() -> Mapping[str, Decimal]:
    """Return the value of each folded number word, from one to twelve."""
    return {
        word: Decimal(value)
        for profile in profiles().values()
        for value, words in enumerate(profile.calendar.numerals, 1)
        for word in words
    }


@lru_cache(maxsize=1)
def tens() -> Mapping[str, Decimal]:
    """Return the value of each folded word for twenty to ninety."""
    return {
        fold(word): Decimal(10 * number)
        for words in _TENS
        for number, forms in enumerate(words, 2)
        for word in forms.split("|")
    }


@lru_cache(maxsize=1)
def scales() -> Mapping[str, Decimal]:
    """Return by what each folded word such as "million" multiplies the number before it."""
    return {fold(name): Decimal(size) for size, names in _SCALES.items() for name in names.split("|")}
