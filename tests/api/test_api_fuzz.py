"""A few of the generated requests of `make fuzz`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from engine.domain.access import AccessRole
from tests.fakes.postgres import server_url
from tests.fuzz.run import EVERYWHERE, THERE, cases_of, fuzz, settings_of


@pytest.mark.parametrize("role", [AccessRole.ADMIN])
def test_generated_requests_get_what_is_promised(tmp_path: Path, role: AccessRole) -> None:
    without = ("/v1/backups",) if server_url() else ()  # which SQLite's files only have
    found = fuzz(role, examples=2, seed=7, folder=tmp_path, phases=("fuzzing",), without=without)
    assert found.clean, found.said
    assert found.cases > 70


def test_cases_are_counted_as_they_are_told() -> None:
    assert cases_of("Test cases:\n  4474 generated, 4474 passed, 46 skipped\n") == 4474
    assert cases_of("Schema Loading Error") == 0


def test_requests_name_what_there_is_and_delete_what_nobody_needs() -> None:
    ids = dict.fromkeys({*EVERYWHERE.values(), *THERE.values()}, ("spare", "kept"))
    made = tomllib.loads(settings_of({**ids, "customer": ("only",)}))
    assert made["dictionaries"]["document"] == {"values": ["kept"]}
    assert made["dictionaries"]["document-spare"] == {"values": ["spare"]}
    assert made["dictionaries"]["customer-spare"] == made["dictionaries"]["customer"] == {"values": ["only"]}
    deleting = [each for each in made["operations"] if each.get("include-method") == "DELETE"]
    assert len(deleting) == len(THERE) + 1
    assert all("-spare" in str(each["parameters"]) for each in deleting)
    assert made["hooks"] == "tests.fuzz.hooks"
