"""A model must write in the language that it was asked for."""

from __future__ import annotations

import pytest

from engine.answering.spoken import written_in


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("A refund takes five working days.", "en", True),
        ("A refund takes five working days.", "zh-Hans", False),
        ("A refund takes five working days.", "ru", False),
        ("Die Rückerstattung erfolgt innerhalb von fünf Werktagen nach Eingang der Ware im Lager.", "en", False),
        ("退款需要五个工作日。", "en", False),
        ("退款需要五个工作日。", "zh-Hant", True),
        ("退款需要五个工作日，款项会退回原支付方式。", "ja", False),
        ("返金は5営業日です。", "ja", True),
        ("返金は5営業日です。", "zh-Hans", False),
        ("환불은 5일 걸립니다.", "ko", True),
        ("환불은 5일 걸립니다.", "ja", False),
        ("Возврат занимает пять дней.", "ru", True),
        ("Breva K2: 1.2 L", "zh-Hans", True),
        ("5", "th", True),
        ("Whatever it is.", "und", True),
        ("Whatever it is.", "", True),
    ],
)
def test_the_script_and_longer_texts_tell(text: str, language: str, expected: bool) -> None:
    assert written_in(text, language) is expected
