"""`knowdesk forms check`: compare a photographed slip with an order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import in_session
from api.cli.output import print_table, print_text
from api.cli.session import Session

if TYPE_CHECKING:
    from api.schemas.forms import FormCheckOut
    from engine.domain.form import OrderFacts

__all__ = ["app"]

app = typer.Typer(help="Compare photographed slips with orders.", no_args_is_help=True)


@app.callback()
def _forms() -> None:
    """Compare photographed slips with orders."""


@app.command("check", epilog="""Example: knowdesk forms check slip.png --order '{"sku": "MV-P5-1020"}' --kb shop""")
@in_session
def check(
    session: Session,
    *,
    image: Annotated[Path, typer.Argument(help="A photograph of a return slip or receipt.")],
    order: Annotated[
        str,
        typer.Option(help="JSON, or a file of it: tracking_number, sku, quantity, reason, until (a date), total."),
    ],
    kb: Annotated[
        str, typer.Option("--kb", metavar="NAME", help="Whose policies say what to do; none if left out.")
    ] = "",
    language: Annotated[str, typer.Option(help="Language of the slip (BCP 47); default: detected.")] = "",
) -> None:
    """Read a slip, compare it with the order, and cite what the policy says about it."""
    from api.schemas.forms import FormCheckOut
    from engine.errors import InvalidInput
    from ingestion.connect import limits_of
    from ingestion.ocr.slips import read_slip

    facts = _order(order)
    if not image.is_file():
        raise InvalidInput(f"{image.name} is not a file.", remedy="Check the path.")
    lines = read_slip(image.read_bytes(), limits_of(session.settings()).ocr, name=image.name)
    with session.assist() as assist:
        found = FormCheckOut.of(assist.forms.check(lines, facts, knowledge_base=kb, language=language))
    session.publish(found, lambda: _show(found))


def _order(given: str) -> OrderFacts:
    from pydantic import ValidationError

    from api.schemas.forms import OrderIn
    from engine.errors import InvalidInput

    text = given if given.lstrip().startswith("{") else _content(Path(given))
    try:
        return OrderIn.model_validate_json(text).to_domain()
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, each['loc'])) or 'JSON'}: {each['msg']}" for each in error.errors())
        raise InvalidInput(f"The order is wrong: {wrong}.", remedy="See knowdesk forms check --help.") from error


def _content(path: Path) -> str:
    from engine.errors import InvalidInput

    if not path.is_file():
        raise InvalidInput(f"{path.name} is neither JSON nor a file.", remedy="Check the path given with --order.")
    return path.read_text(encoding="utf-8-sig", errors="replace")


def _show(found: FormCheckOut) -> None:
    print_text(found.verdict, style="bold")
    rows = [(each.field, each.standing, each.found or "-", each.expected) for each in found.findings]
    print_table(("Field", "Standing", "Found", "Expected"), rows)
    if found.resolution:
        print_text(f"\n{found.resolution.title} · {found.resolution.uri}", style="bold")
        print_text(found.resolution.quote, indent=4)
