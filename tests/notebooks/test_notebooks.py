"""Every notebook runs from top to bottom, offline, and is kept without its outputs."""

from __future__ import annotations

import json
import re
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SECONDS = 300  # a cell, on a machine that is busy with other tests


def source(path: Path, kind: str = "code") -> str:
    """Return the text of all cells of a kind."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == kind)


def test_there_is_a_notebook_for_each_task() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "01-quick-start",
        "02-tuning-retrieval",
        "03-reading-an-evaluation",
        "04-calibrating-abstention",
        "05-own-models",
        "06-customer-topics",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_kept_clean_and_short(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
    assert len(source(path).splitlines()) <= 130
    assert len(source(path, "markdown").split()) >= 60
    assert "html_chart" in source(path)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_uses_the_public_api_only(path: Path) -> None:
    code = source(path)
    assert not re.search(r"\._[a-z]|import _|from tests", code)
    assert not re.search(r"https?://(?!127\.0\.0\.1)", code)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT), prepend=":")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the libraries' own imports
        nbformat = pytest.importorskip("nbformat", reason="pip install nbformat nbclient ipykernel")
        nbclient = pytest.importorskip("nbclient", reason="pip install nbformat nbclient ipykernel")
        pytest.importorskip("ipykernel", reason="pip install nbformat nbclient ipykernel")
        notebook = nbformat.read(path, as_version=4)
        client = nbclient.NotebookClient(
            notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
        )
        client.execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert any("text/html" in output.get("data", {}) for output in outputs)
    assert not [output for output in outputs if output.get("name") == "stderr"]
