"""`knowdesk sentiment`: read how a customer feels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import in_session
from api.cli.output import print_table, print_text
from api.cli.session import Session

if TYPE_CHECKING:
    from api.schemas.sentiment import TrajectoryOut

__all__ = ["sentiment"]


@in_session
def sentiment(
    session: Session,
    *,
    messages: Annotated[list[str], typer.Argument(help="What a customer wrote, oldest first, in any languages.")],
    language: Annotated[str, typer.Option(help="Language of the messages (BCP 47); default: detected.")] = "",
) -> None:
    """Read how a customer feels: polarity, emotion and level 1-5 of each message, and where it is going."""
    from api.schemas.sentiment import TrajectoryOut
    from engine.domain.conversation import Role, Turn

    with session.assist() as assist:
        turns = [Turn(Role.CUSTOMER, message) for message in messages]
        found = TrajectoryOut.of(assist.sentiment(turns, language))
    session.publish(found, lambda: _show(found, messages))


def _show(found: TrajectoryOut, messages: list[str]) -> None:
    rows = [
        (turn.mood.level, turn.mood.polarity, turn.mood.emotion, f"{turn.mood.confidence:.2f}", messages[turn.place])
        for turn in found.turns
    ]
    print_table(("Level", "Polarity", "Emotion", "Confidence", "Message"), rows)
    alarm = f" · alarm: {found.alarm}" if found.alarm else ""
    print_text(f"\nOverall {found.overall.level} ({found.overall.emotion}), {found.trend}{alarm}", style="bold")
