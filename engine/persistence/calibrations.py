"""The CalibrationRepository port in an SQL database."""

from __future__ import annotations

from sqlalchemy import Engine, delete, insert

from engine.domain.calibration import Calibration
from engine.persistence import statements as sql
from engine.persistence.repository import has_knowledge_base, no_knowledge_base
from engine.persistence.tables import calibrations
from engine.persistence.transactions import reading, writing

__all__ = ["SqlCalibrationRepository"]


class SqlCalibrationRepository:
    """Calibrations of knowledge bases; safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def calibration(self, knowledge_base: str) -> Calibration | None:
        """Return it; None for a knowledge base that has none."""
        with reading(self._engine) as connection:
            row = connection.execute(sql.CALIBRATION, {"name": knowledge_base}).one_or_none()
        if row is None:
            return None
        thresholds = tuple((error, threshold) for error, threshold in row.thresholds)
        return Calibration(row.slope, row.intercept, thresholds, row.questions, row.basis, row.fitted_on)

    def set_calibration(self, knowledge_base: str, calibration: Calibration) -> None:
        """Store it in the place of the one before; NotFound for an unknown knowledge base."""
        values = {
            "knowledge_base": knowledge_base,
            "slope": calibration.slope,
            "intercept": calibration.intercept,
            "thresholds": [list(pair) for pair in calibration.thresholds],
            "questions": calibration.questions,
            "basis": calibration.basis,
            "fitted_on": calibration.fitted_on,
        }
        with writing(self._engine) as connection:
            if not has_knowledge_base(connection, knowledge_base):
                raise no_knowledge_base(connection, knowledge_base)
            connection.execute(delete(calibrations).where(calibrations.c.knowledge_base == knowledge_base))
            connection.execute(insert(calibrations), values)

    def delete_calibration(self, knowledge_base: str) -> bool:
        """Remove it; return whether there was one."""
        with writing(self._engine) as connection:
            removed = delete(calibrations).where(calibrations.c.knowledge_base == knowledge_base)
            return bool(connection.execute(removed).rowcount)
