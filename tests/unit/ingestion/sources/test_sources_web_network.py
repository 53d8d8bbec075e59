from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence

import httpcore
import pytest

from engine.errors import InvalidInput
from ingestion.sources.web.addresses import HostRules
from ingestion.sources.web.fetch import Fetcher, FetchOptions
from ingestion.sources.web.network import GuardedNetwork
from tests.fakes.web import Page, Site


class Names:
    """A name server whose answers change from one question to the next."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    def __call__(self, host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answer]


class Recorder(httpcore.SyncBackend):
    """Connects nowhere; notes where it was to connect to, and which server name TLS was to ask for."""

    def __init__(self, *dead: str) -> None:
        self.dead = dead
        self.connected: list[str] = []
        self.stream = httpcore.MockStream([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", b"ok"])

    def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.NetworkStream:
        self.connected.append(host)
        if host in self.dead:
            raise httpcore.ConnectError
        return self.stream


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    made = Recorder("93.184.216.1")
    monkeypatch.setattr(httpcore, "SyncBackend", lambda: made)
    return made


def network(seconds: float = 5.0) -> GuardedNetwork:
    made = GuardedNetwork(HostRules())
    made.allow(seconds)
    return made


def test_the_connection_is_to_the_very_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch, recorder: Recorder
) -> None:
    names = Names(["93.184.216.34"], ["127.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", names)
    with Fetcher(FetchOptions(delay_s=0)) as fetcher:
        assert fetcher.fetch("http://rebinding.example/a").data == b"ok"
    assert (recorder.connected, names.asked) == (["93.184.216.34"], 1)


def test_a_host_that_changes_to_a_private_address_is_refused_the_next_time(
    monkeypatch: pytest.MonkeyPatch, recorder: Recorder
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(["93.184.216.34"], ["10.0.0.5"]))
    network().connect_tcp("rebinding.example", 80)
    with pytest.raises(InvalidInput, match=r"rebinding\.example leads to a private network"):
        network().connect_tcp("rebinding.example", 80)
    assert recorder.connected == ["93.184.216.34"]


def test_one_private_address_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch, recorder: Recorder
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(["93.184.216.34", "127.0.0.1"]))
    with pytest.raises(InvalidInput, match="this machine itself"):
        network().connect_tcp("mixed.example", 80)
    assert recorder.connected == []


def test_the_next_address_is_tried_where_one_is_dead(monkeypatch: pytest.MonkeyPatch, recorder: Recorder) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(["93.184.216.1", "93.184.216.2"]))
    network().connect_tcp("two.example", 80)
    assert recorder.connected == ["93.184.216.1", "93.184.216.2"]
    monkeypatch.setattr(socket, "getaddrinfo", Names(["93.184.216.1"]))
    with pytest.raises(httpcore.ConnectError):
        network().connect_tcp("dead.example", 80)


@pytest.mark.parametrize("spelling", ["127.1", "0x7f.1", "2130706433", "localhost"])
def test_other_spellings_of_loopback_are_seen_through(spelling: str) -> None:
    with pytest.raises(InvalidInput):
        network().connect_tcp(spelling, 80)


def test_tls_asks_for_the_name_of_the_host(monkeypatch: pytest.MonkeyPatch, recorder: Recorder) -> None:
    asked: list[str | None] = []

    def start_tls(context: ssl.SSLContext, name: str | None = None, timeout: float | None = None) -> object:
        asked.append(name)
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname
        return recorder.stream

    monkeypatch.setattr(recorder.stream, "start_tls", start_tls)
    monkeypatch.setattr(socket, "getaddrinfo", Names(["93.184.216.34"]))
    with Fetcher(FetchOptions(delay_s=0)) as fetcher:
        assert fetcher.fetch("https://help.example/a").data == b"ok"
    assert (asked, recorder.connected) == (["help.example"], ["93.184.216.34"])


def test_nothing_waits_beyond_the_time_that_is_left(recorder: Recorder) -> None:
    assert network(5).left(2) == 2
    assert 4 < network(5).left(60) <= 5
    with pytest.raises(httpcore.ReadTimeout):
        network(-1).left(60)


def test_a_proxy_is_used_only_where_a_setting_says_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", site.url(""))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: (_ for _ in ()).throw(OSError))
    with Fetcher(FetchOptions(delay_s=0)) as plain, pytest.raises(InvalidInput, match="is not known"):
        plain.fetch("http://help.example/a")
    monkeypatch.undo()
    site.pages["http://help.example/a"] = Page(b"through the proxy")
    options = FetchOptions(delay_s=0, proxy=site.url(""))
    with Fetcher(options) as through:
        assert through.fetch("http://help.example/a").data == b"through the proxy"
        with pytest.raises(InvalidInput, match="leads to"):
            through.fetch("http://169.254.169.254/latest")
    assert site.asked == ["http://help.example/a"]
