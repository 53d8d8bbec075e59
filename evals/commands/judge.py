"""`knowdesk eval judge`: have a language model rate the answers of a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from engine.errors import Misconfigured
from evals.commands.common import AsJson, RunPath, progress_bar, reported_errors, show
from evals.judges.agreement import Agreement, agreements, load_labels
from evals.judges.judging import Judgement, Model, judge_cases, judgements, open_model
from evals.judges.material import Judge
from evals.report import mean
from evals.runs.folder import RunFolder
from evals.runs.results import write_summary

__all__ = ["register"]

Judges = Annotated[list[Judge] | None, typer.Option("--judge", help="What to judge; repeatable; default: all.")]
BaseUrl = Annotated[str, typer.Option("--base-url", help="OpenAI-compatible endpoint; default: the settings' own.")]
ModelName = Annotated[str, typer.Option("--model", help="Model of the endpoint; default: the settings' own.")]
Labels = Annotated[
    Path | None, typer.Option("--labels", help="Ratings by people (*.jsonl), to report how far they agree.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("judge")
    def judge_command(
        run: RunPath,
        *,
        judges: Judges = None,
        base_url: BaseUrl = "",
        model: ModelName = "",
        labels: Labels = None,
        as_json: AsJson = False,
    ) -> None:
        """Rate the answers of a run by a language model; the ratings become measures of the run."""
        with reported_errors():
            folder, people = RunFolder.existing(run), load_labels(labels) if labels else ()
            opened, made = _model(base_url, model), list[Judgement]()
            llm = open_model(opened)
            cases = folder.cases()
            for judge in judges or list(Judge):
                rating = judge_cases(folder, judge, cases, llm, name=opened.name)
                made += progress_bar(rating, total=len(cases), description=f"Judging {judge}")
            write_summary(run)
            everyone = judgements(folder)
            found = agreements(people, everyone)
            all_made = [each for by_judge in everyone.values() for each in by_judge.values()]
            document: dict[str, object] = {
                "model": opened.name,
                "ratings": {judge.value: _ratings(all_made, judge) for judge in judges or list(Judge)},
                "without_rating": sum(each.rating is None for each in all_made),
                "agreement": [each.as_json() for each in found],
            }
            show(document, _table(all_made, judges or list(Judge), found), as_json=as_json)
        if any(each.rating is None for each in made):
            typer.echo("Some answers got no rating; run the same command again to ask for those only.", err=True)
            raise typer.Exit(1)


def _model(base_url: str, model: str) -> Model:
    from engine.settings import load_settings

    settings = load_settings()
    url, name = base_url or settings.llm_base_url, model or settings.llm_model
    if not url or not name:
        remedy = "Give --base-url and --model, or set KNOWDESK_LLM_BASE_URL and KNOWDESK_LLM_MODEL."
        raise Misconfigured("There is no language model to judge.", remedy=remedy)
    return Model(url, name, settings.llm_api_key.get_secret_value(), settings.llm_timeout_s)


def _ratings(made: Sequence[Judgement], judge: Judge) -> dict[str, float]:
    ratings = [each.rating for each in made if each.judge is judge and each.rating is not None]
    return {"n": len(ratings), "mean": round(mean(ratings), 4)}


def _table(made: Sequence[Judgement], judges: Sequence[Judge], found: Sequence[Agreement]) -> Table:
    table = Table("judge", "ratings", "mean of 1-5", "people", "kappa", "equal", "at most 1 apart")
    agreed = {each.judge: each for each in found}
    for judge in judges:
        ratings, people = _ratings(made, judge), agreed.get(judge)
        shares = [f"{value:.3f}" for value in (people.kappa, people.equal, people.close)] if people else []
        said = [str(people.n)] if people else []
        table.add_row(judge.value, f"{ratings['n']:.0f}", f"{ratings['mean']:.2f}", *said, *shares)
    return table
