from __future__ import annotations

import pytest

from engine.assist.sentiment.reader import NEUTRAL
from engine.assist.triage.priority import prioritised
from engine.domain.assist import Emotion, Mood
from engine.domain.handoff import Polarity, Priority
from engine.domain.triage import CustomerTier, Intent, PriorityReason

FURY = Mood(Polarity.NEGATIVE, Emotion.ANGER, 1, 0.9)
PLAIN = Intent("plain", ("x",))
BURNING = Intent("burning", ("x",), priority=Priority.URGENT)


@pytest.mark.parametrize(
    ("text", "mood", "tier", "priority", "reasons"),
    [
        ("When do you open?", NEUTRAL, CustomerTier.STANDARD, Priority.NORMAL, ()),
        ("I need it by Friday", NEUTRAL, CustomerTier.STANDARD, Priority.HIGH, (PriorityReason.DEADLINE,)),
        ("My lawyer will write", NEUTRAL, CustomerTier.STANDARD, Priority.HIGH, (PriorityReason.THREAT,)),
        ("Useless", FURY, CustomerTier.STANDARD, Priority.HIGH, (PriorityReason.MOOD,)),
        ("It caught fire", NEUTRAL, CustomerTier.STANDARD, Priority.URGENT, (PriorityReason.DANGER,)),
        ("When do you open?", NEUTRAL, CustomerTier.PREFERRED, Priority.NORMAL, ()),
        ("When do you open?", NEUTRAL, CustomerTier.VIP, Priority.HIGH, (PriorityReason.TIER,)),
        (
            "I need it by Friday",
            NEUTRAL,
            CustomerTier.PREFERRED,
            Priority.URGENT,
            (PriorityReason.DEADLINE, PriorityReason.TIER),
        ),
    ],
)
def test_what_raises_the_priority(
    text: str, mood: Mood, tier: CustomerTier, priority: Priority, reasons: tuple[PriorityReason, ...]
) -> None:
    assert prioritised(text, (PLAIN,), mood, tier) == (priority, reasons)


def test_the_most_urgent_intent_counts_and_nothing_is_above_urgent() -> None:
    found = prioritised("Hm", (PLAIN, BURNING), NEUTRAL, CustomerTier.VIP)
    assert found == (Priority.URGENT, (PriorityReason.INTENT,))
