from __future__ import annotations

from pathlib import Path

import anyio
import pytest
from pydantic import SecretStr

from api.problems import TooManyRequests
from api.serving.identity import Caller
from api.serving.rates import Rates
from engine.errors import Misconfigured
from engine.settings import load_settings

ANN, BOB, EVE = Caller("shop", "ann"), Caller("shop", "bob"), Caller("other", "ann")


def _refused(rates: Rates, *callers: Caller) -> list[bool]:
    async def calls() -> list[bool]:
        found = []
        for caller in callers:
            try:
                await rates.check(caller)
                found.append(False)
            except TooManyRequests as error:
                found.append(1 <= int((error.headers or {})["Retry-After"]) <= 3600)
        return found

    return anyio.run(calls)


def test_each_caller_has_a_limit_of_their_own() -> None:
    assert _refused(Rates(each="2/hour", tenant=""), ANN, ANN, ANN, BOB, EVE) == [False, False, True, False, False]


def test_the_callers_of_a_tenant_share_its_limit() -> None:
    assert _refused(Rates(each="", tenant="2/hour"), ANN, BOB, ANN, EVE) == [False, False, True, False]


def test_every_limit_holds() -> None:
    assert _refused(Rates(each="2/hour; 100/day", tenant="3/hour"), ANN, ANN, BOB, BOB) == [False, False, False, True]


def test_without_limits_nobody_is_refused() -> None:
    assert _refused(Rates(each="", tenant=""), *[ANN] * 50) == [False] * 50


def test_visitors_have_limits_each_and_together_in_place_of_those_of_other_keys() -> None:
    ann, bob = (Caller("shop", "kdpub_1", address, "3/hour") for address in ("a", "b"))
    free = Caller("shop", "kdpub_2", "a")
    rates = Rates(each="1/hour", tenant="", visitor="2/hour")
    assert _refused(rates, ann, ann, ann, bob, bob) == [False, False, True, False, True]
    assert _refused(rates, free, free, free) == [False, False, True]


@pytest.mark.parametrize("text", ["lots", "5 per fortnight", "-1/minute"])
def test_a_limit_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(Misconfigured, match="tenant_rate_limits"):
        Rates(each="", tenant=text)


def test_an_unknown_storage_is_misconfigured() -> None:
    with pytest.raises(Misconfigured, match="storage"):
        Rates(each="1/second", tenant="", storage_url="carrier-pigeon://coop")


def test_the_settings_are_used(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path, rate_limits="1/hour", rate_limit_url=SecretStr(""))
    assert _refused(Rates.of(settings), ANN, ANN) == [False, True]


def test_a_storage_that_is_away_refuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    from limits.errors import StorageError

    rates = Rates(each="1/hour", tenant="")

    def away(*_: object) -> bool:
        raise StorageError(OSError("away"))

    monkeypatch.setattr(rates._limiter, "hit", away)
    assert _refused(rates, ANN, ANN) == [False, False]


def test_processes_that_share_a_database_count_together(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path, rate_limits="3/hour", rate_limit_url=SecretStr("database"))
    here, there = Rates.of(settings), Rates.of(settings)
    assert _refused(here, ANN, BOB) + _refused(there, ANN, ANN, ANN) == [False, False, False, False, True]
    here.close()
    there.close()


def test_a_database_that_is_away_refuses_nobody(tmp_path: Path) -> None:
    settings = load_settings(
        data_dir=tmp_path,
        rate_limits="1/hour",
        rate_limit_url=SecretStr("database"),
        database_url="postgresql+psycopg://nobody@127.0.0.1:9/nothing",
    )
    rates = Rates.of(settings)
    assert _refused(rates, ANN, ANN) == [False, False]
    rates.close()
