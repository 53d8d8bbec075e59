"""The real service over the sample knowledge base, and browser pages that fail on what must not happen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from api.app import create_app
from api.ingesting import Batch, ingest_batches
from engine.assembly import build_engine
from engine.settings import load_settings
from ingestion.sources import open_source
from tests.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.pages.watching import Look, Watch

SAMPLE = Path(__file__).resolve().parents[2] / "evals" / "sample" / "knowledge"
KB = "shop"
Serve = Callable[..., AbstractContextManager[str]]
OpenPage = Callable[..., "tuple[Page, Watch]"]


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """Return a data folder with the sample in knowledge base `shop`, made once for all workers; to copy from."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if hasattr(request.config, "workerinput") else own
    folder = shared / "sample-pages"
    with FileLock(shared / "sample-pages.lock"):
        if not (folder / "made").exists():
            settings = load_settings(data_dir=folder)
            engine = build_engine(settings)
            source = open_source(SAMPLE)
            list(ingest_batches(engine, settings, KB, [Batch(source.name, source.files, source.complete)]))
            engine.close()
            (folder / "made").touch()
    return folder


@pytest.fixture(scope="session")
def serve(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Return what serves a copy of the sample, or an `empty` folder, while a block lasts; gives the address."""

    @contextmanager
    def served(*, empty: bool = False, **settings: Any) -> Iterator[str]:
        folder = tmp_path_factory.mktemp("pages") / "data"
        if not empty:
            shutil.copytree(request.getfixturevalue("sample_folder"), folder)
        chosen = load_settings(data_dir=folder, parse_workers=0, intent_encoder="bundled", **settings)
        with serving(create_app(chosen)) as address:
            yield address

    return served


@pytest.fixture(scope="session")
def service(serve: Serve) -> Iterator[str]:
    """Return the address of an open service that all tests share: what they change has names of their own.

    It does no jobs: a process does those of one folder, and this service lasts while others come and go.
    """
    with serve(job_concurrency=0) as address:
        yield address


@pytest.fixture(scope="session")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of an open service with weeks of questions and two evaluations behind it, for all tests.

    It does no jobs, as `service`.
    """
    from tests.pages.past import write_past, write_runs

    folder = tmp_path_factory.mktemp("busy")
    settings = load_settings(
        data_dir=folder / "data",
        parse_workers=0,
        intent_encoder="bundled",
        evaluations_dir=str(write_runs(folder / "runs")),
        job_concurrency=0,
    )
    write_past(settings)
    with serving(create_app(settings)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Debian's chromium; ended with the module, since the library holds an event loop meanwhile."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("there is no chromium")
    playwright.expect.set_options(timeout=20_000)  # a machine where much runs side by side is slow to draw
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Return what opens a page below the shared service's address, or another one, as a `Look` says."""
    from tests.pages.watching import Look, watched

    with ExitStack() as closing:

        def opened(look: Look | None = None, address: str = "") -> tuple[Page, Watch]:
            below = address or request.getfixturevalue("service")
            _, page, watch = closing.enter_context(watched(browser, below, look or Look()))
            return page, watch

        yield opened


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Return a page as most people see it: English, light, wide."""
    return open_page()[0]
