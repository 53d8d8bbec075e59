from __future__ import annotations

import pytest

from engine.answering.handover.sentiment import sentiment
from engine.domain.handoff import Polarity


@pytest.mark.parametrize(
    ("said", "polarity", "level"),
    [
        (["Liars!! This is a scam"], Polarity.NEGATIVE, 1),
        (["It still doesn't work"], Polarity.NEGATIVE, 2),
        (["I burned my hand"], Polarity.NEGATIVE, 2),
        (["How long is the warranty?"], Polarity.NEUTRAL, 3),
        (["太感谢了，解决了"], Polarity.POSITIVE, 5),
        ([], Polarity.NEUTRAL, 3),
    ],
)
def test_how_a_customer_feels(said: list[str], polarity: Polarity, level: int) -> None:
    found = sentiment(said)
    assert (found.polarity, found.level) == (polarity, level)


def test_only_the_last_messages_count() -> None:
    assert sentiment(["Liars!! A scam", "ok", "fine", "How long is the warranty?"]).level == 3
