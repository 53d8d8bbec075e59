"""`knowdesk eval compare`: what changed between two runs, and whether it is more than chance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from engine.files import replacing
from evals.commands.common import AsJson, reported_errors, show
from evals.comparison import ALPHA, ChangedCase, Comparison, Difference, Verdict, compare
from evals.figures import ALL
from evals.runs.results import load_results

__all__ = ["register", "show_comparison"]

Before = Annotated[Path, typer.Argument(metavar="BEFORE", help="Folder that `knowdesk eval run --out` made.")]
After = Annotated[Path, typer.Argument(metavar="AFTER", help="Folder of the run to compare it with.")]
Keep = Annotated[bool, typer.Option("--keep", help="Also write it into AFTER, where the console shows it.")]
Cases = Annotated[int, typer.Option("--cases", min=0, help="How many changed cases to show, of each direction.")]
STYLES = {Verdict.BETTER: "green", Verdict.WORSE: "red", Verdict.UNPROVEN: "dim"}


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("compare", epilog="Example: knowdesk eval compare runs/before runs/after")
    def compare_command(
        before: Before, after: After, *, cases: Cases = 10, keep: Keep = False, as_json: AsJson = False
    ) -> None:
        """Compare two runs case by case: paired tests for every measure and slice, and the cases that changed."""
        with reported_errors():
            found = compare(load_results(before), load_results(after))
            if keep:
                _kept(found, after)
            show(found.as_json(), show_comparison(found, cases=cases), as_json=as_json)


def show_comparison(found: Comparison, *, cases: int) -> RenderableType:
    """Return the tables: all cases, slices with a proven change, and the cases that changed most."""
    overall = [each for each in found.differences if each.slice == ALL]
    proven = [*found.verdicts(Verdict.WORSE), *found.verdicts(Verdict.BETTER)]
    slices = [each for each in proven if each.slice != ALL]
    title = f"{found.before} → {found.after} · {found.cases} cases in both"
    parts: list[RenderableType] = [_table(overall, title)]
    if slices:
        parts.append(_table(slices, f"slices with a change beyond chance (Holm, α = {ALPHA})"))
    else:
        parts.append("No slice changed by more than chance.")
    for heading, wanted in (("got worse", -1), ("got better", 1)):
        changed = [each for each in found.changed if each.gain * wanted > 0]
        parts.append(_cases(changed[:cases], f"{len(changed)} cases {heading}"))
    return Group(*parts)


def _kept(found: Comparison, after: Path) -> None:
    """Write the comparison into the folder of the later run."""
    file = after / "comparisons" / f"{found.before}.json"
    file.parent.mkdir(exist_ok=True)
    with replacing(file) as draft:
        draft.write_text(json.dumps(found.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")


def _table(differences: list[Difference], title: str) -> Table:
    table = Table("slice", "measure", "n", "before", "after", "change", "95 %", "p", "p (Holm)", "verdict", title=title)
    for each in differences:
        bounds = f"{each.interval.low:+.3f} … {each.interval.high:+.3f}" if each.interval else ""
        p_values = ["" if p is None else f"{p:.4f}" for p in (each.p, each.adjusted_p)]
        numbers = [str(each.n), f"{each.before:.3f}", f"{each.after:.3f}", f"{each.change:+.3f}"]
        verdict = f"[{STYLES[each.verdict]}]{each.verdict}[/]"
        table.add_row(escape(each.slice), each.measure, *numbers, bounds, *p_values, verdict)
    return table


def _cases(changed: list[ChangedCase], title: str) -> Table:
    table = Table("case", "measure", "change", "question", title=title)
    for each in changed:
        table.add_row(escape(each.after.id), each.measure, f"{each.gain:+.3f}", escape(each.after.question[:100]))
    return table
