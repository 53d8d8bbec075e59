"""Short conversations with a desk, and what summarises them without a model."""

from __future__ import annotations

from collections.abc import Sequence

from engine.assist.sentiment.reader import CueMoodReader
from engine.assist.sentiment.trajectory import trajectory
from engine.assist.summaries.summarizing import Summarizer
from engine.domain.assist import Trajectory, TurnMood
from engine.domain.conversation import Role, Turn
from engine.languages.detection import ScriptDetector
from engine.ports import Generator

__all__ = ["PARCEL", "ROBOT", "conversation", "summarizer"]

_ROLES = {"C": Role.CUSTOMER, "A": Role.AGENT, "B": Role.ASSISTANT}


def conversation(*said: str) -> tuple[Turn, ...]:
    """Return turns written as "C: words", A for an agent and B for the assistant."""
    return tuple(Turn(_ROLES[each[0]], each[3:]) for each in said)


PARCEL = conversation(
    "C: Hello! My parcel has not arrived. The order is MV-2026-118420.",
    "A: I'm sorry. I have opened an investigation with the carrier.",
    "A: We will call you by Friday at 12:00 with the result.",
    "C: Fine, my number is +31 6 2417 8830.",
)
ROBOT = conversation(
    "C: 我的Drift R3一直报E4",
    "B: 请用干布擦一下底部的四个小窗口。",
    "C: 擦过了，还是不行",
    "A: 请关机晾24小时再试试。",
    "C: 好了，可以用了，谢谢",
)


def summarizer(generator: Generator | None = None) -> Summarizer:
    """Return one that reads moods by cues alone."""
    reader = CueMoodReader()

    def moods(turns: Sequence[Turn]) -> Trajectory:
        told = [(at, turn) for at, turn in enumerate(turns) if turn.role is Role.CUSTOMER]
        read = [TurnMood(at, turn.role, "en", reader.read(turn.text, "en")) for at, turn in told]
        return trajectory(read, [turn.text for _, turn in told])

    return Summarizer(ScriptDetector(), moods, generator)
