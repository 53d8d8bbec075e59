"""Calibrate the confidence of a knowledge base on its owner's golden questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Group
from rich.table import Table

from engine.domain.conversation import Turn
from engine.domain.exchange import Exchange
from engine.errors import InvalidInput
from evals.calibrating import CalibrationReport, fit, outcomes
from evals.commands.common import AsJson, progress_bar, reported_errors, show
from evals.datasets.golden import GoldenQuestion, load_questions
from evals.tables import points_table

if TYPE_CHECKING:
    from engine.service import Engine

__all__ = ["app", "calibrate"]

EXAMPLES = """Examples:

knowdesk calibrate --kb shop --questions questions.jsonl

knowdesk calibrate --kb shop --remove
"""
Questions = Annotated[Path | None, typer.Option("--questions", help="Question file (*.jsonl), or a folder of them.")]
Kb = Annotated[str, typer.Option("--kb", metavar="NAME", help="Name of the knowledge base.")]
Remove = Annotated[bool, typer.Option("--remove", help="Go back to the shipped confidence.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and store nothing.")]
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of the index and the database; default: .knowdesk.")
]

app = typer.Typer(help="Calibrate the confidence of a knowledge base on its owner's golden questions.")


@app.command(epilog=EXAMPLES)
def calibrate(
    *,
    kb: Kb = "default",
    questions: Questions = None,
    remove: Remove = False,
    dry_run: DryRun = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Fit how sure answers may be to golden questions, or show or remove what was fitted; takes effect at once."""
    with reported_errors():
        if questions and remove:
            raise InvalidInput("--questions and --remove exclude each other.", remedy="Give one of them.")
        asked = load_questions(questions).questions if questions else ()
        with _engine(data_dir) as engine:
            engine.parts.knowledge.knowledge_base(kb)
            if questions:
                report = _fitted(engine, kb, asked, store=not dry_run)
                show(report.as_json(), _shown(report), as_json=as_json)
            else:
                _stored(engine, kb, remove=remove, as_json=as_json)


class _NoConversations:
    """Forgets what is said, so that calibrating leaves no trace among the customers' conversations."""

    def append(
        self, conversation_id: str, turns: Sequence[Turn], *, exchange: Exchange | None = None, customer: str = ""
    ) -> None:
        """Forget the turns."""

    def history(self, conversation_id: str, *, last: int | None = None) -> tuple[Turn, ...]:  # noqa: ARG002
        """Remember nothing."""
        return ()

    def exchanges(self, conversation_id: str) -> tuple[Exchange, ...]:  # noqa: ARG002
        """Remember nothing."""
        return ()

    def cited(self, knowledge_base: str) -> Mapping[str, int]:  # noqa: ARG002
        """Remember nothing."""
        return {}


@contextmanager
def _engine(data_dir: Path | None) -> Iterator[Engine]:
    from engine.assembly import build_engine
    from engine.settings import load_settings

    engine = build_engine(load_settings(data_dir=data_dir))
    try:
        yield engine
    finally:
        engine.close()


def _fitted(engine: Engine, kb: str, asked: Sequence[GoldenQuestion], *, store: bool) -> CalibrationReport:
    """Ask with the shipped confidence, fit, and store the correction."""
    from engine.answering.confidence import BASIS
    from evals.engine_system import EngineSubject, Pipeline

    calibrations = engine.parts.calibrations
    engine.parts = replace(engine.parts, conversations=_NoConversations(), calibrations=None)
    answers = outcomes(EngineSubject(engine, Pipeline(), knowledge_base=kb), asked)
    found = list(progress_bar(answers, total=len(asked), description="Asking"))
    report = fit(found, basis=BASIS, today=date.today().isoformat())
    if store and calibrations:
        calibrations.set_calibration(kb, report.calibration)
    return report


def _stored(engine: Engine, kb: str, *, remove: bool, as_json: bool) -> None:
    """Show the knowledge base's calibration, or remove it."""
    from engine.answering.confidence import BASIS

    stored = engine.parts.calibrations
    own = stored.calibration(kb) if stored else None
    removed = bool(remove and stored and stored.delete_calibration(kb))
    if own is None:
        told = f"{kb!r} has no calibration of its own: the shipped confidence holds."
    elif removed:
        told = f"The calibration of {kb!r} is removed: the shipped confidence holds."
    elif own.basis != BASIS:
        told = f"The calibration of {kb!r} corrects an earlier version and is not used: fit it again."
    else:
        told = f"{kb!r} was calibrated on {own.questions} questions on {own.fitted_on}."
    document: dict[str, object] = {"calibration": asdict(own) if own and not removed else None, "removed": removed}
    show(document, told, as_json=as_json)


def _shown(report: CalibrationReport) -> Group:
    own = report.calibration
    table = Table("metric", "shipped", "calibrated", title=f"{own.questions} questions, each judged by the other folds")
    for name, before in report.before.items():
        table.add_row(name, f"{before:.3f}", f"{report.after[name]:.3f}")
    needed = Table("accepted error", "confidence needed", title="thresholds")
    for error, threshold in own.thresholds:
        needed.add_row(f"{error:.0%}", f"{threshold:.2f}")
    return Group(table, points_table(report.risk_coverage), needed)


if __name__ == "__main__":
    app()
