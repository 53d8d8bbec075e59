from __future__ import annotations

import pytest

from engine.languages.deadline_cues import has_deadline


@pytest.mark.parametrize(
    "text",
    [
        "I need it by Friday",
        "This is URGENT",
        "please reply today",
        "麻烦尽快处理",
        "麻煩盡快處理",
        "周五之前要用",
        "明日までにお願いします",
        "至急お願いします",
        "오늘까지 받아야 해요, 급해요",
        "Das ist dringend",
        "C'est urgent",
        "Lo necesito para mañana",
        "Это срочно",
        "عاجل",
    ],
)
def test_deadlines_are_heard(text: str) -> None:
    assert has_deadline(text)


@pytest.mark.parametrize(
    "text", ["", "How long is the warranty?", "保修几年", "送料はいくらですか", "by the way, hello"]
)
def test_other_messages_have_none(text: str) -> None:
    assert not has_deadline(text)
