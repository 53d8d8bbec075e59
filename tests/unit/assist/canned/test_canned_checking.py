"""What a canned reply must be like to be kept, and what an owner is told of one that is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.assist.canned.checking import checked_reply
from engine.domain.canned_reply import CannedReply
from engine.errors import InvalidInput

GOOD = CannedReply("shop", "late", "en", "Is it late?", "Sorry, {order_number} is late.", "delivery", 3, 2)


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant", "zh-Hant-TW", "pt-BR", "de-1996", "ES", "tlh"])
def test_languages_that_will_do(language: str) -> None:
    assert checked_reply(replace(GOOD, language=language)).language == language


@pytest.mark.parametrize("shortcut", ["a", "A1", "late.2", "late_x-y", "4", "x" * 100])
def test_shortcuts_that_will_do(shortcut: str) -> None:
    assert checked_reply(replace(GOOD, shortcut=shortcut)).shortcut == shortcut


@pytest.mark.parametrize(
    ("changes", "message", "remedy"),
    [
        ({"shortcut": ""}, "'' cannot be a shortcut", "a letter or digit first"),
        ({"shortcut": "/late"}, "'/late' cannot be a shortcut", "a letter or digit first"),
        ({"shortcut": "late\n"}, "cannot be a shortcut", "Use up to 100 letters"),
        ({"shortcut": "退货"}, "'退货' cannot be a shortcut", "Use up to 100 letters"),
        ({"shortcut": "x" * 500}, "'" + "x" * 100 + "' cannot be a shortcut", "Use up to 100 letters"),
        ({"language": ""}, "language of 'late' is no BCP 47 tag", "zh-Hans"),
        ({"language": "zh_Hans"}, "language of 'late' is no BCP 47 tag", "zh-Hans"),
        ({"language": "english, please"}, "language of 'late' is no BCP 47 tag", "zh-Hans"),
        ({"language": "en\n"}, "language of 'late' is no BCP 47 tag", "zh-Hans"),
        ({"title": " \u3000"}, "The title is empty", "at least one character"),
        ({"title": "t" * 201}, "The title has 201 characters; at most 200", "Shorten it."),
        ({"text": "\x00"}, "text of the reply is empty", "at least one character"),
        ({"text": "x" * 4001}, "text of the reply has 4001 characters; at most 4000", "Shorten it."),
        ({"category": "c" * 201}, "category of 'late' is too long", "At most 200."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_wrong_is_named_with_what_to_do(changes: dict[str, str], message: str, remedy: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        checked_reply(replace(GOOD, **changes))  # type: ignore[arg-type]
    assert message in caught.value.message
    assert remedy in caught.value.remedy
    assert "KNOWDESK_" not in caught.value.remedy


def test_what_stands_around_is_taken_away_and_nothing_else_changes() -> None:
    spaced = replace(GOOD, title=f"  {GOOD.title}\n", text=f"\n{GOOD.text} ", category=" delivery ")
    assert checked_reply(spaced) == GOOD
    assert checked_reply(GOOD) == GOOD


def test_lines_within_a_reply_stay() -> None:
    text = "Dear customer,\n\n1. Open the lid.\n2. Close it.\n\nYours"
    assert checked_reply(replace(GOOD, text=text)).text == text


def test_half_a_character_is_replaced_not_kept() -> None:
    assert checked_reply(replace(GOOD, text="Hi \ud83d!")).text == "Hi ?!"


def test_its_id_tells_replies_of_other_places_and_languages_apart() -> None:
    others = [replace(GOOD, knowledge_base="desk"), replace(GOOD, shortcut="late2"), replace(GOOD, language="en-GB")]
    assert len({GOOD.id, *(each.id for each in others)}) == 4
    assert replace(GOOD, title="t", text="x", category="", used=9).id == GOOD.id
