from __future__ import annotations

import pytest

from ingestion.chunking.weight import prefix_within, weight


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0.0), ("abcde", 1.5), ("退货", 2.0), ("退货 E7", 2.9), ("ラジオ！", 4.0), ("한국", 2.0), ("a\nb", 0.9)],
)
def test_weight(text: str, expected: float) -> None:
    assert weight(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "limit", "length"),
    [("abcdefgh", 1.5, 5), ("退货政策", 2.0, 2), ("退货ab", 2.3, 3), ("退", 0.5, 1), ("abc", 100.0, 3), ("", 5.0, 0)],
)
def test_prefix_within(text: str, limit: float, length: int) -> None:
    assert prefix_within(text, limit + 1e-9) == length


def test_a_prefix_is_the_longest_that_fits() -> None:
    text = "扫地机器人 Drift R3 找不到充电座 (E7)。" * 5
    length = prefix_within(text, 30)
    assert weight(text[:length]) <= 30 < weight(text[: length + 1])
