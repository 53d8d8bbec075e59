"""`knowdesk ask`: answer a question with citations."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import Opened, over_knowledge_base
from api.cli.output import print_text
from engine.domain.channel import Channel

if TYPE_CHECKING:
    from api.schemas.actions import HandoffOut
    from api.schemas.answers import AnswerOut, CitationOut
    from api.schemas.conflicts import ConflictOut

__all__ = ["ask"]


@over_knowledge_base
def ask(
    opened: Opened,
    *,
    question: Annotated[str, typer.Argument(help="What a customer would ask, in any language.")],
    language: Annotated[str, typer.Option(help="Language of the question (BCP 47); default: detected.")] = "",
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Use what held on this day; default: today.")
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(min=0, max=1, help="Withhold answers of lower confidence; default: the setting.")
    ] = None,
    conversation: Annotated[
        str, typer.Option(help="Id of a conversation, stored or new: what was said in it is understood.")
    ] = "",
    after_handoff: Annotated[
        bool, typer.Option("--after-handoff", help="Answer although a person has taken over the conversation.")
    ] = False,
    channel: Annotated[
        Channel, typer.Option(help="Where the answer is read or heard; bounds its length.")
    ] = Channel.CHAT,
) -> None:
    """Answer a question from a knowledge base, with numbered citations; or ask back, or hand over to a person."""
    from api.schemas.answers import AnswerOut
    from engine.answering.request import AnswerRequest
    from engine.domain.search import SearchFilter

    holding = SearchFilter(as_of=as_of.date() if as_of else None)
    request = AnswerRequest(
        question,
        conversation_id=conversation,
        language=language,
        filter=holding,
        threshold=threshold,
        after_handoff=after_handoff,
        channel=channel,
    )
    answer = AnswerOut.of(opened.engine.answer(opened.knowledge_base, request))
    opened.publish(answer, lambda: _show(answer))


def _show(answer: AnswerOut) -> None:
    if answer.abstained:
        print_text(answer.abstained.message, style="yellow")
        print_text(f"\nNot answered: {answer.abstained.reason} · confidence {answer.confidence:.2f}", style="dim")
    if answer.answer:
        if answer.answer.lead_in:
            print_text(answer.answer.lead_in, style="dim")
        print_text(answer.answer.text)
        for number, citation in enumerate(answer.citations, start=1):
            _show_citation(number, citation)
        print_text(
            f"\nConfidence {answer.confidence:.2f} · {answer.answer.mode} · {answer.answer.language}", style="dim"
        )
        for note in answer.answer.notes:
            print_text(f"Note: {note}", style="dim")
    for conflict in answer.conflicts:
        _show_conflict(conflict)
    if answer.clarify:
        print_text(answer.clarify.question)
        for number, option in enumerate(answer.clarify.options, start=1):
            print_text(f"{number}. {option}", indent=2)
    if answer.handoff:
        _show_handoff(answer.handoff)


def _show_handoff(handoff: HandoffOut) -> None:
    if handoff.message:
        print_text(handoff.message)
    state = "Handed over" if handoff.confirmed else "A person is offered"
    print_text(f"\n{state}: {handoff.reason} · queue {handoff.queue} · priority {handoff.priority}", style="bold")
    print_text(handoff.summary, indent=4)
    for fact in handoff.facts:
        print_text(f"{fact.kind}: {fact.text}", indent=4)


def _show_conflict(conflict: ConflictOut) -> None:
    against, decided = conflict.against, conflict.decided_by
    how = "nothing decides which holds" if decided == "nothing" else f"decided by {decided}"
    print_text(f"\nAnother document says otherwise ({how}): {against.title} · {against.uri}", style="yellow")
    print_text(against.quote, indent=4)


def _show_citation(number: int, citation: CitationOut) -> None:
    page = f" · page {citation.page}" if citation.page else ""
    section = f" · {' › '.join(citation.section)}" if citation.section else ""
    print_text(f"\n[{number}] {citation.title} · {citation.uri}{section}{page}", style="bold")
    print_text(citation.quote, indent=4)
