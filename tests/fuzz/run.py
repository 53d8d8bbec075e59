"""Send generated requests to every call of the OpenAPI document, in the name of each role.

`make fuzz`, or `python -m tests.fuzz.run --examples 12 --seed 1 --role bot`. Schemathesis (MIT) makes the requests,
right and wrong ones, and holds each response against the document. Each role meets a service of its own on a real port,
with something of everything in it, whose ids half of the requests use.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer

from engine.domain.access import AccessRole
from tests.fuzz.furnished import Ids, furnished

__all__ = ["PHASES", "Found", "cases_of", "fuzz", "settings_of"]

CHECKS: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "ignored_auth",
)
PHASES: Final = ("examples", "coverage", "fuzzing", "stateful")
REFUSED: Final = (400, 401, 403, 404, 405, 409, 412, 413, 422)  # what wrong requests get
PATIENCE_S: Final = "120"
HALF: Final = 0.5
EVERYWHERE: Final[Mapping[str, str]] = {
    "path.name": "kb",
    "path.model": "kb",
    "path.customer_id": "customer",
    "query.knowledge_base": "kb",
    "body.knowledge_base": "kb",
    "body.model": "kb",
    "body.conversation_id": "conversation",
    "body.answer_id": "answer",
}
THERE: Final[Mapping[str, str]] = {  # what `{id}` in a path is, by how the path begins
    "/v1/documents/": "document",
    "/v1/jobs/": "job",
    "/v1/canned-replies/": "canned",
    "/v1/suggestions/": "suggestion",
    "/v1/webhooks/": "webhook",
    "/v1/keys/": "key",
    "/v1/knowledge-bases/{name}/intents/": "intent",
}
COUNT: Final = re.compile(r"^ *(\d+) generated", re.MULTILINE)
COMMAND: Final = (sys.executable, "-m", "schemathesis.cli")
ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Found:
    """What came out for one role: how many cases, whether all were as promised, and what Schemathesis printed."""

    role: AccessRole
    cases: int
    clean: bool
    said: str


def fuzz(
    role: AccessRole,
    *,
    examples: int,
    seed: int,
    folder: Path,
    phases: tuple[str, ...] = PHASES,
    without: tuple[str, ...] = (),
) -> Found:
    """Send up to `examples` drawn requests to each call, beside those of the other phases, which have fixed ones.

    Paths that it is to go `without` are left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with furnished(folder) as service:
        settings = folder / "schemathesis.toml"
        settings.write_text(settings_of(service.ids), encoding="utf-8")
        words = ["--config-file", str(settings), "run", f"{service.address}/openapi.json", "--no-color"]
        words += ["--header", f"Authorization: Bearer {service.keys[role]}"]
        words += ["--wait-for-schema", PATIENCE_S, "--request-timeout", PATIENCE_S]
        words += ["--checks", ",".join(CHECKS), "--phases", ",".join(phases), "--suppress-health-check", "all"]
        words += ["--seed", str(seed), "--max-examples", str(examples), "--continue-on-failure", "--no-shrink"]
        words += [f"--exclude-path={path}" for path in without]
        ended = subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603
    said = ended.stdout + ended.stderr
    return Found(role, cases_of(said), ended.returncode == 0, said)


def cases_of(said: str) -> int:
    """Return how many cases Schemathesis says that it made."""
    counted = COUNT.search(said)
    return int(counted[1]) if counted else 0


def settings_of(ids: Ids) -> str:
    """Return the settings of Schemathesis that have half of the requests name what there is.

    What requests delete is named by them only.
    """
    lines = ['hooks = "tests.fuzz.hooks"', "[cache]", "enabled = false", "[generation]", 'database = "none"']
    lines += [f"[phases.{phase}]\nextra-data-sources.responses = false" for phase in ("coverage", "fuzzing")]
    lines += ["[checks.negative_data_rejection]", f"expected-statuses = {list(REFUSED)}"]
    for kind, values in ids.items():
        spare = values[: len(values) // 2]
        lines += [f"[dictionaries.{kind}]", f"values = {json.dumps(values[len(spare) :])}"]
        lines += [f"[dictionaries.{kind}-spare]", f"values = {json.dumps(spare or values)}"]
    lines += ["[parameters]", *(_drawn(*each) for each in EVERYWHERE.items())]
    for begins, kind in THERE.items():
        lines += _of_path(begins, _drawn("path.id", kind))
        lines += [*_of_path(begins, _drawn("path.id", f"{kind}-spare")), 'include-method = "DELETE"']
    lines += [*_of_path("/v1/knowledge-bases/{name}", _drawn("path.name", "kb-spare")), 'include-method = "DELETE"']
    return "\n".join(lines) + "\n"


def _of_path(begins: str, parameter: str) -> list[str]:
    there = "^" + re.escape(begins)
    return ["[[operations]]", f"include-path-regex = {json.dumps(there)}", f"parameters = {{ {parameter} }}"]


def _drawn(where: str, kind: str) -> str:
    return f'"{where}" = {{ dictionary = "{kind}", probability = {HALF} }}'


def main(
    examples: Annotated[int, typer.Option(min=1, help="Drawn requests for each call, beside the fixed ones.")] = 12,
    cases: Annotated[int, typer.Option(min=1, help="Fewer cases for a role are a failure.")] = 5000,
    seed: Annotated[int, typer.Option(help="The same seed draws the same requests.")] = 1,
    role: Annotated[list[AccessRole] | None, typer.Option(help="Only this one; repeatable.")] = None,
) -> None:
    """End with status 1 if a response is not as promised, or if there were too few cases."""
    good = True
    for each in role or list(AccessRole):
        with tempfile.TemporaryDirectory(prefix="knowdesk-fuzz-") as scratch:
            found = fuzz(each, examples=examples, seed=seed, folder=Path(scratch))
        good = good and found.clean and found.cases >= cases
        typer.echo(f"{each}: {found.cases} cases, {'all as promised' if found.clean else found.said}")
    raise typer.Exit(0 if good else 1)


if __name__ == "__main__":
    typer.run(main)
