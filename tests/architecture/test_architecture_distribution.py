"""What a wheel and an sdist carry beside the code: the encoder, the sample, templates, pages, licences."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from engine.embedding.static import BUNDLED

ROOT = Path(__file__).resolve().parents[2]
MODEL = Path(BUNDLED).relative_to(ROOT).as_posix()


def carried(builder: WheelBuilder | SdistBuilder) -> set[str]:
    return {file.distribution_path for file in builder.recurse_included_files()}


@pytest.fixture(scope="module")
def wheel() -> set[str]:
    return carried(WheelBuilder(str(ROOT)))


@pytest.fixture(scope="module")
def sdist() -> set[str]:
    return carried(SdistBuilder(str(ROOT)))


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json", "README.md"])
def test_the_wheel_carries_the_encoder(wheel: set[str], name: str) -> None:
    assert f"{MODEL}/{name}" in wheel


@pytest.mark.parametrize(
    "folder",
    [
        "evals/sample/knowledge",
        "evals/sample/golden",
        "evals/sample/attacks",
        "api/pages/static",
        "engine/assist",
        "evals/judges/prompts",
        "evals/reporting/templates",
        "evals/datasets",
    ],
)
def test_the_wheel_carries_every_file_of_the_folder(wheel: set[str], folder: str) -> None:
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert there
    assert {path for path in there if "__pycache__" not in path} <= wheel


def test_the_wheel_carries_neither_tests_nor_notebooks(wheel: set[str]) -> None:
    assert {path.split("/")[0] for path in wheel} == {"engine", "ingestion", "api", "evals"}


def test_the_sdist_can_be_tested(sdist: set[str]) -> None:
    needed = {"Makefile", "requirements.lock", f"{MODEL}/model.safetensors", "tests/conftest.py"}
    assert needed <= sdist


def test_both_carry_licence_and_notice() -> None:
    found = WheelBuilder(str(ROOT)).metadata.core.license_files
    assert sorted(found) == ["LICENSE", "NOTICE"]


def test_the_notice_credits_what_the_encoder_was_made_of() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    owed = ("CC-CEDICT", "MDBG", "JMdict", "Electronic Dictionary Research", "wordfreq", "SUBTLEX", "CLDR", "Adobe")
    assert [name for name in owed if name not in notice] == []


def test_the_notice_and_the_card_name_the_same_licence() -> None:
    card = (Path(BUNDLED) / "README.md").read_text(encoding="utf-8")
    assert "license: cc-by-sa-4.0" in card
    assert "CC-BY-SA 4.0" in (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_every_extra_is_named_in_the_readme() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in project["optional-dependencies"] if f"| `{name}` |" not in readme] == []
