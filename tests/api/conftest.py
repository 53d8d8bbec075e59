"""A small shop's knowledge behind the real engine, with an embedder that needs no model."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import engine.assembly
from api.app import create_app
from api.ingesting import Batch, ingest_batches
from engine.assembly import build_engine
from engine.observability import ROOT_LOGGER
from engine.service import Engine
from engine.settings import Settings, load_settings
from ingestion.sources import open_source
from tests.api.desk import Desk
from tests.fakes.embedding import HashEmbedder

PAGES = {
    "returns.md": (
        "---\nkind: policy\ntags: returns\n---\n# Returns\n\n## Time limit\n\n"
        "You may return unused goods within 30 days of delivery. Opened software is excluded.\n\n"
        "## Costs\n\nWe pay for the return parcel if the goods are faulty.\n"
    ),
    "warranty.md": "# Warranty\n\nThe warranty of the kettle lasts 24 months. Keep the receipt.\n",
    "henpin.md": "# 返品\n\n未使用の商品は到着後30日以内に返品できます。送料はお客様の負担です。\n",
    "tuihuo.md": "# 退货\n\n未使用的商品可在收货后30天内退货。退款将在7天内到账。\n",
}


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Iterator[None]:
    """Undo what the command line does to the log."""
    logger = logging.getLogger(ROOT_LOGGER)
    before = (list(logger.handlers), logger.level, logger.propagate)
    yield
    logger.handlers[:], logger.propagate = before[0], before[2]
    logger.setLevel(before[1])


@pytest.fixture(autouse=True)
def _parse_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start no worker processes and load no torch: each takes a second."""
    monkeypatch.setenv("KNOWDESK_PARSE_WORKERS", "0")
    monkeypatch.setenv("KNOWDESK_INTENT_ENCODER", "bundled")


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of documents."""
    folder = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of an empty data folder."""
    return load_settings(data_dir=tmp_path / "data", parse_workers=0, job_places=[str(tmp_path / "allowed")])


@pytest.fixture(name="engine")
def empty_engine(settings: Settings) -> Iterator[Engine]:
    """Return an engine that knows nothing yet."""
    built = build_engine(settings, embedder=HashEmbedder())
    yield built
    built.close()


@pytest.fixture(scope="session")
def shop_folder(tmp_path_factory: pytest.TempPathFactory, pages: Path) -> Path:
    """Return a data folder with the pages in knowledge base `shop`, and an empty one beside it; to copy from."""
    folder = tmp_path_factory.mktemp("shop") / "data"
    built = build_engine(load_settings(data_dir=folder), embedder=HashEmbedder())
    source = open_source(pages)
    list(ingest_batches(built, load_settings(), "shop", [Batch(source.name, source.files, source.complete)]))
    built.create_knowledge_base("empty")
    built.close()
    return folder


@pytest.fixture(scope="session")
def shop(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Return an engine over a copy of the shop; for reading only."""
    copied = shutil.copytree(shop_folder, tmp_path_factory.mktemp("read") / "data")
    built = build_engine(load_settings(data_dir=copied), embedder=HashEmbedder())
    yield built
    built.close()


@pytest.fixture
def client(shop: Engine, settings: Settings) -> Iterator[TestClient]:
    """Return a client of the API over `shop`."""
    with TestClient(create_app(settings, engine=shop)) as made:
        yield made


@pytest.fixture
def empty_client(engine: Engine, settings: Settings) -> Iterator[TestClient]:
    """Return a client of the API over `engine`, to change things with."""
    with TestClient(create_app(settings, engine=engine)) as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the command line over an empty data folder that each command opens and closes."""
    monkeypatch.setattr(engine.assembly, "build_embedder", lambda _: HashEmbedder())
    return Desk(tmp_path / "data")


@pytest.fixture
def open_desk(settings: Settings, engine: Engine) -> Iterator[Desk]:
    """Return the command line over `engine`, which stays open between commands: quicker."""
    with _over(engine):
        yield Desk(settings.data_dir)


@pytest.fixture
def shop_desk(shop: Engine, tmp_path: Path) -> Iterator[Desk]:
    """Return the command line over `shop`; for reading only."""
    with _over(shop):
        yield Desk(tmp_path / "data")


@pytest.fixture
def shop_copy_desk(desk: Desk, shop_folder: Path) -> Desk:
    """Return the command line over a copy of the shop, to change things with."""
    shutil.copytree(shop_folder, desk.data_dir)
    return desk


@contextmanager
def _over(kept: Engine) -> Iterator[None]:
    """Have commands use an engine and leave it open; it can be closed afterwards, before what tests patch is undone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine.assembly, "build_engine", lambda _: kept)
        patch.setattr(kept, "close", lambda: None)
        yield
