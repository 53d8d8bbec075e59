"""Made identity numbers, right and wrong."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from engine.guard.check_digits import is_cn_resident_id, is_hk_id, is_jp_my_number, is_tw_id
from engine.guard.findings import PersonalKind
from evals.bench.cli import app
from evals.bench.identifiers import IDENTIFIERS, identifier_texts

CHECKS = {
    PersonalKind.CN_RESIDENT_ID: is_cn_resident_id,
    PersonalKind.HK_ID: lambda code: is_hk_id(code.replace("(", "").replace(")", "")),
    PersonalKind.TW_ID: is_tw_id,
    PersonalKind.JP_MY_NUMBER: is_jp_my_number,
}


def test_every_other_number_is_a_decoy() -> None:
    texts = identifier_texts(80)
    assert [len(text.gold) for text in texts] == [1, 0] * 40
    assert {kind for text in texts for kind, _ in text.gold} == set(IDENTIFIERS)


def test_check_digits_agree_with_those_of_the_engine() -> None:
    for text in identifier_texts(400):
        for kind, span in text.gold:
            assert CHECKS[kind](span.of(text.text)), text


def test_seeds() -> None:
    assert identifier_texts(20) == identifier_texts(20)
    assert identifier_texts(20) != identifier_texts(20, seed=1)


def test_the_command_scores_them() -> None:
    found = json.loads(CliRunner().invoke(app, ["personal-data", "--identifiers", "80", "--json"]).stdout)
    assert found["texts"] == 80
    assert found["overall"]["f1"] >= 0.98
    assert found["forms"] == found["overall"]


@pytest.mark.parametrize("count", ["1", "x"])
def test_a_wrong_count_is_refused(count: str) -> None:
    assert CliRunner().invoke(app, ["personal-data", "--identifiers", count]).exit_code == 2
