from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.generation.thinking import without_thinking


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("It takes 5 days.", "It takes 5 days."),
        ("<think>Let me see.\n</think>\n\nIt takes 5 days.", "It takes 5 days."),
        ("\n<think></think>5 days", "5 days"),
        ("<think>never ends", ""),
        ("<think>only thoughts</think>\n", ""),
        ("<thin", "<thin"),
        ("<thing> is a tag", "<thing> is a tag"),
        ("5 < 6 <think>no</think>", "5 < 6 <think>no</think>"),
        (" \n5 days\n", " \n5 days\n"),
        ("   ", "   "),
        ("", ""),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_only_a_leading_block_is_left_out(reply: str, expected: str, size: int) -> None:
    pieces = (reply[at : at + size] for at in range(0, len(reply), size))
    assert "".join(without_thinking(pieces)) == expected


def test_text_passes_at_once() -> None:
    def pieces() -> Iterator[str]:
        yield "It"
        raise AssertionError("asked for more before it gave what it had")

    assert next(without_thinking(pieces())) == "It"
