"""Find out how bytes encode text: marks first, then Unicode, then what a script makes plausible."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter

from engine.errors import InvalidInput

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_JIS_ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(J")
_SAMPLE = 20_000  # bytes that are judged; enough for certainty, little enough to be quick
_PLAUSIBLE = 0.62
_CERTAIN = 0.9
_LITTER = 0.1  # share of control characters that a text may have which is certain otherwise
_SOUND = 10  # sound characters beyond ASCII for each broken one: other encodings have hardly any
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_KANA = "".join(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FD))))
_STOPS = "、。，．・：；？！ー―…“”‘’（）〈〉《》「」『』【】〜～％＋－／＝　０１２３４５６７８９"
# The most frequent characters of running text; they tell encodings apart that share a code space.
_FREQUENT_HANS = (
    "的一是不了在有人我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经"
    "么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日期请您如果单货款退换品费修保号码手机电话订购买"
)
_FREQUENT_HANT = (
    "的一是不了在有人我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經"
    "麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日期請您如果單貨款退換品費修保號碼手機電話訂購買"
)
_FREQUENT_JA = _KANA[:86] + "日年月人方時間品商使用場合金注文返送料様確認電話大中出入上手本"
_FREQUENT_KO = (
    "이다는의가을에고하지로한도기사를어서나은리자인대그시해수과있정부일보아제니여스장면만주전상구원들게라동안으요습까세주문"
    "배송환불품교내용국되없우"
)
_CYRILLIC = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў")
_CENTRAL = frozenset("ąćęłńóśźżáäčďéěíľĺňôöřŕšťúůüýžőűâăîșțşţđ")
_ALPHABETS = {
    "cp1252": frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüßœ"),
    "cp1251": _CYRILLIC,
    "koi8-r": _CYRILLIC,
    "cp1253": frozenset("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"),
    "cp1254": frozenset("çğıöşüâîû"),
    "cp1250": _CENTRAL,
    "iso8859-2": _CENTRAL,
}
_SYMBOLS = frozenset("€£§©®°«»¿¡“”„‘’‚–—…•×½²³İ\u00a0")
_FOREIGN = re.compile("[^\x00-\x7f]")
_ODD_SYMBOL = re.compile(r"(?<=[^\W\d])[\u00a1-\u00b6\u00b8-\u00bf×÷€](?=[^\W\d])")
_PRIOR = {"cp1252": 0.16}  # what a symbol or capital costs: by far the most frequent of these encodings
_MIXED = re.compile("[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]|ς(?=[α-ω])")
_LONG_RUN = re.compile("[\u00c0-\u024f]{3}")


def decode(data: bytes, *, name: str, declared: str | None = None) -> str:
    """Return the text that `data` encodes, byte order mark removed.

    `declared` is what the file says of its own encoding; it is believed if the bytes allow it. Raises InvalidInput,
    naming the file `name`, where no encoding makes sense.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name)
    escaped = any(escape in data[:_SAMPLE] for escape in _JIS_ESCAPES)
    for encoding in ("iso2022_jp" if escaped else "utf-8", *([declared] if declared else ())):
        text = _try(data, encoding)
        if text is not None and not _has_controls(text):
            return text
    damaged = _damaged_utf8(data)
    if damaged is not None:
        return damaged
    guess = _guess(data)
    if guess is None:
        littered = _try(data, "utf-8")
        if littered is None or len(_CONTROLS.findall(littered)) > _LITTER * len(littered):
            raise _undecodable(name)
        return littered
    return _strict(data, guess, name)


def _damaged_utf8(data: bytes) -> str | None:
    """Return UTF-8 in which a few bytes are broken, with U+FFFD in their place; None if it is something else.

    Surrogate pairs that were encoded one by one (CESU-8) are put together.
    """
    try:
        paired = data.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
        text = paired.decode("utf-16-le", "replace")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        if sum(char > "\x7f" for char in text) < (_SOUND + 1) * text.count("\ufffd"):
            return None
    return text if "\ufffd" in text and not _has_controls(text) else None


def _guess(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    scored = [(_plausibility(sample, encoding), encoding) for encoding in _scripts()]
    score, encoding = max(scored)
    if score >= _CERTAIN or (score >= _PLAUSIBLE and _alphabet_share(sample, "cp1252") < 0.8):
        return encoding
    return _alphabetic(sample)


def _plausibility(sample: bytes, encoding: str) -> float:
    """Return 0..1: how much of the non-ASCII text is characters that the encoding's readers use every day."""
    text = _try(sample, encoding, partial=True)
    if text is None or _has_controls(text):
        return 0.0
    foreign = [char for char in text if char > "\x7f"]
    if not foreign:
        return float(encoding in {"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
    common, frequent = _scripts()[encoding]
    usual = sum(char in common for char in foreign) / len(foreign)
    often = sum(char in frequent for char in foreign) / len(foreign)
    return 0.7 * usual + 0.3 * min(1.0, 3 * often)


@lru_cache(maxsize=1)
def _scripts() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return each candidate encoding with its common characters and its most frequent ones.

    The common ones are those that the national standards rank as level 1 and list first: GB 2312 rows 16-55, Big5
    0xA4-0xC6, JIS X 0208 rows 16-47, all Hangul of KS X 1001.
    """
    stops = frozenset(_STOPS)
    hans = stops | _rows("gb2312", range(0xB0, 0xD8))
    hant = stops | _rows("big5", range(0xA4, 0xC7))
    japanese = stops | frozenset(_KANA) | _rows("euc_jp", range(0xB0, 0xD0))
    korean = stops | _rows("euc_kr", range(0xB0, 0xC9))
    everything = hans | hant | japanese | korean | frozenset(map(chr, range(0xA0, 0x180)))
    often = frozenset(_FREQUENT_HANS + _FREQUENT_HANT + _FREQUENT_JA + _FREQUENT_KO)
    scripts = {
        "gb18030": (hans, frozenset(_FREQUENT_HANS)),
        "big5hkscs": (hant, frozenset(_FREQUENT_HANT)),
        "cp932": (japanese, frozenset(_FREQUENT_JA)),
        "euc_jp": (japanese, frozenset(_FREQUENT_JA)),
        "cp949": (korean, frozenset(_FREQUENT_KO)),
    }
    return scripts | {f"utf-{bits}-{order}": (everything, often) for bits in (16, 32) for order in ("le", "be")}


def _rows(encoding: str, leads: Iterable[int]) -> frozenset[str]:
    pairs = (bytes((lead, trail)) for lead in leads for trail in range(0x40, 0xFF))
    return frozenset(pair.decode(encoding, "ignore")[:1] for pair in pairs) - {""}


def _alphabetic(sample: bytes) -> str | None:
    """Return the single-byte encoding in which letters come out as an alphabet's own, in lower case for the most."""
    scored = [(_alphabet_share(sample, encoding) + _PRIOR.get(encoding, 0.0), encoding) for encoding in _ALPHABETS]
    score, encoding = max(scored, key=itemgetter(0))
    if score >= 0.9:
        return encoding
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return None if best is None or _has_controls(str(best)) or not _is_texty(str(best)) else best.encoding


def _alphabet_share(sample: bytes, encoding: str) -> float:
    text = _try(sample, encoding)
    if text is None or _has_controls(text):
        return 0.0
    foreign = _FOREIGN.findall(text)
    letters = _ALPHABETS[encoding]
    good = sum(1.0 if char in letters else 0.85 * (char.lower() in letters or char in _SYMBOLS) for char in foreign)
    odd = _ODD_SYMBOL.findall(text) + (_LONG_RUN if "é" in letters or "ç" in letters else _MIXED).findall(text)
    return (good - 2 * len(odd)) / max(1, len(foreign))


def _is_texty(text: str) -> bool:
    """Tell whether letters, digits and spaces make up most of `text`."""
    return sum(char.isalnum() or char.isspace() for char in text) >= 0.6 * len(text)


def _try(data: bytes, encoding: str, *, partial: bool = False) -> str | None:
    """Decode strictly; None if the bytes do not allow it. With `partial`, the last character may be cut off."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(data, final=not partial)
    except (UnicodeDecodeError, LookupError):
        return None


def _strict(data: bytes, encoding: str, name: str) -> str:
    text = _try(data, encoding)
    if text is None or _has_controls(text):
        raise _undecodable(name)
    return text


def _has_controls(text: str) -> bool:
    """Tell whether there are more control characters than stray into a text: one, or one in 200."""
    return len(_CONTROLS.findall(text)) > max(1, len(text) // 200)


def _undecodable(name: str) -> InvalidInput:
    return InvalidInput(f"{name} is not text in a known encoding.", remedy="Save it as UTF-8 and ingest it again.")
