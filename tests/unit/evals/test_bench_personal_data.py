"""Scores of the finding of personal data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.domain.knowledge import Span
from engine.errors import InvalidInput
from engine.guard.findings import PersonalKind
from evals.bench.cli import app
from evals.bench.personal_data import LabelledText, bench_personal_data, read_labelled_texts

MAIL = "Write to jo@example.com now."
GOLD = frozenset({(PersonalKind.EMAIL, Span(9, 23))})


def write(path: Path, *records: object) -> Path:
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def record(text: str, *spans: tuple[str, int, int]) -> dict[str, object]:
    listed = [{"entity_type": kind, "start_position": start, "end_position": end} for kind, start, end in spans]
    return {"full_text": text, "spans": listed}


def test_right_wrong_and_missed() -> None:
    texts = [
        LabelledText(MAIL, GOLD),
        LabelledText(MAIL, frozenset()),  # found, not labelled
        LabelledText("Nothing here.", GOLD),  # labelled, not found
        LabelledText(MAIL, frozenset({(PersonalKind.EMAIL, Span(8, 23))})),  # not exact
    ]
    email = bench_personal_data(texts).kinds["email"]
    assert (email.gold, email.found) == (3, 3)
    assert (email.precision, email.recall, email.f1) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_kinds_are_scored_apart_and_together() -> None:
    scores = bench_personal_data([LabelledText(MAIL, GOLD), LabelledText("203.0.113.9", frozenset())])
    assert scores.kinds["email"].f1 == 1.0
    assert (scores.kinds["ip"].precision, scores.kinds["ip"].recall, scores.kinds["ip"].f1) == (0.0, 1.0, 0.0)
    assert (scores.overall.gold, scores.overall.found, scores.overall.precision) == (1, 2, 0.5)
    assert scores.kinds["card"].f1 == 1.0  # nothing to find, nothing found


def test_kinds_that_are_not_measured_are_not_counted() -> None:
    assert bench_personal_data([LabelledText("Address: 12 Mill Lane, Oxford", frozenset())]).overall.found == 0


def test_the_halves_share_nothing_and_are_all() -> None:
    texts = [LabelledText(f"m{at}@example.com", frozenset()) for at in range(11)]
    counts = {half: bench_personal_data(texts, half=half) for half in ("first", "second", "all")}
    assert counts["first"].texts + counts["second"].texts == counts["all"].texts == 11
    assert counts["first"].overall.found + counts["second"].overall.found == 11
    with pytest.raises(InvalidInput, match="no half 'third'"):
        bench_personal_data(texts, half="third")


def test_reading_labels(tmp_path: Path) -> None:
    path = write(
        tmp_path / "pii.jsonl", record(MAIL, ("EMAIL_ADDRESS", 9, 23), ("GPE", 0, 5)), record("x") | {"language": "de"}
    )
    assert read_labelled_texts(path) == (LabelledText(MAIL, GOLD), LabelledText("x", frozenset(), "de"))


def test_names_and_languages_are_scored() -> None:
    german = LabelledText("Ich heiße Anna.", frozenset({(PersonalKind.NAME, Span(10, 14))}), "de")
    missed = LabelledText("We met Anna.", frozenset({(PersonalKind.NAME, Span(7, 11))}))
    scores = bench_personal_data([german, missed])
    assert scores.kinds["name"].recall == 0.5
    assert {language: score.recall for language, score in scores.languages.items()} == {"de": 1.0, "en": 0.0}


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"spans": []}, 'needs a string "full_text"'),
        ({"full_text": "x", "spans": [{"entity_type": "EMAIL_ADDRESS"}]}, 'needs a number "start_position"'),
        ({"full_text": "x", "spans": [{}]}, 'needs a string "entity_type"'),
    ],
)
def test_a_broken_record_is_named(tmp_path: Path, broken: object, message: str) -> None:
    path = write(tmp_path / "pii.jsonl", record(MAIL), broken)
    with pytest.raises(InvalidInput, match=f"pii.jsonl, line 2.*{message}"):
        read_labelled_texts(path)


def test_the_command_prints_one_json_document(tmp_path: Path) -> None:
    path = write(tmp_path / "pii.jsonl", record(MAIL, ("EMAIL_ADDRESS", 9, 23)))
    result = CliRunner().invoke(app, ["personal-data", str(path), "--half", "all", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["kinds"]["email"] == {
        "gold": 1,
        "found": 1,
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
    }


def test_the_command_prints_a_table_for_people(tmp_path: Path) -> None:
    path = write(tmp_path / "pii.jsonl", record(MAIL, ("EMAIL_ADDRESS", 9, 23)))
    result = CliRunner().invoke(app, ["personal-data", str(path), "--half", "all"])
    assert result.exit_code == 0
    assert "email" in result.stdout
    assert "1.000" in result.stdout
