"""Files of gates that would pass whatever comes, and paths that cannot be read or written: named, no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.errors import InvalidInput
from evals.cli import app
from evals.gates import load_gates
from tests.unit.evals.run_builders import case, written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gate = []", "gate"),
        ("", "gate: is missing"),
        ('[[gate]]\nmeasure = "containment"\nleast = nan', "gate 1, least"),
        ('[[gate]]\nmeasure = "containment"\nmost = inf', "gate 1, most"),
        ('[[gate]]\nmeasure = "containmnt"\nleast = 0.5', "did you mean 'containment'?"),
        ('[[gate]]\nmeasure = "containment"', "needs least, most or no_regression"),
        ('[[gate]]\nmeasure = "containment"\nleats = 0.5\nleast = 1', "leats: is not a known field"),
        ("[[gate]", "is not TOML"),
    ],
)
def test_a_file_of_gates_that_would_pass_whatever_comes(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "gates.toml").write_text(text)
    with pytest.raises(InvalidInput) as raised:
        load_gates(tmp_path / "gates.toml")
    assert said in raised.value.message
    assert raised.value.message.startswith("gates.toml")
    assert raised.value.remedy


UNWRITABLE = {
    "report": ("report", "{run}", "--out", "{tmp}/no/such/folder/r.html"),
    "report into a folder": ("report", "{run}", "--out", "{tmp}"),
    "report's figures": ("report", "{run}", "--out", "{tmp}/r.html", "--json-out", "{tmp}/no/f.json"),
    "gates are a folder": ("gate", "{run}", "--gates", "{tmp}"),
    "drafts": ("validate", "{tmp}/nothing"),
}


@pytest.mark.parametrize("kind", UNWRITABLE)
def test_a_path_that_does_not_do_is_named_without_a_traceback(kind: str, tmp_path: Path) -> None:
    written(tmp_path / "run", [case("c1")])
    words = [word.format(run=tmp_path / "run", tmp=tmp_path) for word in UNWRITABLE[kind]]
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words[-1].rsplit("/", 1)[-1] in result.stderr.replace("\n", "")
