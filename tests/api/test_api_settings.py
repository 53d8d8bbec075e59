"""Settings and rule packs over HTTP: what is configured, and never a secret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.app import create_app
from api.schemas.settings import SettingsOut
from engine.service import Engine
from engine.settings import Settings, load_settings

SECRETS = {name: f"hush-{name}" for name, field in Settings.model_fields.items() if field.annotation is SecretStr}


def shown(settings: Settings) -> dict[str, dict[str, Any]]:
    found = SettingsOut.shown("1.2.3", settings).model_dump()
    return {each["name"].removeprefix("KNOWDESK_").lower(): each for each in found["items"]}


def test_every_setting_is_there_with_its_meaning(client: TestClient) -> None:
    found = client.get("/v1/settings").json()
    names = [each["name"].removeprefix("KNOWDESK_").lower() for each in found["items"]]
    assert names == list(Settings.model_fields)
    assert all(each["description"] for each in found["items"])


def test_no_secret_is_shown() -> None:
    settings = load_settings(
        None, **SECRETS, database_url="postgresql://me:hush-db@db/x", url_proxy="http://u:hush-p@proxy"
    )
    found = shown(settings)
    assert "hush" not in str(found)
    assert {name for name, each in found.items() if each["secret"]} == set(SECRETS)
    assert {found[name]["value"] for name in SECRETS} == {None}
    assert found["database_url"]["value"] == "postgresql://…@db/x"


def test_a_secret_that_is_not_set_is_empty() -> None:
    assert {shown(load_settings())[name]["value"] for name in SECRETS} == {""}


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("candidates", 7, "7"),
        ("check_packs", ("general", "health"), "general, health"),
        ("answer_threshold", 0.5, "0.5"),
    ],
)
def test_what_differs_from_the_default_is_marked(name: str, value: object, text: str) -> None:
    found = shown(load_settings(None, **{name: value}))
    assert (found[name]["value"], found[name]["changed"]) == (text, True)
    before = shown(load_settings())
    assert {other for other, each in found.items() if each["changed"] != before[other]["changed"]} == {name}


def test_packs_in_use_come_first(client: TestClient) -> None:
    items = client.get("/v1/rule-packs").json()["items"]
    assert [each["name"] for each in items if each["in_use"]] == [items[0]["name"]] == ["general"]
    assert {each["name"] for each in items} == {"general", "e-commerce", "finance", "health"}
    remedies = [rule["remedy"] for each in items for rule in each["rules"]]
    assert all({"en", "zh-Hans", "zh-Hant", "ja"} <= each.keys() for each in remedies)
    assert "請刪去不禮貌的用語，改為說明您能為客戶做什麼。" in [each["zh-Hant"] for each in remedies]


def test_the_owners_packs_are_shown_by_their_names(tmp_path: Path, shop: Engine) -> None:
    pack = shop.checks.parts.packs
    own = {"own": pack["general"]}
    shop.checks.parts.packs.update(own)
    try:
        with TestClient(create_app(load_settings(data_dir=tmp_path / "d"), engine=shop)) as client:
            items = client.get("/v1/rule-packs").json()["items"]
        assert [each["name"] for each in items if each["in_use"]] == ["general", "own"]
    finally:
        del shop.checks.parts.packs["own"]
