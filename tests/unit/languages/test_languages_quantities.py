from __future__ import annotations

import pytest

from engine.domain.knowledge import Span
from engine.languages.quantities import Quantity, QuantityKind, quantities

NUMBER, PERCENT, MONEY = QuantityKind.NUMBER, QuantityKind.PERCENT, QuantityKind.MONEY
DURATION, MEASURE = QuantityKind.DURATION, QuantityKind.MEASURE
DATE, TIME, CODE = QuantityKind.DATE, QuantityKind.TIME, QuantityKind.CODE
DAYS_30 = "2592000 s"


def read(text: str) -> list[tuple[QuantityKind, str]]:
    return [(quantity.kind, quantity.value) for quantity in quantities(text)]


@pytest.mark.parametrize(
    "text",
    [
        "within 30 days",
        "a 30-day period",
        "30天内",
        "三十天",
        "３０日以内",
        "30個自然日",
        "30일 이내",
        "binnen 30 Tagen",
        "sous 30 jours",
        "en 30 días",
        "entro 30 giorni",
        "em 30 dias",
        "в течение 30 дней",
        "خلال 30 يومًا",
        "ภายใน 30 วัน",
        "trong 30 ngày",
        "720 hours",
    ],
)
def test_thirty_days_in_every_language(text: str) -> None:
    assert read(text) == [(DURATION, DAYS_30)]


@pytest.mark.parametrize(
    "text",
    [
        "two years",
        "2 years",
        "24 months",
        "a 24-month warranty",
        "两年",
        "兩年",
        "2年",
        "24个月",
        "24か月",
        "2年間",
        "2년",
        "24개월",
        "zwei Jahre",
        "deux ans",
        "dos años",
        "due anni",
        "dois anos",
        "два года",
        "hai năm",
        "สอง ปี",
    ],
)
def test_two_years_in_every_language(text: str) -> None:
    assert read(text) == [(DURATION, "24 month")]


@pytest.mark.parametrize(
    "text",
    [
        "3 working days",
        "3 business days",
        "three working days",
        "3个工作日",
        "三個工作天",
        "3営業日",
        "3영업일",
        "3 Werktage",
        "3 jours ouvrés",
        "3 días laborables",
        "3 giorni lavorativi",
        "3 dias úteis",
        "3 рабочих дня",
        "3 ngày làm việc",
        "3 วันทำการ",
    ],
)
def test_working_days_in_every_language(text: str) -> None:
    assert read(text) == [(DURATION, "3 working day")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("30 s", "30 s"),
        ("90 minutes", "5400 s"),
        ("半小时", "1800 s"),
        ("半年", "6 month"),
        ("一周", "604800 s"),
        ("24h", "86400 s"),
        ("48小时", "172800 s"),
        ("十五分钟", "900 s"),
    ],
)
def test_durations(text: str, value: str) -> None:
    assert read(text) == [(DURATION, value)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("EUR 4.90", ("4.9 EUR",)),
        ("4,90 €", ("4.9 EUR",)),
        ("€4.90", ("4.9 EUR",)),
        ("4.9欧元", ("4.9 EUR",)),
        ("TWD 1,190", ("1190 TWD", "1.19 TWD")),
        ("NT$80", ("80 TWD",)),
        ("新台幣80", ("80 TWD",)),
        ("199元", ("199 CNY", "199 TWD", "199 HKD")),
        ("三十元", ("30 CNY", "30 TWD", "30 HKD")),
        ("5480円", ("5480 JPY",)),
        ("５，４８０円", ("5480 JPY", "5.48 JPY")),
        ("¥12", ("12 CNY", "12 JPY")),
        ("3万円", ("30000 JPY",)),
        ("5천원", ("5000 KRW",)),
        ("1 190 €", ("1190 EUR",)),
        ("1\u202f190 €", ("1190 EUR",)),
        ("5.480,50 €", ("5480.5 EUR",)),
        ("500 рублей", ("500 RUB",)),
        ("500 บาท", ("500 THB",)),
        ("US$5", ("5 USD",)),
        ("2 million euros", ("2000000 EUR",)),
    ],
)
def test_money(text: str, values: tuple[str, ...]) -> None:
    assert [(quantity.kind, quantity.values) for quantity in quantities(text)] == [(MONEY, values)]


@pytest.mark.parametrize(
    "text", ["15%", "15 %", "１５％", "15 percent", "百分之十五", "百分之15", "15 Prozent", "15パーセント"]
)
def test_percentages(text: str) -> None:
    assert read(text) == [(PERCENT, "15 %")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.2 L", "1200 ml"),
        ("1.2升", "1200 ml"),
        ("1.2リットル", "1200 ml"),
        ("1,200 ml", "1200 ml"),
        ("15 g", "15 g"),
        ("180公斤", "180000 g"),
        ("1,500 W", "1500 W"),
        ("1.5 kW", "1500 W"),
        ("40 °C", "40 °C"),
        ("40℃", "40 °C"),
        ("40度", "40 °C"),
        ("2.4GHz", "2400000000 Hz"),
        ("5,200 mAh", "5200 mAh"),
        ("50㎡", "50 m2"),
        ("420 m3/h", "420 m3/h"),
        ("54 dB", "54 dB"),
        ("15 bar", "15 bar"),
    ],
)
def test_measures(text: str, value: str) -> None:
    assert read(text) == [(MEASURE, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14:00", "14:00"),
        ("2 pm", "14:00"),
        ("2:30 p.m.", "14:30"),
        ("12 am", "00:00"),
        ("9:00", "09:00"),
        ("14 Uhr", "14:00"),
        ("14.30 Uhr", "14:30"),
        ("14h30", "14:30"),
        ("下午2点半", "14:30"),
        ("上午9:00", "09:00"),
        ("午後2時30分", "14:30"),
        ("14時", "14:00"),
        ("오후 2시", "14:00"),
    ],
)
def test_times(text: str, value: str) -> None:
    assert read(text) == [(TIME, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("error E12", "e12"),
        ("按E12键", "e12"),
        ("MV-2026-004512", "mv-2026-004512"),
        ("v2.3.1", "v2.3.1"),
        ("2.3.1", "2.3.1"),
        ("0x80070005", "0x80070005"),
        ("Breva K2", "k2"),
        ("filter AF-5", "af-5"),
        ("T1234567890123", "t1234567890123"),
        ("+44 20 7946 0123", "442079460123"),
        ("(020) 7946 0123", "02079460123"),
    ],
)
def test_codes(text: str, value: str) -> None:
    assert read(text) == [(CODE, value)]


@pytest.mark.parametrize("text", ["2026-03-01", "2026年3月1日", "1 March 2026", "民國115年3月1日", "令和8年3月1日"])
def test_dates(text: str) -> None:
    assert read(text) == [(DATE, "2026-03-01")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3-5 working days", [(NUMBER, "3"), (DURATION, "5 working day")]),
        ("0–40 °C", [(NUMBER, "0"), (MEASURE, "40 °C")]),
        ("40/60/80 °C", [(NUMBER, "40"), (NUMBER, "60"), (MEASURE, "80 °C")]),
        ("09:00-18:00", [(TIME, "09:00"), (TIME, "18:00")]),
        ("EUR 39 / CNY 259", [(MONEY, "39 EUR"), (MONEY, "259 CNY")]),
        ("满199元，30天", [(MONEY, "199 CNY"), (DURATION, DAYS_30)]),
        ("5 EUR 3 Tage", [(MONEY, "5 EUR"), (DURATION, "259200 s")]),
        ("½ cup", [(NUMBER, "0.5")]),
        ("1½ cups", [(NUMBER, "1.5")]),
        ("1/2 and 3⁄4", [(NUMBER, "1"), (NUMBER, "2"), (NUMBER, "0.75")]),
        ("1⁄0", [(NUMBER, "1"), (NUMBER, "0")]),
        ("12 steps and 200 cups", [(NUMBER, "12"), (NUMBER, "200")]),
        ("1.4 L tank, 15 bar", [(MEASURE, "1400 ml"), (MEASURE, "15 bar")]),
    ],
)
def test_several_quantities(text: str, expected: list[tuple[QuantityKind, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "no numbers here", "一下", "一个", "一些问题", "one of them", "请稍等", "\ud800", "😀", "[1]", "free [12]."],
)
def test_what_is_no_quantity(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    "text", ["1. Open the lid\n2. Rinse it", "1) Open\n2) Rinse", "① Open ② Rinse", "1、打开\n2、清洗"]
)
def test_the_numbers_of_a_list_do_not_count(text: str) -> None:
    assert quantities(text) == []


def test_spans_are_those_of_the_original_text() -> None:
    text = "退貨：３０日以內，運費ＮＴ＄８０。"
    assert [quantity.span.of(text) for quantity in quantities(text)] == ["３０日", "ＮＴ＄８０"]


def test_a_quantity_has_its_reading_and_its_bare_numbers() -> None:
    assert quantities("for 2 weeks") == [Quantity(DURATION, ("1209600 s",), ("2",), Span(4, 11))]
    assert quantities("1,190")[0].values == ("1190", "1.19")
    assert quantities("1,190")[0].value == "1190"


@pytest.mark.parametrize(
    "text", ["a-" * 5000, "1," * 5000, "1" * 5000, "十" * 5000, "1 " * 5000, "a1." * 3000, "1((" * 3000]
)
def test_odd_text_takes_little_time(text: str) -> None:
    assert isinstance(quantities(text), list)
