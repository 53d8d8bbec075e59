from __future__ import annotations

from engine.encoder.gain import Asked
from engine.service import Engine
from ingestion.reembedding.gate import Gate
from ingestion.reembedding.service import Reembedding
from tests.unit.ingestion.reembedding.shop import KB, QUESTIONS, built


def test_a_comparison_tells_what_both_find_and_is_kept(engine: Engine, indexes: Reembedding) -> None:
    other = indexes.compare(built(indexes), Gate(QUESTIONS))
    assert other.trial
    assert other.trial.passed
    assert (list(other.trial.found), other.trial.own) == ([""], False)  # no language has twenty questions
    assert (other.trial.found[""].questions, other.trial.found[""].before) == (3, 1.0)
    assert indexes.index("2") == other
    assert engine.open_index(KB) != other


def test_an_index_that_finds_less_does_not_pass(indexes: Reembedding) -> None:
    questions = tuple(Asked(f"zzqq {number}", frozenset({"returns.md"}), "en") for number in range(20))
    worse = indexes.compare(built(indexes, "noise"), Gate((*questions, *QUESTIONS), tolerance=0.0))
    assert worse.trial
    same = indexes.compare(worse, Gate(questions, tolerance=1.0))
    assert same.trial
    assert same.trial.passed
    assert set(worse.trial.found) == {"", "en"}
    assert set(worse.trial.worse) <= {"", "en"}


def test_without_questions_titles_of_the_pages_are_asked(indexes: Reembedding) -> None:
    other = indexes.compare(built(indexes), Gate())
    assert other.trial
    assert (other.trial.own, other.trial.found[""].questions, other.trial.passed) == (True, 3, True)
