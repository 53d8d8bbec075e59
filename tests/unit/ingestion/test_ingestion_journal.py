from __future__ import annotations

from ingestion.journal import Journal
from ingestion.target import open_index
from tests.unit.ingestion.memory import KB, SOURCE, Place


def place() -> Place:
    opened = Place()
    open_index(opened.target)
    return opened


def test_a_mark_stays_until_it_is_taken_away() -> None:
    here = place()
    journal = Journal(here.target, SOURCE)
    assert not journal.was_left_open
    journal.open()
    journal.open()
    assert Journal(here.target, SOURCE).was_left_open
    journal.close()
    assert not Journal(here.target, SOURCE).was_left_open


def test_readers_do_not_see_it() -> None:
    here = place()
    before = here.state()
    Journal(here.target, SOURCE).open()
    assert here.state() == before
    assert here.knowledge.documents(KB) == ()


def test_each_source_has_its_own() -> None:
    here = place()
    Journal(here.target, "other").open()
    assert not Journal(here.target, SOURCE).was_left_open


def test_a_mark_of_an_earlier_run_is_taken_away_too() -> None:
    here = place()
    Journal(here.target, SOURCE).open()
    Journal(here.target, SOURCE).close()
    assert not Journal(here.target, SOURCE).was_left_open


def test_closing_without_a_mark_does_nothing() -> None:
    here = place()
    Journal(here.target, SOURCE).close()
    assert here.knowledge.staged == {}
