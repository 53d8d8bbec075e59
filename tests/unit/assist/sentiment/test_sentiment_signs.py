from __future__ import annotations

import pytest

from engine.assist.sentiment.signs import SIGNS, signs


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("ok 🙂", "smile"),
        ("ok :-)", "smile"),
        ("(^^)", "smile"),
        ("🎉", "joy"),
        ("哈哈哈", "laugh"),
        ("すごいww", "laugh"),
        ("LOL ok, lol", "laugh"),
        ("😡", "anger"),
        ("😞", "sad"),
        ("oh no :(", "sad"),
        ("T_T", "sad"),
        ("😱", "fear"),
        ("（汗）", "fear"),
        ("🙄", "sneer"),
        ("wait!", "shout"),
        ("wait！！", "run"),
        ("what?!", "doubt"),
        ("えっ？？", "doubt"),
        ("when?", "question"),
        ("well…", "trail"),
        ("nooooo", "drawn"),
        ("give it BACK", "capitals"),
    ],
)
def test_each_sign_is_seen(text: str, sign: str) -> None:
    assert signs(text)[sign] >= 1


@pytest.mark.parametrize("text", ["DHL took 20 EUR, see the PDF", "order MV-2026-118420", "OK"])
def test_abbreviations_and_codes_do_not_shout(text: str) -> None:
    assert signs(text)["capitals"] == 0


def test_plain_text_has_no_sign() -> None:
    assert set(signs("Where is my parcel").values()) == {0.0}


def test_counts_stop_at_three_and_all_signs_are_named() -> None:
    found = signs("!" * 9)
    assert found["shout"] == 3
    assert set(found) == set(SIGNS)
