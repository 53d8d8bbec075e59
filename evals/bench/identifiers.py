"""Made identity numbers of China, Hong Kong, Taiwan and Japan, right ones and ones with a wrong check digit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from engine.domain.knowledge import Span
from engine.guard.findings import PersonalKind
from evals.bench.personal_data import LabelledText

__all__ = ["IDENTIFIERS", "identifier_texts"]

SEED = 29
_CN_WEIGHTS = [2 ** (17 - at) % 11 for at in range(17)]
_TW_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"


@dataclass(frozen=True, slots=True)
class _Sort:
    """How a number is made, its possible check characters, and sentences that it stands in."""

    kind: PersonalKind
    language: str
    make: Callable[[Random], tuple[str, str]]  # without its check character; the character
    checks: str
    sentences: Sequence[str]
    shape: str = "{}{}"


def _cn(random: Random) -> tuple[str, str]:
    """Return seventeen digits with a day of birth, and the check by 2^(18-i) modulo 11 (GB 11643)."""
    born = f"{random.randint(1950, 2012)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    body = f"{random.choice(('110105', '310115', '440305', '510107'))}{born}{random.randint(0, 999):03}"
    total = sum(weight * int(digit) for weight, digit in zip(_CN_WEIGHTS, body, strict=True))
    return body, "0123456789X"[(12 - total % 11) % 11]


def _hk(random: Random) -> tuple[str, str]:
    """Return a letter and six digits; weights from 8 on, the absent second letter adds 9 times 36."""
    letter = random.choice("ABCDEGHKPRVZ")
    body = f"{letter}{random.randint(0, 999999):06}"
    total = 9 * 36 + 8 * (ord(letter) - 55) + sum(int(digit) * (7 - at) for at, digit in enumerate(body[1:]))
    return body, "0123456789A"[-total % 11]


def _tw(random: Random) -> tuple[str, str]:
    """Return a letter, a digit for the sex and seven digits; the sum is a multiple of ten."""
    letter = random.choice(_TW_LETTERS)
    body = f"{letter}{random.choice('12')}{random.randint(0, 9999999):07}"
    number = 10 + _TW_LETTERS.index(letter)
    total = number // 10 + 9 * (number % 10) + sum(int(digit) * (8 - at) for at, digit in enumerate(body[1:]))
    return body, str(-total % 10)


def _jp(random: Random) -> tuple[str, str]:
    """Return eleven digits; Q is n + 1 up to the sixth from the right, else n - 5."""
    body = f"{random.randint(0, 10**11 - 1):011}"
    total = sum(int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(body), 1))
    return body, str(0 if total % 11 <= 1 else 11 - total % 11)


_SORTS = (
    _Sort(
        PersonalKind.CN_RESIDENT_ID,
        "zh-Hans",
        _cn,
        "0123456789X",
        ("您的身份证号是{}，对吗？", "已登记：{}。", "实名信息 {} 已核对", "证件号码：{}，请查收。"),
    ),
    _Sort(
        PersonalKind.HK_ID,
        "zh-Hant",
        _hk,
        "0123456789A",
        ("您的身份證號碼是{}。", "HKID: {}, please check.", "登記人證件 {} 已收到"),
        "{}({})",
    ),
    _Sort(
        PersonalKind.TW_ID,
        "zh-Hant",
        _tw,
        "0123456789",
        ("您的身分證字號是{}，請確認。", "會員資料：{}", "證號{}已更新。", "Your ID {} is on file."),
    ),
    _Sort(
        PersonalKind.JP_MY_NUMBER,
        "ja",
        _jp,
        "0123456789",
        ("マイナンバーは{}でございます。", "個人番号：{}", "マイナンバー {} を確認しました。"),
    ),
)


IDENTIFIERS = tuple(sort.kind for sort in _SORTS)


def identifier_texts(count: int = 400, *, seed: int = SEED) -> tuple[LabelledText, ...]:
    """Return texts, every other one with a number whose check character is wrong and that must not be found."""
    random = Random(seed)  # noqa: S311
    return tuple(_text(_SORTS[at // 2 % len(_SORTS)], at % 2 == 1, random) for at in range(count))


def _text(sort: _Sort, decoy: bool, random: Random) -> LabelledText:
    body, check = sort.make(random)
    written = random.choice([each for each in sort.checks if each != check]) if decoy else check
    number = sort.shape.format(body, written)
    before, after = random.choice(sort.sentences).split("{}")
    place = Span(len(before), len(before) + len(number))
    gold = frozenset() if decoy else frozenset({(sort.kind, place)})
    return LabelledText(f"{before}{number}{after}", gold, sort.language)
