"""A ticket of any system as a question, an answer as what to do with the ticket."""

from __future__ import annotations

from api.schemas.answers import AnswerOut
from api.schemas.inbound import TicketAction, TicketIn, TicketOut
from engine.answering.acting import told, told_action
from engine.answering.request import AnswerRequest
from engine.domain.answer import Answer
from engine.domain.conversation import Role, Turn
from engine.errors import InvalidInput

__all__ = ["question_of", "reply_of"]


def question_of(ticket: TicketIn, *, limit: int) -> AnswerRequest:
    """Return the customer's latest message as a question after those before it; InvalidInput if there is none.

    Internal notes are left out. A first message stands under the ticket's subject. What is longer than `limit`
    characters is cut off at the end: mail ends in signatures.
    """
    said = [each for each in ticket.messages if not each.internal and each.text.strip()]
    if not said or said[-1].author is not Role.CUSTOMER:
        raise InvalidInput("The customer has not written last.", remedy="Send tickets that wait for an answer.")
    *before, last = said
    text = last.text if before or not ticket.subject else f"{ticket.subject}\n\n{last.text}"
    turns = tuple(
        Turn(each.author, each.text, told_action(each.text) if each.author is Role.ASSISTANT else None)
        for each in before
    )
    return AnswerRequest(text[:limit], turns, language=ticket.language or "", channel=ticket.channel)


def reply_of(ticket: TicketIn, answer: Answer) -> TicketOut:
    """Return what to do: reply, ask back, or leave the ticket to people with what they need to know."""
    text, _ = told(answer)
    people = answer.handoff is not None and (answer.handoff.confirmed or answer.text is None)
    if answer.text or answer.clarify:
        action = TicketAction.REPLY if answer.text else TicketAction.ASK
        return _out(ticket, answer, TicketAction.HAND_OVER if people else action, text)
    return _out(ticket, answer, TicketAction.HAND_OVER, text if people and answer.abstained is None else "")


def _out(ticket: TicketIn, answer: Answer, action: TicketAction, reply: str) -> TicketOut:
    handoff = answer.handoff
    return TicketOut(
        ticket_id=ticket.ticket_id,
        action=action,
        reply=reply or None,
        status="open" if action is TicketAction.HAND_OVER else "pending",
        queue=handoff.queue if handoff else None,
        priority=handoff.priority if handoff else None,
        note=_note(answer) if action is TicketAction.HAND_OVER else None,
        answer=AnswerOut.of(answer),
    )


def _note(answer: Answer) -> str:
    """Return what people should know, line by line."""
    lines = [f"Not answered: {answer.abstained.reason}."] if answer.abstained else []
    if answer.handoff:
        lines += [f"Why: {answer.handoff.reason}.", answer.handoff.summary]
        lines += [f"{fact.kind}: {fact.text}" for fact in answer.handoff.facts]
    return "\n".join(filter(None, lines))
