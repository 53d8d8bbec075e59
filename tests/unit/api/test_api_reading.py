from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import anyio
import pytest

from api.reading import questions_read
from engine.domain.insights import ReadingReport
from engine.errors import BackendFailed


class Desk:
    """Counts what is read, and fails for one knowledge base."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def read_on(self, knowledge_base: str) -> ReadingReport:
        self.read.append(knowledge_base)
        if knowledge_base == "broken":
            raise BackendFailed("It is away.")
        return ReadingReport(read=3)


def desk(read: Desk) -> tuple[Any, Any]:
    names = [SimpleNamespace(name=name) for name in ("broken", "shop")]
    knowledge = SimpleNamespace(knowledge_bases=lambda: names)
    engine = SimpleNamespace(parts=SimpleNamespace(knowledge=knowledge))
    assist = SimpleNamespace(read_on=read.read_on, engine=engine)
    return SimpleNamespace(known=lambda: [("default", None)]), lambda _: assist


@pytest.mark.parametrize(("hours", "read"), [(24.0, ["broken", "shop"]), (0.0, [])])
def test_all_knowledge_bases_are_read_though_one_fails(hours: float, read: list[str]) -> None:
    reading = Desk()
    tenants, assist = desk(reading)

    async def serve() -> None:
        async with questions_read(tenants, assist, hours, first_s=0.0):
            with anyio.move_on_after(5):
                while reading.read != read:
                    await anyio.sleep(0.01)

    anyio.run(serve)
    assert reading.read == read
