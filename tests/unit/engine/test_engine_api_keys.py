from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from engine.api_keys import ApiKeys, KeyRequest, checked_tenant
from engine.domain.access import AccessRole, Principal, PublicUse
from engine.errors import InvalidInput
from engine.persistence.api_keys import SqlApiKeyRepository
from tests.fakes.repositories import database

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
BOT = KeyRequest("Bot", [AccessRole.BOT])
USE = PublicUse(("HTTPS://Shop.example:443/", "http://localhost:3000"), "shop")
PUBLIC = KeyRequest("Widget", (), public=USE)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(clock: Clock) -> Iterator[ApiKeys]:
    with database() as engine:
        yield ApiKeys(SqlApiKeyRepository(engine), now=clock)


def test_a_key_stands_for_what_it_was_made_for(keys: ApiKeys) -> None:
    made, text = keys.create(KeyRequest(" Partner ", {AccessRole.AGENT}, "acme", ["b", "a", "b"]))
    assert made.name == "Partner"
    assert keys.principal(text) == Principal(made.id, "acme", frozenset({AccessRole.AGENT}), ("b", "a"))


def test_its_secret_is_nowhere(keys: ApiKeys) -> None:
    made, text = keys.create(BOT)
    secret = text.removeprefix(f"{made.id}_")
    assert len(secret) >= 40
    assert secret not in repr(keys.listed())
    found = keys._keys.with_hash(made.id)
    assert found is not None
    assert secret not in found[1]


def test_two_keys_are_never_the_same(keys: ApiKeys) -> None:
    assert len({keys.create(BOT)[1] for _ in range(20)}) == 20


def test_anything_else_opens_nothing(keys: ApiKeys) -> None:
    made, text = keys.create(BOT)
    other = keys.create(BOT)[1]
    wrong = ["", "_", "kd", "kd_", made.id, f"{made.id}_", text[:-1], text + "x", text.upper(), f"x{text}"]
    wrong += [f"{made.id}_{other.split('_', 2)[2]}", "kd_000000000000_" + text.split("_", 2)[2], "\ud800", "kd_é_\x00"]
    assert [each for each in wrong if keys.principal(each) is not None] == []


def test_a_revoked_key_opens_nothing(keys: ApiKeys) -> None:
    made, text = keys.create(BOT)
    assert keys.revoke(made.id).revoked_at == NOON
    assert keys.principal(text) is None


def test_a_key_expires_to_the_second(keys: ApiKeys, clock: Clock) -> None:
    made, text = keys.create(KeyRequest("Bot", [AccessRole.BOT], lifetime=timedelta(days=1)))
    assert made.expires_at == NOON + timedelta(days=1)
    clock.now = NOON + timedelta(days=1, seconds=-1)
    assert keys.principal(text) is not None
    clock.now += timedelta(seconds=1)
    assert keys.principal(text) is None


def test_uses_are_written_down_once_a_minute(keys: ApiKeys, clock: Clock) -> None:
    made, text = keys.create(BOT)
    seen = []
    for seconds in (0, 59, 60, 61):
        clock.now = NOON + timedelta(seconds=seconds)
        keys.principal(text)
        seen.append(keys.key(made.id).last_used_at)
    assert seen == [NOON, NOON, NOON + timedelta(minutes=1), NOON + timedelta(minutes=1)]


def test_keys_are_listed_by_tenant(keys: ApiKeys) -> None:
    mine = keys.create(BOT)[0]
    theirs = keys.create(KeyRequest("Bot", [AccessRole.BOT], "acme"))[0]
    assert [key.id for key in keys.listed("acme")] == [theirs.id]
    assert {key.id for key in keys.listed()} == {mine.id, theirs.id}


@pytest.mark.parametrize(
    ("request_", "named"),
    [
        (KeyRequest(" ", [AccessRole.BOT]), "name"),
        (KeyRequest("x" * 201, [AccessRole.BOT]), "name"),
        (KeyRequest("Bot", []), "role"),
        (KeyRequest("Bot", [AccessRole.BOT], "Acme"), "tenant"),
        (KeyRequest("Bot", [AccessRole.BOT], access=["*"]), "access list"),
        (KeyRequest("Bot", [AccessRole.BOT], access=["a,b"]), "access list"),
        (KeyRequest("Bot", [AccessRole.BOT], access=[""]), "access list"),
        (KeyRequest("Bot", [AccessRole.BOT], public=USE), "no role"),
        (KeyRequest("Widget", (), public=PublicUse((), "shop")), "origins"),
    ],
)
def test_what_makes_no_key_is_named(keys: ApiKeys, request_: KeyRequest, named: str) -> None:
    with pytest.raises(InvalidInput, match=named):
        keys.create(request_)
    assert keys.listed() == ()


def test_a_public_key_stands_for_visitors_of_its_pages(keys: ApiKeys) -> None:
    made, text = keys.create(PUBLIC)
    assert text.startswith(f"{made.id}_")
    assert made.id.startswith("kdpub_")
    use = PublicUse(("https://shop.example", "http://localhost:3000"), "shop")
    assert keys.principal(text) == Principal(made.id, access=(), public=use)


def test_a_public_key_sees_only_the_lists_it_is_given(keys: ApiKeys) -> None:
    assert keys.create(KeyRequest("Widget", (), access=["partners"], public=USE))[0].access == ("partners",)


def test_a_public_key_under_the_other_prefix_opens_nothing(keys: ApiKeys) -> None:
    _, text = keys.create(PUBLIC)
    assert keys.principal(text.replace("kdpub_", "kd_")) is None


def test_origins_are_known_while_a_key_is_valid(keys: ApiKeys, clock: Clock) -> None:
    made = keys.create(PUBLIC)[0]
    other = PublicUse(("https://other.example",), "shop")
    keys.create(KeyRequest("Short", (), lifetime=timedelta(days=1), public=other))
    assert keys.are_used_from("https://shop.example")
    assert keys.are_used_from("https://other.example")
    assert not keys.are_used_from("https://shop.example:444")
    assert not keys.are_used_from("")
    clock.now += timedelta(days=2)
    keys.revoke(made.id)
    assert not keys.are_used_from("https://shop.example")
    assert not keys.are_used_from("https://other.example")


@pytest.mark.parametrize("name", ["", "-a", "A", "a/b", "..", "a" * 41, "a\n"])
def test_names_of_tenants_are_safe_names_of_folders(name: str) -> None:
    with pytest.raises(InvalidInput, match="tenant"):
        checked_tenant(name)
    assert checked_tenant("acme-2") == "acme-2"
