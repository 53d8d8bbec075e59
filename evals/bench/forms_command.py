"""Command: `knowdesk bench forms`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Annotated

import typer
from rich.console import Console

from engine.domain.form import FormCheck
from evals.bench.slips import Slip, find_font, slips
from evals.commands.common import reported_errors

__all__ = ["bench_forms", "forms_command"]


def bench_forms(rendered: Iterable[Slip], check: Callable[[Slip], FormCheck]) -> dict[str, object]:
    """Return the share of right verdicts, over all and by language, and the slips that were judged wrongly."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong: list[dict[str, object]] = []
    for slip in rendered:
        found = check(slip)
        total[slip.language] += 1
        right[slip.language] += found.verdict is slip.verdict
        if found.verdict is not slip.verdict:
            read = {each.field: (each.standing, each.found, each.expected) for each in found.findings}
            wrong.append({"language": slip.language, "defect": slip.defect, "verdict": found.verdict, "read": read})
    return {
        "slips": total.total(),
        "right": round(right.total() / max(total.total(), 1), 3),
        "languages": {language: round(right[language] / total[language], 3) for language in sorted(total)},
        "wrong": wrong,
    }


def forms_command(
    *,
    count: Annotated[int, typer.Option("--slips", min=1, help="How many.")] = 40,
    seed: Annotated[int, typer.Option("--seed", help="Decides on what they say and on their defects.")] = 7,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Render return slips with defects in zh, en and ja, read them, and compare the verdicts."""
    from engine.assist.forms.comparing import compared, verdict_of
    from engine.assist.forms.fields import slip_fields
    from ingestion.ocr.options import OcrOptions
    from ingestion.ocr.slips import read_slip

    def check(slip: Slip) -> FormCheck:
        findings = compared(slip_fields(read_slip(slip.image, OcrOptions(), name="slip.png")), slip.order)
        return FormCheck(verdict_of(findings), slip.language, findings)

    with reported_errors():
        found = json.dumps(bench_forms(slips(count, seed=seed, font=find_font()), check), ensure_ascii=False)
    if as_json:
        typer.echo(found)
    else:
        Console().print_json(found)
