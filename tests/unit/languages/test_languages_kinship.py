"""What two languages share."""

from __future__ import annotations

import pytest

from engine.languages.kinship import Kinship, kinship


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("en", "en", Kinship.LANGUAGE),
        ("zh-Hans", "zh-Hant", Kinship.LANGUAGE),
        ("pt-BR", "pt", Kinship.LANGUAGE),
        ("de", "en", Kinship.SCRIPT),
        ("ja", "zh-Hant", Kinship.SCRIPT),
        ("en", "ja", Kinship.NOTHING),
        ("ko", "ja", Kinship.NOTHING),
        ("ru", "th", Kinship.NOTHING),
    ],
)
def test_kinship_is_mutual(first: str, second: str, expected: Kinship) -> None:
    assert kinship(first, second) is kinship(second, first) is expected
