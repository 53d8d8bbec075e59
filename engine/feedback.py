"""Take feedback on an answer that was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from engine.domain.exchange import Exchange
from engine.domain.feedback import Feedback, GivenFeedback, Review, Verdict
from engine.domain.knowledge import stable_id
from engine.errors import InvalidInput, NotFound
from engine.ports import ConversationRepository, FeedbackRepository

__all__ = ["CSAT", "give_feedback"]

CSAT = range(1, 6)
"""The customer satisfaction scale, from very dissatisfied to very satisfied."""


def give_feedback(
    given: GivenFeedback, *, conversations: ConversationRepository, feedback: FeedbackRepository
) -> Review:
    """Keep feedback and return it with what it is about; sent again it changes nothing.

    Raises InvalidInput for feedback that says nothing or contradicts itself, NotFound for an answer that is not in the
    conversation or was not given from the knowledge base, Conflict if its id stands for other feedback.
    """
    _check(given)
    exchange = _exchange(given, conversations)
    named = replace(given, answer_id=exchange.answer_id)
    kept = Feedback(
        id=given.id or _identity(named),
        answer_id=exchange.answer_id,
        verdict=given.verdict,
        edited_text=given.edited_text,
        csat=given.csat,
        comment=given.comment,
        created_at=datetime.now(UTC),
    )
    return Review(feedback.add(kept), exchange)


def _check(given: GivenFeedback) -> None:
    if given.verdict is None and given.csat is None:
        raise InvalidInput("The feedback says nothing.", remedy="Send a verdict, a csat, or both.")
    if given.csat is not None and given.csat not in CSAT:
        raise InvalidInput("The csat is not on its scale.", remedy="Send a whole number from 1 to 5.")
    if (given.verdict is Verdict.EDITED) != bool(given.edited_text.strip()):
        raise InvalidInput(
            "The verdict 'edited' and an edited text go together.", remedy="Send both of them, or neither."
        )


def _exchange(given: GivenFeedback, conversations: ConversationRepository) -> Exchange:
    exchanges = conversations.exchanges(given.conversation_id)
    wanted = [each for each in exchanges if given.answer_id in {"", each.answer_id}]
    wanted = [each for each in wanted if given.knowledge_base in {"", each.knowledge_base}]
    if not wanted:
        problem = f"Conversation {given.conversation_id!r} has no such answer."
        raise NotFound(problem, remedy="Send the conversation_id and answer_id that came with the answer.")
    return wanted[-1]


def _identity(given: GivenFeedback) -> str:
    said = (given.answer_id, given.verdict or "", given.edited_text, str(given.csat), given.comment)
    return stable_id("feedback", *said)
