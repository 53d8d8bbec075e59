"""Whether answers have the right fields where a person or a question back is called for, and only there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.domain.answer import Answer
from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.handoff import Clarification, Handoff
from engine.retrieval.options import with_options
from evals.datasets.rows import ActionRow, ClarifyRow, HandoffRow
from evals.metrics import contains
from evals.report import mean
from evals.subject import Desk

__all__ = ["ActionOutcome", "act", "action_metrics", "faults"]


@dataclass(frozen=True, slots=True)
class ActionOutcome:
    """A message's id, what it calls for ("handoff", "clarify" or "neither"), and the fields that are wrong."""

    id: str
    language: str
    expects: str
    wrong: tuple[str, ...]


def act(desk: Desk, rows: Sequence[ActionRow]) -> Iterator[ActionOutcome]:
    """Send each message after its history, and the reply after a question back that came as it should."""
    for row in rows:
        history = tuple(Turn(turn.role, turn.text, turn.action) for turn in row.history)
        answer = desk.answer(row.text, history=history)
        wrong = faults(answer, row)
        if row.clarify and row.clarify.reply and answer.clarify and not wrong:
            wrong = _after_reply(desk, row, history, answer.clarify)
        expects = "handoff" if row.handoff else "clarify" if row.clarify else "neither"
        yield ActionOutcome(row.id, row.language, expects, wrong)


def action_metrics(outcomes: Sequence[ActionOutcome]) -> Mapping[str, float]:
    """Return the share of messages with all fields right, over all and by what they call for."""
    shares = {"fields_right": mean(not each.wrong for each in outcomes)}
    for expects in ("handoff", "clarify", "neither"):
        some = [not each.wrong for each in outcomes if each.expects == expects]
        if some:
            shares[f"fields_right_{expects}"] = mean(some)
    return shares


def faults(answer: Answer, row: ActionRow) -> tuple[str, ...]:
    """Name the fields of an answer that are not as the row says."""
    wrong = []
    if row.answered is not None and (answer.text is not None) != row.answered:
        wrong.append("answer")
    wrong += _handoff_faults(answer.handoff, row.handoff)
    wrong += _clarify_faults(answer.clarify, row.clarify)
    return tuple(wrong)


def _handoff_faults(given: Handoff | None, expected: HandoffRow | None) -> Iterator[str]:
    if given is None or expected is None:
        if (given is None) != (expected is None):
            yield "handoff"
        return
    sides = (
        ("reason", given.reason, expected.reason),
        ("queue", given.queue, expected.queue),
        ("priority", given.priority, expected.priority),
        ("sentiment", given.sentiment.polarity, expected.sentiment),
    )
    yield from (f"handoff.{name}" for name, is_, should in sides if should is not None and is_ is not should)
    known = {(fact.kind, fact.text) for fact in given.facts}
    yield from (f"handoff.facts.{fact.kind}" for fact in expected.facts if (fact.kind, fact.text) not in known)
    if not given.summary:
        yield "handoff.summary"


def _clarify_faults(given: Clarification | None, expected: ClarifyRow | None) -> Iterator[str]:
    if given is None or expected is None:
        if (given is None) != (expected is None):
            yield "clarify"
        return
    for option in expected.options:
        if not any(option in offered for offered in given.options):
            yield f"clarify.options: {option}"


def _after_reply(desk: Desk, row: ActionRow, history: tuple[Turn, ...], asked: Clarification) -> tuple[str, ...]:
    if row.clarify is None or row.clarify.reply is None:
        return ()
    back = Turn(Role.ASSISTANT, with_options(asked.question, asked.options), TurnAction.CLARIFY)
    reply = desk.answer(row.clarify.reply.text, history=(*history, Turn(Role.CUSTOMER, row.text), back))
    said = reply.text.text if reply.text else ""
    return () if contains(said, row.clarify.reply.answers) else ("reply",)
