"""`knowdesk encoder prepare`: make a transformer encoder ready for ONNX Runtime."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import in_session
from api.cli.output import print_table, print_text
from api.cli.session import Session
from engine.embedding.prepared import Precision

if TYPE_CHECKING:
    from engine.embedding.preparing import Trial

__all__ = ["prepare"]

COLUMNS = ("precision", "agreement", "at least", "passages/s", "torch", "query ms", "torch", "folder")


@in_session
def prepare(
    session: Session,
    model: Annotated[
        str, typer.Argument(help="Name or path for sentence-transformers; default: embedding_model, or MiniLM.")
    ] = "",
    *,
    precision: Annotated[
        list[Precision] | None, typer.Option("--precision", help="fp32 or int8; default: both.")
    ] = None,
    revision: Annotated[str, typer.Option("--revision", help="Revision of a model on the hub.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Also if it was prepared before.")] = False,
) -> None:
    """Export an encoder for ONNX Runtime, check that its vectors stay the same, and time it beside torch.

    Needs the packages of the optional dependency group `onnx`; what was prepared needs neither them nor torch.
    """
    from engine.embedding.preparing import prepare as prepared_in
    from engine.errors import Misconfigured
    from engine.models import transformer_name
    from engine.settings import SERVICE

    settings = session.settings()
    name = model or settings.embedding_model
    if name.startswith(SERVICE):
        raise Misconfigured(f"{name} is not run here.", remedy="Name a model for sentence-transformers.")
    trials = list(
        prepared_in(
            transformer_name(name),
            precision or list(Precision),
            root=settings.encoder_dir,
            revision=revision or settings.embedding_revision,
            again=again,
        )
    )

    def show() -> None:
        print_table(COLUMNS, map(_row, trials))
        print_text("Speeds are the best of three over the built-in sentences; knowdesk bench encoder measures yours.")

    session.publish({"prepared": [_document(trial) for trial in trials]}, show)


def _row(trial: Trial) -> tuple[str, ...]:
    kept, new, old = trial.prepared, trial.speed, trial.original
    return (
        kept.precision,
        f"{kept.agreement:.4f}",
        f"{kept.least_agreement:.4f}",
        f"{new.passages_per_s:.0f}",
        f"{old.passages_per_s:.0f}",
        f"{new.query_ms:.1f}",
        f"{old.query_ms:.1f}",
        str(kept.folder),
    )


def _document(trial: Trial) -> dict[str, object]:
    kept = trial.prepared
    return {
        "model": kept.info.model,
        "revision": kept.info.revision,
        "precision": kept.precision.value,
        "folder": str(kept.folder),
        "agreement": kept.agreement,
        "least_agreement": kept.least_agreement,
        "passages_per_s": trial.speed.passages_per_s,
        "query_ms": trial.speed.query_ms,
        "torch_passages_per_s": trial.original.passages_per_s,
        "torch_query_ms": trial.original.query_ms,
    }
