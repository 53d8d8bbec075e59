"""What every adapter of the CalibrationRepository port must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from engine.domain.calibration import Calibration
from engine.domain.knowledge import KnowledgeBase
from engine.errors import NotFound
from engine.persistence.calibrations import SqlCalibrationRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import CalibrationRepository
from tests.fakes.repositories import database

OWN = Calibration(0.8, -0.25, ((0.1, 0.9), (0.2, 0.75)), 120, "a1b2c3d4", "2026-11-21")


@pytest.fixture
def stored() -> Iterator[Engine]:
    with database() as engine:
        for name in ("shop", "店"):
            SqlKnowledgeRepository(engine).add_knowledge_base(KnowledgeBase(name))
        yield engine


@pytest.fixture
def repository(stored: Engine) -> CalibrationRepository:
    return SqlCalibrationRepository(stored)


def test_at_first_there_is_none(repository: CalibrationRepository) -> None:
    assert repository.calibration("shop") is None
    assert repository.calibration("unheard of") is None


@pytest.mark.parametrize("name", ["shop", "店"])
def test_what_is_stored_comes_back_as_it_was(repository: CalibrationRepository, name: str) -> None:
    repository.set_calibration(name, OWN)
    assert repository.calibration(name) == OWN


def test_the_last_one_holds(repository: CalibrationRepository) -> None:
    later = replace(OWN, slope=1.5, thresholds=())
    repository.set_calibration("shop", OWN)
    repository.set_calibration("shop", later)
    assert repository.calibration("shop") == later


def test_knowledge_bases_stay_apart(repository: CalibrationRepository) -> None:
    repository.set_calibration("shop", OWN)
    assert repository.calibration("店") is None


def test_one_can_be_removed_once(repository: CalibrationRepository) -> None:
    repository.set_calibration("shop", OWN)
    assert [repository.delete_calibration("shop") for _ in range(2)] == [True, False]
    assert repository.calibration("shop") is None


def test_only_knowledge_bases_have_one(repository: CalibrationRepository) -> None:
    with pytest.raises(NotFound, match="unheard of"):
        repository.set_calibration("unheard of", OWN)


def test_it_goes_with_its_knowledge_base(repository: CalibrationRepository, stored: Engine) -> None:
    repository.set_calibration("shop", OWN)
    SqlKnowledgeRepository(stored).delete_knowledge_base("shop")
    assert repository.calibration("shop") is None


def test_another_process_sees_it(repository: CalibrationRepository, stored: Engine) -> None:
    repository.set_calibration("shop", OWN)
    assert SqlCalibrationRepository(stored).calibration("shop") == OWN
