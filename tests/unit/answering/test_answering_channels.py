"""How long an answer may be on each channel."""

from __future__ import annotations

import pytest

from engine.answering.channels import fitted, room_on
from engine.answering.extract import ExtractOptions, extract
from engine.domain.channel import Channel
from tests.builders import passage

OPTIONS = ExtractOptions()
STEPS = passage("How to descale\n\n" + "\n".join(f"{number}. Rinse the tank again." for number in range(1, 9)))
REFUND = passage(
    "A refund takes five days. A refund by bank takes ten days. A refund on a card takes four days. "
    "A refund in points takes one day. A refund by cheque takes six days.",
    title="Refund",
)


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_has_room(channel: Channel) -> None:
    room = room_on(channel, OPTIONS)
    assert min(room.sentences, room.steps, room.written) >= 1


def test_a_chat_has_what_the_options_say() -> None:
    assert fitted(ExtractOptions(max_sentences=3, max_steps=7), Channel.CHAT) == ExtractOptions(
        max_sentences=3, max_steps=7
    )


@pytest.mark.parametrize(
    ("channel", "steps"), [(Channel.CHAT, 8), (Channel.EMAIL, 8), (Channel.VOICE, 5), (Channel.SMS, 3)]
)
def test_what_is_heard_has_fewer_steps(channel: Channel, steps: int) -> None:
    found = extract("How do I descale it?", "en", [STEPS], fitted(OPTIONS, channel))
    assert len(found.quotes) == steps


def test_a_mail_may_say_more_than_a_chat_and_a_voice_less() -> None:
    said = {
        channel: len(extract("How long takes a refund?", "en", [REFUND], fitted(OPTIONS, channel)).quotes)
        for channel in Channel
    }
    assert said[Channel.VOICE] == said[Channel.SMS] == 1
    assert said[Channel.EMAIL] > said[Channel.CHAT] > said[Channel.VOICE]
