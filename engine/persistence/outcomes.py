"""How a conversation ended, from the rows of what was said last and of what was thought of it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import Any, Final

from sqlalchemy import Row

from engine.domain.conversation import Role, TurnAction
from engine.domain.feedback import Verdict
from engine.domain.quality import Outcome
from engine.languages.service_phrases import sounds_solved, sounds_unsolved

__all__ = ["ended"]

CONTENT: Final = 4  # csat from which on a customer was helped; from 2 down they were not
DISCONTENT: Final = 2


def ended(opinions: Sequence[Row[Any]], said: Sequence[Row[Any]]) -> Outcome:
    """Tell from feedback, the oldest first, and from the last turn of each role, in the order said.

    What was said of it counts before what the customer wrote last, and that before a bot that did not know and was
    followed by nobody.
    """
    rated = [row.csat for row in opinions if row.csat is not None]
    csat = fmean(rated) if rated else None
    verdicts = [row.verdict for row in opinions if row.verdict in {Verdict.SOLVED, Verdict.REJECTED}]
    if verdicts:
        return Outcome(csat, verdicts[-1] == Verdict.SOLVED)
    if csat is not None and (csat >= CONTENT or csat <= DISCONTENT):
        return Outcome(csat, csat >= CONTENT)
    return Outcome(csat, _told(said))


def _told(said: Sequence[Row[Any]]) -> bool | None:
    words = next((row.text for row in said if row.role == Role.CUSTOMER), "")
    if sounds_unsolved(words):
        return False
    if sounds_solved(words):
        return True
    left_alone = {TurnAction.ABSTAIN, TurnAction.HANDOFF}
    return False if said and said[-1].action in left_alone else None
