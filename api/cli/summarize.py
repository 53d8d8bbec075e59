"""`knowdesk summarize`: sum up a conversation."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import in_session
from api.cli.output import print_text
from api.cli.session import Session
from engine.domain.summary import SummaryPurpose

if TYPE_CHECKING:
    from api.schemas.summaries import SummaryOut
    from engine.domain.conversation import Turn
    from ingestion.transcripts.conversation import Conversation

__all__ = ["summarize"]

JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{")  # times of a transcript may begin with a bracket as well


@in_session
def summarize(
    session: Session,
    *,
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A transcript or an export; - reads standard input.")],
    purpose: Annotated[SummaryPurpose, typer.Option(help="What it is for.")] = SummaryPurpose.HAND_OVER,
    number: Annotated[
        int, typer.Option(min=0, help="Which conversation of a file with several, from 1; default: the only one.")
    ] = 0,
    language: Annotated[str, typer.Option(help="Language of the headings (BCP 47); default: the customer's.")] = "",
) -> None:
    """Sum up a conversation: issue, what was tried, facts, promises, outcome, open points, mood; with their turns."""
    from api.schemas.summaries import SummaryOut
    from engine.domain.summary import SummaryRequest

    turns = _turns(_chosen(file, number))
    with session.assist() as assist:
        found = SummaryOut.of(assist.summaries.summary(SummaryRequest(turns, purpose, language)))
    session.publish(found, lambda: _show(found))


def _show(found: SummaryOut) -> None:
    print_text(found.text)
    for note in found.notes:
        print_text(f"\nNote: {note}", style="dim")


def _chosen(file: str, number: int) -> Conversation:
    from engine.errors import InvalidInput
    from ingestion.transcripts.reading import conversations_in

    data, name = _read(file)
    found = conversations_in(data, name=name)
    if not found:
        raise InvalidInput(
            f"{name} holds no conversation.", remedy="Give a transcript with speakers, or an export (JSON, CSV, VTT)."
        )
    if number > len(found) or (not number and len(found) > 1):
        raise InvalidInput(f"{name} holds {len(found)} conversations.", remedy="Choose one with --number, from 1.")
    return found[max(number, 1) - 1]


def _read(file: str) -> tuple[bytes, str]:
    """Return the content and a name whose extension tells its format."""
    from engine.errors import InvalidInput

    if file == "-":
        data = sys.stdin.buffer.read()
        return data, "stdin.json" if JSON.match(data) else "stdin.txt"
    path = Path(file)
    if not path.is_file():
        raise InvalidInput(f"{path.name} is not a file.", remedy="Check the path.")
    return path.read_bytes(), path.name


def _turns(conversation: Conversation) -> tuple[Turn, ...]:
    """Return what customer, agent and bot said; what the system did and who is unknown are left out."""
    from engine.domain.conversation import Role, Turn
    from engine.languages.speaker_labels import Speaker

    roles = {Speaker.CUSTOMER: Role.CUSTOMER, Speaker.AGENT: Role.AGENT, Speaker.BOT: Role.ASSISTANT}
    said = conversation.turns
    return tuple(Turn(roles[turn.speaker], turn.text) for turn in said if turn.speaker in roles)
