"""How a server orders texts: as SQLite does, whatever its language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from engine.persistence.transactions import reading
from tests.fakes.repositories import database

OTHERS = """
    SELECT table_name || '.' || column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'
"""


@pytest.fixture
def server() -> Iterator[Engine]:
    with database() as engine:
        if engine.dialect.name != "postgresql":
            pytest.skip("KNOWDESK_TEST_DATABASE_URL is not set")
        yield engine


def test_every_text_is_compared_by_code_points(server: Engine) -> None:
    with reading(server) as connection:
        assert connection.execute(text(OTHERS)).scalars().all() == []
