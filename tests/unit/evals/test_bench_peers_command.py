"""`knowdesk bench peers`: what is told, what is refused, and the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.bench.cli import app
from evals.bench.latency import Latency
from evals.bench.peers import command, contract
from evals.bench.peers.contract import SystemSpec
from evals.bench.peers.measuring import Building, Change, Measured, Quality
from evals.bench.peers.process import Job
from evals.bench.peers.report import peers_page, sheets
from evals.bench.peers.running import Outcome

FAKE = "tests.unit.evals.fake_peer"


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {name: SystemSpec(FAKE, name, f"the {name} one") for name in ("good", "broken")}
    absent = {"absent": SystemSpec(FAKE, "good", "not there", ("json", "no_such.package"))}
    for module in (command, contract):
        monkeypatch.setattr(module, "SYSTEMS", {**found, **absent})


def outcome(name: str, mrr: float, p50: float) -> Outcome:
    job = Job(name, SystemSpec(FAKE, "", name), Path("sets/shop"))
    quality = Quality("en", 40, {"mrr@10": mrr, "ndcg@10": mrr, "recall@10": 1.0})
    times = Latency(40, p50, 2 * p50, 3 * p50, p50)
    measured = Measured(100, Building(1.0, 2.0, 4.0), 0.25, times, Change(3.0, 9.0, found=True), (quality,))
    return Outcome(job, measured, 512.4)


def invoke(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["peers", *words])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.usefixtures("fakes")
def test_what_is_not_installed_is_said_with_the_command_that_installs_it(beir: Path) -> None:
    for words in (["--only", "absent"], []):
        status, out, err = invoke("--data", str(beir), *words)
        assert (status, out) == (2, "")
        assert "'no_such.package' is not installed" in err
        assert 'pip install "knowdesk[peers]"' in err


@pytest.mark.usefixtures("fakes")
def test_systems_are_compared_and_one_that_fails_is_told(beir: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    words = ["--only", "good", "--only", "broken", "--limit", "2", "--html", str(page), "--json"]
    status, out, _ = invoke("--data", str(beir), *words)
    assert status == 1
    good, broken = json.loads(out)["results"]
    assert (good["system"], good["data"], good["documents"]) == ("good", "shop", 4)
    assert good["quality"][0]["queries"] == 2
    assert good["documents_per_s"] > 0
    assert good["peak_mb"] > 5
    assert "is broken" in broken["failure"]
    assert "broken on shop failed" in page.read_text(encoding="utf-8")


@pytest.mark.usefixtures("fakes")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--only", "other"], "no system 'other'"),
        (["--only", "good", "--split", "fr"], "none of these splits"),
        (["--only", "good", "--model", "hub/model"], "no model"),
    ],
)
def test_wrong_usage_is_refused(beir: Path, words: list[str], said: str) -> None:
    status, _, err = invoke("--data", str(beir), *words)
    assert status == 2
    assert said in err


def test_the_tables_have_a_row_a_system() -> None:
    failed = Outcome(Job("worse", SystemSpec(FAKE, "", ""), Path("sets/shop")), failure="It <broke>.")
    quality, speed = sheets([outcome("ours", 0.75, 2.0), failed])
    assert quality.header == ("system", "en (40)")
    assert quality.rows == (("ours", "0.750  0.750  1.000"), ("worse", "failed"))
    assert speed.rows[0] == ("ours", "25.0", "2.00", "4.00", "0.25", "3.0", "9.0", "yes", "512")
    assert set(speed.rows[1][1:]) == {"failed"}
    assert len(speed.header) == len(speed.rows[0])


def test_the_page_ranks_and_needs_nothing_else() -> None:
    failed = Outcome(Job("worse", SystemSpec(FAKE, "", ""), Path("sets/shop")), failure="It <broke>.")
    page = peers_page([outcome("slow", 0.75, 80.0), outcome("quick", 0.5, 2.0), failed])
    assert "It &lt;broke&gt;." in page
    assert "http" not in page.replace("http-equiv", "")
    bars = page[page.index("MRR@10, queries en") : page.index("Documents indexed a second")]
    assert bars.index("slow") < bars.index("quick")
    assert "0.750" in bars
    assert "width: 2.5%" in page[page.index("Median time of a query") :]
    assert "None" not in page
    assert peers_page([outcome("slow", 0.5, 12345.6)]).count("12,346") == 1


def test_a_page_of_failures_has_no_plots() -> None:
    page = peers_page([Outcome(Job("worse", SystemSpec(FAKE, "", ""), Path("sets/shop")), failure="Broken.")])
    assert "figure" not in page
    assert "failed" in page
