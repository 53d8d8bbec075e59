from __future__ import annotations

import socket

import pytest

from engine.errors import InvalidInput
from ingestion.sources.web.addresses import HostRules, refusal, resolve

PUBLIC = ["93.184.216.34", "8.8.8.8", "1.1.1.1", "223.5.5.5", "2606:4700::1111", "2400:3200::1", "2a00:1450:4001::8a"]
INTRANET = [
    *("127.0.0.1", "127.8.9.10", "::1"),
    *("10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.1.1", "fd12:3456::1", "fc00::1"),
    *("100.64.0.1", "100.127.255.255", "198.18.0.1", "198.19.255.255", "fec0::1"),
    *("192.0.2.1", "198.51.100.7", "203.0.113.9", "2001:db8::1"),
]
NEVER = [
    *("0.0.0.0", "0.1.2.3", "::", "224.0.0.1", "239.255.255.250", "ff02::1", "255.255.255.255", "240.0.0.1"),  # noqa: S104
    *("169.254.0.1", "169.254.169.254", "169.254.170.2", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "fd20:ce::254"),
    *("100.100.100.200", "192.0.0.192", "168.63.129.16", "192.0.0.8", "192.88.99.1", "100::1"),
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:10.0.0.1", "::127.0.0.1", "::a00:1"),
    *("64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:1::1"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_allowed(address: str) -> None:
    assert refusal(address) == ("", False)


@pytest.mark.parametrize("address", INTRANET)
def test_private_addresses_are_for_an_intranet_only(address: str) -> None:
    reason, private = refusal(address)
    assert reason
    assert private
    HostRules(allow_private=True).check_address("wiki.example", address)
    with pytest.raises(InvalidInput, match=r"wiki\.example leads to") as caught:
        HostRules().check_address("wiki.example", address)
    assert "KNOWDESK_URL_ALLOW_PRIVATE" in caught.value.remedy


@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_never_allowed(address: str) -> None:
    reason, private = refusal(address)
    assert reason
    assert not private
    with pytest.raises(InvalidInput):
        HostRules(allow_private=True).check_address("x.example", address)


@pytest.mark.parametrize("host", ["169.254.169.254", "127.0.0.1", "::1"])
def test_a_host_that_is_an_address_is_checked_as_one(host: str) -> None:
    with pytest.raises(InvalidInput, match="leads to"):
        HostRules().check_host(host)


@pytest.mark.parametrize(
    ("host", "allowed"),
    [("example.com", True), ("help.example.com", True), ("badexample.com", False), ("example.com.evil.net", False)],
)
def test_allowed_hosts_are_names_and_what_is_below_them(host: str, allowed: bool) -> None:
    rules = HostRules(allowed_hosts=(".Example.com",))
    if allowed:
        rules.check_host(host)
    else:
        with pytest.raises(InvalidInput, match="not among the allowed hosts"):
            rules.check_host(host)


def test_every_address_of_a_host_is_returned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(0, 0, 0, "", ("1.2.3.4", 80)), (0, 0, 0, "", ("1.2.3.4", 80)), (0, 0, 0, "", ("2606::1", 80, 0, 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert resolve("x.example", 80) == ("1.2.3.4", "2606::1")


@pytest.mark.parametrize("error", [socket.gaierror(-2, "unknown"), UnicodeError("label too long")])
def test_an_unknown_host_says_so(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(InvalidInput, match=r"x\.example is not known"):
        resolve("x.example", 80)
