"""Old conversations are let go whatever else lies in the data folder and whoever fails meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import anyio
import pytest
from starlette.concurrency import run_in_threadpool

from api.retention import kept_for
from engine.domain.privacy import Erased
from engine.errors import BackendFailed, EngineError
from engine.observability import ROOT_LOGGER
from engine.settings import Settings, load_settings
from engine.tenancy import Tenants

AWAY = BackendFailed("The database failed.", remedy="Check the disk.")


class Swept:
    """An engine that counts its sweeps and remembers from when on."""

    def __init__(self, *failures: EngineError) -> None:
        self.failures, self.moments, self.twice = list(failures), list[datetime](), threading.Event()
        self.privacy = self

    def sweep(self, before: datetime) -> Erased:
        self.moments.append(before)
        if len(self.moments) > 1:
            self.twice.set()
        if self.failures:
            raise self.failures.pop(0)
        return Erased(conversations=2)


def run(known: Callable[[], list[tuple[str, Any]]], until: threading.Event, *, days: float = 30.0) -> None:
    """Keep what is younger than so many days, until something has happened."""

    async def served() -> None:
        tenants = cast("Tenants", SimpleNamespace(known=known))
        async with kept_for(tenants, days, every_s=0.001):
            assert await run_in_threadpool(until.wait, 10)

    anyio.run(served)


def test_conversations_older_than_the_days_are_let_go_again_and_again(caplog: pytest.LogCaptureFixture) -> None:
    engine = Swept()
    with caplog.at_level(logging.INFO, logger=ROOT_LOGGER):
        run(lambda: [("acme", engine)], engine.twice, days=30)
    assert timedelta(0) <= datetime.now(UTC) - timedelta(days=30) - engine.moments[0] < timedelta(minutes=5)
    assert "erased 2 old conversations of tenant acme" in caplog.messages


def test_a_tenant_that_fails_does_not_keep_the_others_or_itself_from_the_next_time() -> None:
    broken, other = Swept(AWAY), Swept()
    run(lambda: [("a", broken), ("b", other)], broken.twice)
    assert len(other.moments) >= 1
    assert len(broken.moments) >= 2


def test_tenants_that_cannot_be_opened_do_not_end_the_service(caplog: pytest.LogCaptureFixture) -> None:
    engine, failures = Swept(), [AWAY, AWAY]

    def known() -> list[tuple[str, Any]]:
        if failures:
            raise failures.pop()
        return [("default", engine)]

    run(known, engine.twice)
    assert caplog.messages.count("not all tenants could be opened") == 2


def test_nothing_is_let_go_where_all_is_to_be_kept() -> None:
    async def served() -> None:
        tenants = SimpleNamespace(known=lambda: pytest.fail("asked for tenants"))
        async with kept_for(cast("Tenants", tenants), 0.0, every_s=0.001):
            await anyio.lowlevel.checkpoint()

    anyio.run(served)


@pytest.mark.parametrize("field", ["retention_days", "job_retention_days"])
@pytest.mark.parametrize("days", [1e6, 1e300, float("inf"), -1])
def test_days_that_no_calendar_has_are_refused_at_once(field: str, days: float) -> None:
    """A sweep would otherwise fail an hour later, and take the service along."""
    with pytest.raises(EngineError, match=field):
        load_settings(**{field: days})  # type: ignore[arg-type]
    assert getattr(load_settings(**{field: 36_500}), field) == 36_500  # type: ignore[arg-type]


@pytest.mark.parametrize("stray", ["lost+found", "@eaDir", ".Trash", "ACME", "a b", "-acme", "x" * 41, "顧客"])
def test_folders_that_no_tenant_is_called_are_left_alone(tmp_path: Path, stray: str) -> None:
    settings = load_settings(data_dir=tmp_path)
    for name in (stray, "acme", "beta-2", "default"):
        (tmp_path / "tenants" / name).mkdir(parents=True)
    (tmp_path / "tenants" / "notes.txt").write_text("not a folder")
    opened: list[str] = []

    def build(tenant: str, own: Settings) -> Any:
        opened.append(tenant)
        return tenant

    known: list[Any] = list(Tenants(cast("Any", "given"), settings, build).known())
    assert known == [("default", "given"), ("acme", "acme"), ("beta-2", "beta-2")]
    assert opened == ["acme", "beta-2"]
