"""Check digits of identity and tax numbers of European countries: pure functions over the bare characters."""

from __future__ import annotations

__all__ = ["is_de_tax_id", "is_es_dni", "is_fr_nir", "is_it_codice", "is_nl_bsn", "is_pl_pesel"]

_DNI = "TRWAGMYFPDXBNJZSQVHLCKE"
_CODICE_ODD = {
    char: value
    for chars, values in (
        ("0123456789", (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)),
        (
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23),
        ),
    )
    for char, value in zip(chars, values, strict=True)
}


def is_es_dni(code: str) -> bool:
    """Tell whether a Spanish DNI or NIE has its letter: the number modulo 23, X, Y and Z count 0, 1 and 2.

    Source: Ministerio del Interior, cálculo del dígito de control del NIF/NIE.
    """
    number = code[:-1].upper().translate(str.maketrans("XYZ", "012"))
    return len(code) == 9 and number.isdecimal() and _DNI[int(number) % 23] == code[-1].upper()


def is_it_codice(code: str) -> bool:
    """Tell whether the sixteenth character of an Italian codice fiscale checks the others (D.M. 23/12/1976)."""
    upper = code.upper()
    if len(upper) != 16 or not upper.isascii() or not upper.isalnum():
        return False
    odd = sum(_CODICE_ODD[char] for char in upper[:15:2])
    even = sum(int(char) if char.isdecimal() else ord(char) - 65 for char in upper[1:15:2])
    return chr(65 + (odd + even) % 26) == upper[15]


def is_fr_nir(code: str) -> bool:
    """Tell whether the key of a French social security number is 97 minus the number modulo 97; 2A is 19, 2B 18.

    Source: INSEE, numéro d'inscription au répertoire.
    """
    number = code[:13].upper().replace("2A", "19", 1).replace("2B", "18", 1)
    return len(code) == 15 and number.isdecimal() and code[13:].isdecimal() and 97 - int(number) % 97 == int(code[13:])


def is_nl_bsn(digits: str) -> bool:
    """Tell whether nine digits pass the eleven-test of the Dutch BSN: weights 9 to 2, the last minus 1."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return len(digits) == 9 and digits != "0" * 9 and _weighed(digits, weights) % 11 == 0


def is_pl_pesel(digits: str) -> bool:
    """Tell whether eleven digits are a Polish PESEL: weights 1 3 7 9 and so on; the sum is 0 modulo 10."""
    return len(digits) == 11 and _weighed(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0


def is_de_tax_id(digits: str) -> bool:
    """Tell whether eleven digits are a German tax number of a person (ISO 7064 MOD 11,10; BZSt)."""
    if len(digits) != 11 or digits[0] == "0":
        return False
    product = 10
    for digit in digits[:10]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(digits[10])


def _weighed(digits: str, weights: tuple[int, ...]) -> int:
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
