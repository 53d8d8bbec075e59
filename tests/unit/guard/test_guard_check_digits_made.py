"""Check characters made by the published algorithms: each right one holds, each wrong one does not."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from string import ascii_uppercase, digits

import pytest

from engine.guard.check_digits import is_cn_resident_id, is_hk_id, is_iban, is_jp_my_number, is_luhn, is_tw_id
from engine.guard.check_digits_eu import is_de_tax_id, is_es_dni, is_fr_nir, is_it_codice, is_nl_bsn, is_pl_pesel

Make = Callable[[Random], tuple[str, str]]  # the body and its check characters
SAMPLES = 40


def number(random: Random, length: int) -> str:
    return "".join(random.choices(digits, k=length))


def luhn(random: Random) -> tuple[str, str]:
    """Double every other digit from the right, cast out nines."""
    body = number(random, 15)
    total = sum(sum(map(int, str(int(digit) * (2 if at % 2 == 0 else 1)))) for at, digit in enumerate(reversed(body)))
    return body, str((10 - total % 10) % 10)


def cn(random: Random) -> tuple[str, str]:
    """Horner in base 2 modulo 11, the remainder to 1 (ISO 7064 MOD 11-2)."""
    born = f"{random.randint(1950, 2015)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    body = f"11010{random.randint(1, 9)}{born}{number(random, 3)}"
    rest = 0
    for digit in body:
        rest = (rest + int(digit)) * 2 % 11
    return body, "0123456789X"[(12 - rest) % 11]


def hk(random: Random) -> tuple[str, str]:
    """Weights 9 to 2 over prefix and digits, a blank is 36."""
    prefix = "".join(random.choices(ascii_uppercase, k=random.choice([1, 2])))
    body = prefix + number(random, 6)
    values = [36] * (8 - len(body)) + [int(char, 36) for char in body]
    rest = -sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True)) % 11
    return body, "A" if rest == 10 else str(rest)


def tw(random: Random) -> tuple[str, str]:
    """Letter as two digits by the table of the registration offices."""
    table = {"A": 10, "B": 11, "C": 12, "F": 15, "H": 17, "I": 34, "O": 35, "W": 32, "Z": 33, "X": 30, "Y": 31}
    letter = random.choice(sorted(table))
    body = letter + random.choice("1289") + number(random, 7)
    total = table[letter] // 10 + table[letter] % 10 * 9
    total += sum(int(digit) * weight for digit, weight in zip(body[1:], range(8, 0, -1), strict=True))
    return body, str((10 - total % 10) % 10)


def jp(random: Random) -> tuple[str, str]:
    """Weights 6 5 4 3 2 7 6 5 4 3 2 from the left; remainders 0 and 1 give 0."""
    body = number(random, 11)
    rest = sum(int(digit) * weight for digit, weight in zip(body, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    return body, "0" if rest < 2 else str(11 - rest)


def es(random: Random) -> tuple[str, str]:
    """The number modulo 23 chooses the letter; X, Y, Z of residents stand for 0, 1, 2."""
    first = random.choice([*digits, "X", "Y", "Z"])
    body = first + number(random, 7)
    value = int(str("XYZ".index(first)) + body[1:]) if first in "XYZ" else int(body)
    return body, "TRWAGMYFPDXBNJZSQVHLCKE"[value % 23]


def fr(random: Random) -> tuple[str, str]:
    """Complement to 97; in Corsica, 2A and 2B take 1 and 2 million off the number read with 0."""
    month, year = random.randint(1, 12), number(random, 2)
    place = random.choice(["2A", "2B", "75", "13"])
    body = f"{random.choice('12')}{year}{month:02}{place}{number(random, 6)}"
    value = int(body.replace("A", "0").replace("B", "0")) - 1_000_000 * {"A": 1, "B": 2}.get(place[1], 0)
    return body, f"{97 - value % 97:02}"


def nl(random: Random) -> tuple[str, str]:
    """The eleven-test; a body whose check would be 10 has none."""
    while True:
        body = number(random, 8)
        check = sum(int(digit) * weight for digit, weight in zip(body, range(9, 1, -1), strict=True)) % 11
        if check < 10 and body.strip("0"):
            return body, str(check)


def pl(random: Random) -> tuple[str, str]:
    """Weights 9 7 3 1 9 7 3 1 9 7; the sum modulo 10 is the check."""
    body = number(random, 10)
    weights = (9, 7, 3, 1, 9, 7, 3, 1, 9, 7)
    return body, str(sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 10)


def de(random: Random) -> tuple[str, str]:
    """ISO 7064 MOD 11,10."""
    body = random.choice(digits[1:]) + number(random, 9)
    product = 10
    for digit in body:
        product = ((int(digit) + product - 1) % 10 + 1) * 2 % 11
    return body, str((11 - product) % 10)


def it(random: Random) -> tuple[str, str]:
    """Odd places by the table of the decree, even ones by value; letters count as their places from A."""
    odd = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
    letters = "".join(random.choices(ascii_uppercase, k=8))
    body = f"{letters[:6]}{number(random, 2)}{letters[6]}{number(random, 2)}{letters[7]}{number(random, 3)}"
    values = [int(char) if char.isdigit() else ascii_uppercase.index(char) for char in body]
    total = sum(odd[value] if at % 2 == 0 else value for at, value in enumerate(values))
    return body, ascii_uppercase[total % 26]


KINDS: dict[str, tuple[Callable[[str], bool], Make, str]] = {
    "luhn": (is_luhn, luhn, digits),
    "cn": (is_cn_resident_id, cn, digits + "X"),
    "hk": (is_hk_id, hk, digits + "A"),
    "tw": (is_tw_id, tw, digits),
    "jp": (is_jp_my_number, jp, digits),
    "es": (is_es_dni, es, "TRWAGMYFPDXBNJZSQVHLCKE"),
    "fr": (is_fr_nir, fr, ""),
    "nl": (is_nl_bsn, nl, digits),
    "pl": (is_pl_pesel, pl, digits),
    "de": (is_de_tax_id, de, digits),
    "it": (is_it_codice, it, ascii_uppercase),
}


def made(kind: str) -> list[tuple[str, str]]:
    random = Random(17)
    return [KINDS[kind][1](random) for _ in range(SAMPLES)]


@pytest.mark.parametrize("kind", KINDS)
def test_right_ones_hold(kind: str) -> None:
    is_valid = KINDS[kind][0]
    assert [body + check for body, check in made(kind) if not is_valid(body + check)] == []


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"fr"}))
def test_every_other_check_character_is_wrong(kind: str) -> None:
    is_valid, _, alphabet = KINDS[kind]
    for body, check in made(kind):
        assert [char for char in alphabet if is_valid(body + char)] == [check], body


def test_every_other_key_of_a_french_number_is_wrong() -> None:
    for body, check in made("fr")[:5]:
        assert [f"{key:02}" for key in range(100) if is_fr_nir(f"{body}{key:02}")] == [check]


# The weights of jp give the check 0 for two remainders and pl, it repeat weights: one wrong digit may go unseen there.
@pytest.mark.parametrize("kind", ["luhn", "hk", "tw", "es", "nl", "pl", "de"])
def test_one_digit_off_is_noticed(kind: str) -> None:
    is_valid = KINDS[kind][0]
    for body, check in made(kind):
        for at in [place for place, char in enumerate(body) if char.isdigit()][1:]:
            other = body[:at] + str((int(body[at]) + 1) % 10) + body[at + 1 :]
            assert not is_valid(other + check), (body, at)


# Luhn numbers may have any length, and a Hong Kong number of two letters without the first has one letter.
@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"luhn", "hk"}))
def test_a_digit_short_or_over_is_wrong(kind: str) -> None:
    is_valid = KINDS[kind][0]
    for body, check in made(kind):
        assert not is_valid((body + check)[1:])
        assert not is_valid(f"{body}{check}{check}")


@pytest.mark.parametrize("kind", ["cn", "hk", "tw", "es", "fr", "it"])
def test_small_letters_count_as_capitals(kind: str) -> None:
    assert all(KINDS[kind][0]((body + check).lower()) for body, check in made(kind))


@pytest.mark.parametrize(
    ("country", "length"), [("DE", 22), ("GB", 22), ("FR", 27), ("NO", 15), ("NL", 18), ("MT", 31)]
)
def test_made_account_numbers(country: str, length: int) -> None:
    random = Random(23)
    for _ in range(SAMPLES):
        body = "".join(random.choices(digits + ascii_uppercase, k=length - 4))
        rest = 98 - int("".join(str(int(char, 36)) for char in f"{body}{country}00")) % 97
        assert is_iban(f"{country}{rest:02}{body}")
        assert not is_iban(f"{country}{(rest + 1) % 97:02}{body}")
        assert not is_iban(f"{country}{rest:02}{body}0")
