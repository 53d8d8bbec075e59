"""Check digits of payment cards, bank accounts and identity numbers: pure functions over the bare characters."""

from __future__ import annotations

from datetime import date

__all__ = [
    "is_cn_resident_id",
    "is_hk_id",
    "is_iban",
    "is_jp_my_number",
    "is_luhn",
    "is_tw_id",
    "is_us_ssn",
]

_CN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CN_CHECKS = "10X98765432"
_TW_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"  # A = 10 ... O = 35
_IBAN_LENGTHS = {
    length: frozenset(codes.split())
    for length, codes in {
        15: "NO",
        16: "BE",
        18: "DK FI FO GL NL",
        19: "MK SI",
        20: "AT BA EE KZ LT LU XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS",
        23: "AE GI IL IQ OM TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "FR GR IT MC MR SM BI",
        28: "AL AZ BY CY DO GT HU LB PL SV NI",
        29: "BR EG PS QA UA",
        30: "JO KW MU",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
}


def is_luhn(digits: str) -> bool:
    """Tell whether the last digit checks the others (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def is_iban(compact: str) -> bool:
    """Tell whether an account number without spaces has its country's length and modulus 97 (ISO 13616, ISO 7064)."""
    code = compact.upper()
    if code[:2] not in _IBAN_LENGTHS.get(len(code), ()):
        return False
    return int("".join(str(int(char, 36)) for char in code[4:] + code[:4])) % 97 == 1


def is_us_ssn(digits: str) -> bool:
    """Tell whether nine digits can be a social security number.

    No area 000, 666 or 900-999, no group 00, no serial 0000 (Social Security Administration, POMS RM 10201.035).
    """
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return len(digits) == 9 and area not in {"000", "666"} and area < "900" and group != "00" and serial != "0000"


def is_cn_resident_id(code: str) -> bool:
    """Tell whether 18 characters are a citizen identification number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    if len(code) != 18 or not code[:17].isdecimal() or not _is_day(code[6:14]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_CN_WEIGHTS, code[:17], strict=True))
    return _CN_CHECKS[total % 11] == code[17].upper()


def is_hk_id(code: str) -> bool:
    """Tell whether a Hong Kong identity card number without brackets, such as A1234563, is valid.

    Letters count 10 to 35, a missing second letter 36 (space); weights run from 9 to 1; the sum is 0 modulo 11, the
    last character A stands for 10 (Immigration Department, HKIC validation).
    """
    padded = code.upper().rjust(9)
    values = [36 if char == " " else int(char, 36) for char in padded]
    return (
        len(padded) == 9
        and sum(weight * value for weight, value in zip(range(9, 0, -1), values, strict=True)) % 11 == 0
    )


def is_tw_id(code: str) -> bool:
    """Tell whether a letter and nine digits are a Taiwanese identity or resident number.

    The letter counts as two digits, 10 to 35 by the order of the registration offices; weights 1, 9, 8 ... 1, 1; the
    sum is 0 modulo 10 (National Immigration Agency, resident number coding rules).
    """
    if len(code) != 10 or code[0].upper() not in _TW_LETTERS or not code[1:].isdecimal():
        return False
    number = 10 + _TW_LETTERS.index(code[0].upper())
    digits = (number // 10, number % 10, *map(int, code[1:]))
    weights = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
    return sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 10 == 0


def is_jp_my_number(digits: str) -> bool:
    """Tell whether the last of twelve digits checks the others (ordinance 85 of 2014 of MIC, article 5)."""
    if len(digits) != 12:
        return False
    weights = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
    rest = sum(w * int(digit) for w, digit in zip(weights, reversed(digits[:11]), strict=True)) % 11
    return (0 if rest <= 1 else 11 - rest) == int(digits[11])


def _is_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1880
    except ValueError:
        return False
