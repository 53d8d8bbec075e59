from __future__ import annotations

import pytest

from engine.answering.handover.summary import summary


def test_greetings_thanks_and_the_mere_wish_for_a_person_are_left_out() -> None:
    said = ["Hello! My robot stops with E7.", "thanks", "The dock has power.", "Can I talk to a person please"]
    assert summary(said, "en") == "My robot stops with E7. / The dock has power."


def test_a_wish_with_facts_stays() -> None:
    assert (
        summary(["转人工，我订单MV-2026-004920到现在没发货"], "zh-Hans") == "转人工，我订单MV-2026-004920到现在没发货"
    )


@pytest.mark.parametrize("said", [["転送", "はい、お願いします"], ["yes please"], ["人と話したいです"]])
def test_something_is_always_said(said: list[str]) -> None:
    assert summary(said, "ja")


def test_a_yes_with_facts_stays_too() -> None:
    assert "MV-2026-000001" in summary(["yes please, my order is MV-2026-000001"], "en")


def test_the_first_and_the_latest_stay_where_room_is_short() -> None:
    said = [f"{number}: {'the robot stops in the hall ' * 4}" for number in range(20)]
    found = summary(said, "en")
    assert len(found) <= 400
    assert found.startswith("0:")
    assert "19:" in found


def test_what_is_said_twice_stands_once() -> None:
    assert summary(["It stops.", "It stops."], "en") == "It stops."
