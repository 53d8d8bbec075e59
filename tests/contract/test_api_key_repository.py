"""What every adapter of the ApiKeyRepository port must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.domain.access import AccessRole, ApiKey, PublicUse
from engine.errors import Conflict, NotFound
from engine.persistence.api_keys import SqlApiKeyRepository
from engine.ports import ApiKeyRepository
from tests.fakes.repositories import database

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
PLAIN = ApiKey("kd_1", "Bot", "default", frozenset({AccessRole.BOT}), None, NOON)
FULL = ApiKey(
    "kd_2",
    "Partner '; --",
    "acme",
    frozenset({AccessRole.AGENT, AccessRole.AUDITOR}),
    ("partners", "staff"),
    NOON + timedelta(seconds=1),
    expires_at=NOON + timedelta(days=1),
    revoked_at=NOON + timedelta(hours=1),
    last_used_at=NOON + timedelta(minutes=1),
)


@pytest.fixture(params=["sqlite"])
def repository(request: pytest.FixtureRequest) -> Iterator[ApiKeyRepository]:
    with database() as engine:
        yield SqlApiKeyRepository(engine)


def test_keys_come_back_as_they_were_in_the_order_they_were_made(repository: ApiKeyRepository) -> None:
    nobody = replace(PLAIN, id="kd_3", access=(), created_at=NOON + timedelta(hours=2))
    for key in (FULL, nobody, PLAIN):
        repository.add(key, "hash")
    assert repository.keys() == (PLAIN, FULL, nobody)
    assert repository.keys(["acme"]) == (FULL,)
    assert repository.keys(["acme", "default"]) == (PLAIN, FULL, nobody)
    assert repository.key("kd_2") == FULL


def test_what_a_public_key_is_for_comes_back(repository: ApiKeyRepository) -> None:
    use = PublicUse(("https://shop.example", "http://localhost:3000"), "店铺", "5/minute")
    public = replace(PLAIN, id="kdpub_1", roles=frozenset(), access=(), public=use)
    repository.add(public, "hash")
    assert repository.with_hash("kdpub_1") == (public, "hash")


def test_a_key_comes_with_its_hash(repository: ApiKeyRepository) -> None:
    repository.add(PLAIN, "abc")
    assert repository.with_hash("kd_1") == (PLAIN, "abc")
    assert repository.with_hash("kd_9") is None
    with pytest.raises(NotFound, match="kd_9"):
        repository.key("kd_9")


def test_an_id_is_taken_once(repository: ApiKeyRepository) -> None:
    repository.add(PLAIN, "abc")
    with pytest.raises(Conflict):
        repository.add(replace(FULL, id="kd_1"), "def")
    assert repository.with_hash("kd_1") == (PLAIN, "abc")


def test_the_first_revocation_counts(repository: ApiKeyRepository) -> None:
    repository.add(PLAIN, "abc")
    assert repository.revoke("kd_1", NOON).revoked_at == NOON
    assert repository.revoke("kd_1", NOON + timedelta(days=1)).revoked_at == NOON
    with pytest.raises(NotFound, match="kd_9"):
        repository.revoke("kd_9", NOON)


def test_the_last_use_is_remembered(repository: ApiKeyRepository) -> None:
    repository.add(PLAIN, "abc")
    for minutes in (1, 5):
        repository.used("kd_1", NOON + timedelta(minutes=minutes))
    assert repository.key("kd_1") == replace(PLAIN, last_used_at=NOON + timedelta(minutes=5))
