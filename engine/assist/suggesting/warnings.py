"""Warn an agent: anger, promises that fall due, a customer who repeats himself, policies about to expire."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from engine.assist.suggesting.situation import Situation
from engine.assist.suggesting.wording import ANGER, EXPIRING, PROMISE, REPEATED, said
from engine.domain.answer import Citation
from engine.domain.assist import Trajectory, Trend
from engine.domain.conversation import Role
from engine.domain.search import Passage
from engine.domain.suggestion import DeskWarning, WarningKind
from engine.guard.promises.due import promise_due
from engine.guard.promises.extraction import promises
from engine.languages.folding import fold
from engine.languages.service_phrases import is_small_talk, sounds_unsolved

__all__ = ["expiring", "warnings_of"]

SOON = timedelta(hours=24)
EXPIRES_WITHIN = timedelta(days=14)
SAME = 80.0  # similarity of two messages, 0..100, from which they say the same
LEAST = 6  # characters of a message that can be repeated


def warnings_of(situation: Situation, mood: Trajectory) -> Iterator[DeskWarning]:
    """Yield what the conversation itself gives cause for."""
    worse = mood.trend is Trend.WORSENING and mood.overall.level <= 2
    if mood.alarm or worse:
        place = mood.alarm_place if mood.alarm else mood.turns[-1].place
        yield DeskWarning(WarningKind.RISING_ANGER, said(ANGER, situation.agent), place)
    yield from _due(situation)
    if (place := _repeated(situation)) is not None:
        yield DeskWarning(WarningKind.REPEATED, said(REPEATED, situation.agent), place)


def expiring(
    evidence: Sequence[Citation], passages: Sequence[Passage], today: date, agent: str
) -> Iterator[DeskWarning]:
    """Yield the documents of the evidence whose last day is near, each once, in the order of the evidence."""
    last = {(each.document_id, each.version): each.effective_until for each in passages}
    first: dict[str, Citation] = {}
    for each in evidence:
        first.setdefault(each.document_id, each)
    for cited in first.values():
        day = last.get((cited.document_id, cited.version))
        if day and today <= day <= today + EXPIRES_WITHIN:
            message = said(EXPIRING, agent, title=cited.title, day=day.isoformat())
            due = datetime.combine(day, time.max, UTC)
            yield DeskWarning(WarningKind.POLICY_EXPIRING, message, due=due, citation=cited)


def _due(situation: Situation) -> Iterator[DeskWarning]:
    """Yield promises of the desk that are due soon or overdue, as far as the times of the turns are known."""
    request = situation.request
    now = request.now or datetime.now(UTC)
    for place, turn in enumerate(request.turns):
        at = request.times[place] if place < len(request.times) else None
        if at is None or turn.role is Role.CUSTOMER:
            continue
        for promise in promises(turn.text):
            due = promise_due(promise, at)
            if due is not None and due - now <= SOON:
                message = said(PROMISE, situation.agent, promise=promise.text)
                yield DeskWarning(WarningKind.PROMISE_DUE, message, place, due)


def _repeated(situation: Situation) -> int | None:
    """Return the customer's last turn if it says what an earlier one said, or that the reply did not help."""
    from rapidfuzz import fuzz

    turns = situation.request.turns
    spoken = [place for place, turn in enumerate(turns) if turn.role is Role.CUSTOMER and not is_small_talk(turn.text)]
    if len(spoken) < 2:
        return None
    *earlier, last = spoken
    text = fold(turns[last].text)
    answered = any(turn.role is not Role.CUSTOMER for turn in turns[earlier[0] : last])
    if answered and sounds_unsolved(text):
        return last
    same = (fuzz.ratio(text, fold(turns[place].text)) >= SAME for place in earlier)
    return last if len(text) >= LEAST and any(same) else None
