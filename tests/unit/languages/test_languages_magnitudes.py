"""Millions and thousands, twenty to ninety: an answer that is wrong by a factor is not supported by its evidence."""

from __future__ import annotations

import itertools

import pytest

from engine.languages.quantities import QuantityKind, quantities, quantities_supported
from engine.languages.units import number_words, scales, tens

MILLIONS = {
    "en": ("3 million euros", "3 thousand euros", "3 billion euros"),
    "de": ("3 Millionen Euro", "3 Tausend Euro", "3 Milliarden Euro"),
    "de, short": ("3 Mio. Euro", "3 Tsd. Euro", "3 Mrd. Euro"),
    "fr": ("3 millions d’euros", "3 mille euros", "3 milliards d'euros"),
    "es": ("3 millones de euros", "3 mil euros", "3 mil millones de euros"),
    "pt": ("3 milhões de euros", "3 mil euros", "3 bilhões de euros"),
    "it": ("3 milioni di euro", "3 mila euro", "3 miliardi di euro"),
    "ru": ("3 миллиона евро", "3 тысячи евро", "3 миллиарда евро"),
    "ru, short": ("3 млн евро", "3 тыс. евро", "3 млрд евро"),
    "ar": ("3 ملايين يورو", "3 آلاف يورو", "3 مليار يورو"),
    "th": ("3 ล้านยูโร", "3 พันยูโร", "3 พันล้านยูโร"),
    "vi": ("3 triệu euro", "3 nghìn euro", "3 tỷ euro"),
    "ko": ("3백만 유로", "3천 유로", "30억 유로"),
    "ja": ("3百万ユーロ", "3千ユーロ", "30億ユーロ"),
    "zh-Hans": ("3百万欧元", "3千欧元", "30亿欧元"),
    "zh-Hant": ("3百萬歐元", "3千歐元", "30億歐元"),
}
LINKED = {"it"}  # "milioni di" is read as a bare number: its factor counts all the same


@pytest.mark.parametrize("language", MILLIONS)
def test_amounts_are_what_they_say(language: str) -> None:
    read = [[each.value.partition(" ")[0] for each in quantities(text)] for text in MILLIONS[language]]
    assert read == [["3000000"], ["3000"], ["3000000000"]]


@pytest.mark.parametrize("language", [each for each in MILLIONS if each not in LINKED])
def test_amounts_with_a_factor_are_money(language: str) -> None:
    assert {quantities(text)[0].kind for text in MILLIONS[language]} == {QuantityKind.MONEY}


@pytest.mark.parametrize("language", MILLIONS)
def test_no_amount_supports_another_of_a_different_size(language: str) -> None:
    for one, other in itertools.permutations(MILLIONS[language], 2):
        assert not quantities_supported(one, other), (one, other)
        assert quantities_supported(one, f"{other}; {one}")


@pytest.mark.parametrize(("one", "other"), list(itertools.pairwise(MILLIONS.values())))
def test_the_same_amount_is_the_same_in_every_language(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    for claim, evidence in zip(one, other, strict=True):
        assert quantities_supported(claim, evidence)
        assert quantities_supported(evidence, claim)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("€3 million", "€3,000,000"),
        ("US$ 2.5 billion", "2,500,000,000 dollars"),
        ("two million euros", "2 000 000 €"),
        ("1,5 Millionen Euro", "1.500.000 Euro"),
        ("zwei Millionen Euro", "2.000.000 Euro"),
        ("3千克", "3 kg"),
        ("3千米", "3 km"),
        ("5千円", "5,000円"),
        ("2.5万公里", "25,000 km"),
        ("1,5 тыс. рублей", "1500 рублей"),
        ("5백 원", "500원"),
    ],
)
def test_factors_and_digits_agree(written: str, digits: str) -> None:
    assert quantities_supported(written, digits)
    assert quantities_supported(digits, written)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("€3 million", "€3"),
        ("€3", "€3 million"),
        ("two million euros", "two euros"),
        ("30 triệu đồng", "30 nghìn đồng"),
        ("3千克", "3克"),
        ("5 Millionen Kunden", "5 Kunden"),
    ],
)
def test_a_dropped_factor_is_noticed(claim: str, evidence: str) -> None:
    assert not quantities_supported(claim, evidence)


@pytest.mark.parametrize(
    "text",
    [
        "3 millimetres",
        "5 miles",
        "2 millet",
        "4 milk bottles",
        "6 thousandths",
        "7 mildew",
        "8 Milliardäre",
        "9 тысячелетий",
    ],
)
def test_a_factor_is_a_whole_word(text: str) -> None:
    assert next(each.value.partition(" ")[0] for each in quantities(text)) in {text[0], "0.003"}


SPELLED = {
    "en": ("thirty days", "twenty-two days", "ninety days"),
    "fr": ("trente jours", "vingt-deux jours", "quatre-vingt-dix jours"),
    "es": ("treinta días", "22 días", "noventa días"),
    "pt": ("trinta dias", "vinte e dois dias", "noventa dias"),
    "it": ("trenta giorni", "22 giorni", "novanta giorni"),
    "de": ("dreißig Tage", "22 Tage", "neunzig Tage"),
    "ru": ("тридцати дней", "двадцать два дня", "девяносто дней"),
    "ar": ("ثلاثون يوما", "22 يوما", "تسعون يوما"),
    "th": ("สามสิบวัน", "ยี่สิบสองวัน", "เก้าสิบวัน"),
    "vi": ("ba mươi ngày", "hai mươi hai ngày", "chín mươi ngày"),
    "ja": ("三十日", "二十二日", "九十日"),
    "zh-Hans": ("三十天", "二十二天", "九十天"),
    "zh-Hant": ("三十天", "二十二天", "九十天"),
}


@pytest.mark.parametrize("language", SPELLED)
def test_tens_are_read_whole_and_not_by_their_last_word(language: str) -> None:
    for text, days in zip(SPELLED[language], (30, 22, 90), strict=True):
        assert quantities_supported(text, f"{days} days")
        assert quantities_supported(f"{days} days", text)
        assert not quantities_supported(text, f"{days % 10 or 10} days"), text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("soixante-dix jours", 70),
        ("soixante et onze jours", 71),
        ("treinta y dos días", 32),
        ("forty two days", 42),
        ("ประกันสองวัน", 2),
        ("สิบวัน", 10),
    ],
)
def test_days_by_their_number(text: str, value: int) -> None:
    assert [each.value for each in quantities(text)] == [f"{value * 86400} s"]


@pytest.mark.parametrize("line", ["31. Januar 2026", "1. Mai 2026", "3. Oktober 2026"])
def test_a_date_at_the_beginning_of_a_line_is_no_item_of_a_list(line: str) -> None:
    (found,) = quantities(line)
    assert (found.kind, found.span.of(line)) == (QuantityKind.DATE, line)


@pytest.mark.parametrize("line", ["1. Maintenance", "2. Junge Leute", "3. Open the lid"])
def test_items_of_a_list_are(line: str) -> None:
    assert quantities(line) == []


def test_no_word_means_two_numbers() -> None:
    assert not tens().keys() & number_words().keys()
    assert not tens().keys() & scales().keys()


COLD = {
    "en": "Store it at minus 18 degrees.",
    "fr": "À conserver à moins 18 °C.",
    "es": "Guardar a menos 18 grados.",
    "pt": "Guardar a -18 graus.",
    "it": "Conservare a meno 18 gradi.",
    "de": "Bei minus 18 Grad lagern.",
    "ru": "Хранить при минус 18 градусов.",
    "vi": "Bảo quản ở âm 18 °C.",
    "th": "เก็บที่ ลบ 18 องศา",
    "ko": "영하 18도에 보관하세요. -18 °C",
    "ja": "氷点下18度で保存してください。",
    "zh-Hans": "请在零下18度保存。",
    "zh-Hant": "請在零下18度保存。",
    "mathematical sign": "Store it at \u221218 °C.",
    "in brackets": "Store it in the freezer (-18 °C).",
}


@pytest.mark.parametrize("language", COLD)
def test_eighteen_below_is_not_eighteen(language: str) -> None:
    text = COLD[language]
    assert quantities_supported("-18 °C", text)
    assert quantities_supported(text, "at -18 °C")
    assert not quantities_supported("18 °C", text)
    assert not quantities_supported("-18 °C", text.replace("18", "8"))


@pytest.mark.parametrize("text", ["0-18 °C", "0–18 °C", "0 to 18 °C", "up to 18 °C", "(18 °C)"])
def test_a_range_is_no_sign(text: str) -> None:
    assert quantities_supported("18 °C", text)
    assert not quantities_supported("-18 °C", text)


def test_a_cell_without_its_unit_says_the_same() -> None:
    assert quantities_supported("-18 °C", "Freezer: -18")
    assert quantities_supported("Freezer: -18", "-18 °C")
