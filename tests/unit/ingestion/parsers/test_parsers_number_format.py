from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from ingestion.parsers.number_format import shown


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (3, "General", "3"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "1e+20"),
        (-2.5, "@", "-2.5"),
        (3.14159, "0.00", "3.14"),
        (2.675, "0.00", "2.68"),  # as decimals round, not as binary floats do
        (3, "0.00", "3.00"),
        (3, "0.##", "3"),
        (3.5, "0.##", "3.5"),
        (7, "000", "007"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234567, "#,##0", "1,234,567"),
        (1_500_000, "#,##0,", "1,500"),
        (0.256, "0%", "26%"),
        (0.2567, "0.0%", "25.7%"),
        (19.9, '"$"#,##0.00', "$19.90"),
        (19.9, "[$€-407]#,##0.00", "€19.90"),
        (19.9, '#,##0.00\\ "€"', "19.90 €"),
        (5, '0" pcs."', "5 pcs."),
        (-5, "0.0", "-5.0"),
        (-5, "0.0;(0.0)", "(5.0)"),
        (-5, "#,##0;[Red]-#,##0", "-5"),
        (0, '0;-0;"none"', "none"),
        (0, "0;-0;-", "-"),
        (12345, "0.00E+00", "1.23E+4"),
        (0.5, "# ?/?", "0.5"),  # a fraction: the plain number says the same
        (4155550100, "000-0000", "4155550100"),
        (float("nan"), "0.00", "nan"),
        (1e300, "0.00", "1e+300"),
        (5, "", "5"),
        (5, '"a;b"0', "a;b5"),
    ],
)
def test_numbers_look_as_on_the_sheet(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (datetime(2026, 1, 31), "mm-dd-yy", "2026-01-31"),
        (datetime(2026, 1, 31), "d. mmmm yyyy", "2026-01-31"),
        (datetime(2026, 1, 31), 'yyyy"years"m', "2026-01-31"),
        (datetime(2026, 1, 31, 14, 5), "m/d/yy h:mm", "2026-01-31 14:05"),
        (datetime(2026, 1, 31, 14, 5, 9), "yyyy-mm-dd hh:mm:ss", "2026-01-31 14:05:09"),
        (datetime(2026, 1, 31), "m/d/yy h:mm", "2026-01-31 00:00"),
        (date(2026, 1, 31), "General", "2026-01-31"),
        (time(9, 30), "h:mm", "09:30"),
        (time(9, 30, 15), "h:mm:ss", "09:30:15"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05:00"),
    ],
)
def test_dates_are_written_so_that_nobody_can_mistake_them(value: object, code: str, text: str) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize(("value", "text"), [(None, ""), (True, "TRUE"), (False, "FALSE"), ("7", "7")])
def test_other_values(value: object, text: str) -> None:
    assert shown(value, "0.00") == text
