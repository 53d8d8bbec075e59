"""Fixtures that several parts of the tests share."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine

from engine.embedding.prepared import Precision, Prepared
from engine.observability import ROOT_LOGGER
from engine.persistence.database import open_database
from engine.persistence.migrate import migrate
from ingestion.jobs.system import System
from tests.fakes.postgres import Postgres, server_url

os.environ["HF_HUB_OFFLINE"] = "1"  # before any import of huggingface_hub


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny sentence-transformers model with prompts and declared languages."""
    from tests.fakes.embedding import save_tiny_model

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the libraries' own imports
        return save_tiny_model(tmp_path_factory.mktemp("models") / "tiny", languages=("en", "ja-JP"))


@pytest.fixture(scope="session")
def tiny_transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny sentence-transformers model with attention, prompts and a Dense layer."""
    from tests.fakes.embedding import save_tiny_transformer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the libraries' own imports
        return save_tiny_transformer(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def tiny_prepared(tiny_transformer: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Precision, Prepared]:
    """Return the tiny model as it is prepared for ONNX Runtime."""
    from engine.embedding.preparing import prepare

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trials = list(prepare(str(tiny_transformer), list(Precision), root=tmp_path_factory.mktemp("encoders")))
    return {trial.prepared.precision: trial.prepared for trial in trials}


@pytest.fixture(scope="session", autouse=True)
def _migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Make each new SQLite file a copy of one that the migrations made: running them anew takes 0.1 s each."""
    if server_url():  # where the databases are copies, too
        yield
        return
    newest = tmp_path_factory.mktemp("schema") / "newest.db"
    open_database(f"sqlite:///{newest}").dispose()

    def from_copy(engine: Engine) -> None:
        file = Path(engine.url.database or "")
        if engine.dialect.name == "sqlite" and file.name != ":memory:" and file.parent.is_dir() and not file.exists():
            copyfile(newest, file)
        migrate(engine)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.persistence.database.migrate", from_copy)
        yield


def pytest_configure(config: pytest.Config) -> None:
    """Let engines that tests leave open be collected: psycopg warns of what sqlite3 closes in silence."""
    if server_url():
        config.addinivalue_line("filterwarnings", "ignore:.*psycopg.Connection:ResourceWarning")


@pytest.fixture(scope="session", name="postgres", autouse=True)
def _postgres() -> Iterator[Postgres | None]:
    """Put a server in the place of SQLite files, if KNOWDESK_TEST_DATABASE_URL names one."""
    if not server_url():
        yield None
        return
    postgres = Postgres(server_url())

    def in_server(system: System, folder: Path, database_url: str = "", *, connections: int = 5) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made(system, folder, database_url or postgres.url_of(folder.parent / "knowdesk.db"), connections=connections)

    def has_jobs(system: System) -> bool:
        return postgres.has_jobs(system.url) if postgres.holds(system.url) else has_tables(system)

    made, has_tables = System.__init__, System._has_tables
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.persistence.database._connected", postgres.connected)
        patch.setattr(System, "__init__", in_server)
        patch.setattr(System, "_has_tables", has_jobs)
        yield postgres
    postgres.close()


@pytest.fixture(autouse=True)
def _databases_go(request: pytest.FixtureRequest, postgres: Postgres | None) -> Iterator[None]:
    """Skip what looks into SQLite's own files, and drop the databases of the test at its end."""
    if postgres is not None and request.node.get_closest_marker("sqlite"):
        pytest.skip("It looks into SQLite's own files.")
    folder = request.getfixturevalue("tmp_path") if postgres and "tmp_path" in request.fixturenames else None
    yield
    if postgres is not None:
        postgres.sweep(folder)


@pytest.fixture(autouse=True)
def _log_as_at_first() -> None:
    """Undo what commands of earlier tests and of shared fixtures did to the log: `caplog` would hear nothing."""
    logger = logging.getLogger(ROOT_LOGGER)
    logger.handlers.clear()
    logger.setLevel(logging.NOTSET)
    logger.propagate = True
