"""Cells of workbooks say what a spreadsheet shows: formats as people make them, in every country."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta

import openpyxl
import pytest

from ingestion.parsers.number_format import shown
from ingestion.parsing import parse

ACCOUNTING = '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)'
EURO = '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1234.5, ACCOUNTING, "$1,234.50"),
        (-1234.5, ACCOUNTING, "$(1,234.50)"),
        (0, ACCOUNTING, "$-"),
        (1234.5, EURO, "1,234.50 €"),
        (-1234.5, EURO, "-1,234.50 €"),
        (0, EURO, "- €"),
        (5, "[$¥-804]#,##0.00", "¥5.00"),
        (5, "[$￥-411]#,##0", "￥5"),
        (5000, "[$₩-412]#,##0", "₩5,000"),
        (5, '#,##0"元"', "5元"),
        (5, '0"台"', "5台"),
        (12, '"Nr. "0', "Nr. 12"),
        (5, "[$-409]#,##0.00;[RED]-#,##0.00", "5.00"),
    ],
)
def test_money_and_counts(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (5, 'General" kg"', "5 kg"),
        (2.5, 'General" kg"', "2.5 kg"),
        (-5, 'General" kg"', "-5 kg"),
        (5, "[$-409]General", "5"),
        (5, "GENERAL", "5"),
        (-5, "General;[Red]-General", "-5"),
        (0, 'General;-General;"none"', "none"),
    ],
)
def test_the_general_format_with_words_around_it(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.05, "0%", "5%"),
        (0.05, "0.0 %", "5.0 %"),
        (-0.05, "0%", "-5%"),
        (0.05, '0%" off"', "5% off"),
        (5, '0"%"', "5%"),
        (5, "0\\%", "5%"),
        (5, '0" % off"', "5 % off"),
    ],
)
def test_a_quoted_percent_sign_is_only_a_sign(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (-5, "0;;;@", "-5"),
        (0, "0;-0;;@", "0"),
        (7, "0;-0;;@", "7"),
        (5, "0.00;;", "5.00"),
        (-5, "0.00;;", "-5.00"),
        (5, ";;;", "5"),
        (5, ";;;@", "5"),
        (5, "0;@", "5"),
        (-5, "0;@", "-5"),
        (0, "#,##0;(#,##0);@", "0"),
        (-3, "#,##0;(#,##0);@", "(3)"),
    ],
)
def test_what_a_format_hides_is_shown_and_what_is_for_texts_is_not_for_numbers(
    value: float, code: str, text: str
) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (5, '[>=1000]#,##0,"K";0'),
        (5, '[>=1000000]0.0,,"M";[>=1000]0,"K";0'),
        (5551234, "[<=9999999]###-####;(###) ###-####"),
        (0.5, "# ?/?"),
        (0.5, "# ??/??"),
    ],
)
def test_where_conditions_or_fractions_decide_the_plain_number_says_the_same(value: float, code: str) -> None:
    assert shown(value, code) == str(value)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1.005, "0.00", "1.01"),
        (0.5, "0", "1"),
        (1.5, "0", "2"),
        (-0.5, "0", "-1"),
        (1e-9, "0.00", "0.00"),
        (999.995, "0.00", "1000.00"),
        (1_234_567, '0.0,,"M"', "1.2M"),
        (1_234_567, '#,##0,"K"', "1,235K"),
        (42, "00000", "00042"),
        (1234.5, "#,##0.###", "1,234.5"),
        (1234.0, "#,##0.###", "1,234"),
        (1e15, "0.00", "1e+15"),
    ],
)
def test_rounding_and_scaling_as_on_the_sheet(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (datetime(2026, 1, 31, 8, 5), 'yyyy"年"m"月"d"日" h:mm', "2026-01-31 08:05"),
        (datetime(2026, 1, 31), 'yyyy"年"m"月"d"日"', "2026-01-31"),
        (datetime(2026, 1, 31), '[$-411]ggge"年"', "2026-01-31"),
        (time(9, 0), "h:mm AM/PM", "09:00"),
        (time(9, 0, 30), "h:mm:ss", "09:00:30"),
        (timedelta(hours=30), "[h]:mm", "30:00:00"),
        (True, "0", "TRUE"),
        (False, "General", "FALSE"),
        (None, "0.00", ""),
        ("00042", "0", "00042"),
    ],
)
def test_what_is_no_number_keeps_its_own_form(value: object, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_a_price_list_reads_as_its_owner_sees_it() -> None:
    made, out = openpyxl.Workbook(), io.BytesIO()
    sheet = made.worksheets[0]
    rows = [("Item", "Price", "Discount", "Weight"), ("Kettle", 49.9, 0.15, 1.2), ("Lid", 0, 0, 0.1)]
    for row in rows:
        sheet.append(list(row))
    for line in (2, 3):
        for column, code in (("B", ACCOUNTING), ("C", "0%"), ("D", 'General" kg"')):
            sheet[f"{column}{line}"].number_format = code
    made.save(out)
    assert parse(out.getvalue(), name="prices.xlsx").text.split("\n")[-2:] == [
        "Item: Kettle; Price: $49.90; Discount: 15%; Weight: 1.2 kg",
        "Item: Lid; Price: $-; Discount: 0%; Weight: 0.1 kg",
    ]
