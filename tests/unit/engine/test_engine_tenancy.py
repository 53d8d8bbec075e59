from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from engine.errors import InvalidInput, Misconfigured
from engine.service import Engine
from engine.settings import Settings, load_settings
from engine.tenancy import Tenants, tenant_settings


class Opened:
    def __init__(self, settings: Settings) -> None:
        self.folder = settings.data_dir
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


def test_tenants_have_folders_of_their_own() -> None:
    settings = load_settings(data_dir=Path("data"), candidates=7)
    acme = tenant_settings(settings, "acme")
    assert acme.data_dir == Path("data/tenants/acme")
    assert acme.candidates == 7
    assert tenant_settings(settings, "default") is settings


@pytest.mark.parametrize("server", [{"database_url": "sqlite:///x.db"}, {"qdrant_url": "http://localhost:6333"}])
def test_tenants_share_no_server(server: dict[str, str]) -> None:
    settings = load_settings(None, **server)
    assert tenant_settings(settings, "default") is settings
    with pytest.raises(Misconfigured, match="acme"):
        tenant_settings(settings, "acme")


def test_an_engine_is_opened_once_and_closed_with_the_others() -> None:
    made: list[Opened] = []

    def build(tenant: str, settings: Settings) -> Engine:
        made.append(Opened(settings))
        return cast("Engine", made[-1])

    given = Opened(load_settings())
    tenants = Tenants(cast("Engine", given), load_settings(data_dir=Path("data")), build)
    assert tenants.engine("default") is cast("Engine", given)
    assert tenants.engine("acme") is tenants.engine("acme")
    tenants.engine("beta")
    assert [each.folder.name for each in made] == ["acme", "beta"]
    tenants.close()
    assert [each.closed for each in (given, *made)] == [0, 1, 1]


def test_a_name_that_leaves_the_folder_opens_nothing() -> None:
    tenants = Tenants(cast("Engine", Opened(load_settings())), load_settings(), lambda *_: pytest.fail("opened"))
    with pytest.raises(InvalidInput, match="tenant"):
        tenants.engine("../acme")
