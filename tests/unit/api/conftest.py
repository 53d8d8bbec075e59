"""Fixtures for the units of the API."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from engine.observability import ROOT_LOGGER, configure_logging


@pytest.fixture(autouse=True)
def log() -> Iterator[io.StringIO]:
    """Catch the engine's log as it is by default, and leave its set-up as it was found."""
    logger = logging.getLogger(ROOT_LOGGER)
    before = (list(logger.handlers), logger.level, logger.propagate)
    stream = io.StringIO()
    configure_logging(stream=stream)
    yield stream
    logger.handlers[:], logger.propagate = before[0], before[2]
    logger.setLevel(before[1])
