"""Part of `knowdesk insights`: proposals, contradictions, and what is out of date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import Opened, over_knowledge_base
from api.cli.output import print_table, print_text
from engine.domain.proposals import ProposalState

if TYPE_CHECKING:
    from api.schemas.proposals import ProposalOut
    from engine.domain.proposals import Expected, Proposal
    from engine.insights.proposals import Proposals

__all__ = ["contradictions", "proposals_app", "staleness"]

proposals_app = typer.Typer(
    help="What agents answer and the knowledge lacks: mine, approve, publish, roll back.", no_args_is_help=True
)
Id = Annotated[str, typer.Argument(metavar="ID", help="Id of the proposal, as `proposals list` shows it.")]


@over_knowledge_base
def contradictions(
    opened: Opened,
    *,
    sure: Annotated[float, typer.Option(min=0, max=1, help="Tell those of which it is at least so sure.")] = 0.3,
) -> None:
    """Find statements that contradict each other: of documents, of agents, of languages of the same page."""
    from api.schemas.upkeep import ContradictionOut, ContradictionsOut
    from engine.insights.reviewing import find_contradictions

    found = find_contradictions(opened.engine, opened.knowledge_base, minimum=sure)
    shown = ContradictionsOut(items=tuple(map(ContradictionOut.of, found)))
    rows = [
        (f"{each.confidence:.2f}", each.one.uri, each.one.quote, each.other.uri, each.other.quote) for each in found
    ]
    opened.publish(shown, lambda: print_table(("Sure", "Document", "Says", "Other", "Says"), rows))


@over_knowledge_base
def staleness(
    opened: Opened,
    *,
    days: Annotated[int, typer.Option(min=0, help="Tell what expires within so many days.")] = 30,
) -> None:
    """Find documents that are expired or about to expire, with broken links, or never reached by a question."""
    from api.schemas.upkeep import StalenessOut, StaleOut
    from engine.insights.staleness import find_stale

    found = find_stale(opened.engine, opened.knowledge_base, soon_days=days)
    rows = [(each.reason, each.uri, each.title, each.day or each.detail) for each in found]
    shown = StalenessOut(items=tuple(map(StaleOut.of, found)))
    opened.publish(shown, lambda: print_table(("Reason", "Document", "Title", "What"), rows))


@proposals_app.command("list")
@over_knowledge_base
def list_(
    opened: Opened,
    *,
    state: Annotated[list[ProposalState] | None, typer.Option(help="In this state; may be repeated.")] = None,
) -> None:
    """List the proposals of a knowledge base, the surest first."""
    _show_all(opened, _proposals(opened).repository.proposals(opened.knowledge_base, state or ()))


@proposals_app.command()
@over_knowledge_base
def mine(
    opened: Opened,
    *,
    talks: Annotated[list[str] | None, typer.Option(help="Another knowledge base with transcripts.")] = None,
) -> None:
    """Look through resolved transcripts and corrected answers for what the knowledge lacks."""
    _show_all(opened, _proposals(opened).mine(opened.knowledge_base, tuple(talks or ())))


@proposals_app.command()
@over_knowledge_base
def show(opened: Opened, *, id: Id) -> None:
    """Show a proposal with its evidence, and what publishing did."""
    _show(opened, _proposals(opened).repository.proposal(id))


@proposals_app.command()
@over_knowledge_base
def edit(
    opened: Opened,
    *,
    id: Id,
    question: Annotated[str, typer.Option(help="What customers ask.")] = "",
    answer: Annotated[str, typer.Option(help="What is answered.")] = "",
) -> None:
    """Say a proposal in other words."""
    _show(opened, _proposals(opened).edit(id, question=question, answer=answer))


@proposals_app.command()
@over_knowledge_base
def approve(opened: Opened, *, id: Id) -> None:
    """Say that a proposal may be published."""
    _show(opened, _proposals(opened).approve(id))


@proposals_app.command()
@over_knowledge_base
def reject(opened: Opened, *, id: Id, reason: Annotated[str, typer.Option(help="Why.")]) -> None:
    """Say that a proposal is not to be published."""
    _show(opened, _proposals(opened).reject(id, reason))


@proposals_app.command()
@over_knowledge_base
def publish(
    opened: Opened,
    *,
    id: Id,
    golden: Annotated[
        Path | None, typer.Option(help="JSON Lines with golden questions, as `knowdesk eval` reads them.")
    ] = None,
) -> None:
    """Write an approved proposal into the knowledge, and show what that does to questions."""
    _show(opened, _proposals(opened).publish(id, _golden(golden) if golden else ()))


@proposals_app.command()
@over_knowledge_base
def rollback(opened: Opened, *, id: Id) -> None:
    """Restore what the knowledge said before a proposal was published."""
    _show(opened, _proposals(opened).roll_back(id))


def _proposals(opened: Opened) -> Proposals:
    from engine.insights.proposals import Proposals
    from ingestion.publishing import KnowledgePublisher

    return Proposals(opened.engine, KnowledgePublisher(opened.engine))


def _golden(file: Path) -> tuple[Expected, ...]:
    """Read the questions of a golden set that stand alone; InvalidInput names what is wrong."""
    from api.schemas.golden import read_golden

    return read_golden(file)


def _show_all(opened: Opened, found: tuple[Proposal, ...]) -> None:
    from api.schemas.proposals import ProposalOut, ProposalsOut

    rows = [
        (each.id, each.kind, each.state, f"{each.confidence:.2f}", len(each.evidence), each.question) for each in found
    ]
    shown = ProposalsOut(items=tuple(map(ProposalOut.shown, found)))
    opened.publish(shown, lambda: print_table(("Id", "Kind", "State", "Sure", "Asked", "Question"), rows))


def _show(opened: Opened, found: Proposal) -> None:
    from api.schemas.proposals import ProposalOut

    shown = ProposalOut.shown(found)
    opened.publish(shown, lambda: _print(shown))


def _print(shown: ProposalOut) -> None:
    print_text(f"{shown.kind} · {shown.state} · {shown.confidence:.2f} · {shown.id}", style="dim")
    print_text(f"{shown.question}\n{shown.answer}")
    if shown.place:
        print_text(f"In place of: {shown.place.quote} ({shown.place.title})")
    print_table(("Agrees", "Asked", "Answered"), [(each.agrees, each.question, each.answer) for each in shown.evidence])
    if shown.effect:
        counts = f"better {shown.effect.better}, same {shown.effect.same}, worse {shown.effect.worse}"
        print_text(f"Searchable after {shown.effect.searchable_s:.2f} s; {counts}.")
        rows = [
            (each.verdict, each.question, each.before.outcome, each.after.outcome, each.after.text)
            for each in shown.effect.questions
        ]
        print_table(("Effect", "Question", "Before", "After", "Answer"), rows)
