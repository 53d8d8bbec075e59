"""A site and what fetches from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingestion.sources.web.addresses import HostRules
from ingestion.sources.web.fetch import Fetcher, FetchOptions
from tests.fakes.web import Site, running_site


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """Fetches from loopback, without pauses."""
    options = FetchOptions(HostRules(allow_private=True), max_bytes=100_000, total_s=5, read_s=2, delay_s=0)
    with Fetcher(options, sleep=lambda _: None) as made:
        yield made
