"""Mail addresses, links, IP addresses."""

from __future__ import annotations

import pytest

from tests.unit.guard.found import found


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Write to mia.wong@example.com.", "mia.wong@example.com"),
        ("mia+shop@mail.example.co.uk, please", "mia+shop@mail.example.co.uk"),
        ("我的邮箱是mia_w@qq.com，谢谢", "mia_w@qq.com"),
        ("メールはsato@example.jpです", "sato@example.jp"),
        ("<KIM@EXAMPLE.KR>", "KIM@EXAMPLE.KR"),
        ("全角ＡはＡのままx1@example.com", "x1@example.com"),
    ],
)
def test_mail_addresses_are_found_without_what_stands_around(text: str, address: str) -> None:
    assert found(text) == [("email", address)]


@pytest.mark.parametrize(
    "text",
    [
        "Send the photo to support@maruvale.example.",
        "noreply@shop.com, NO-REPLY@shop.com, info@shop.com",
        "@mia said so",
        "see you @ 10.30",
        "a@b",
        "user@localhost",
    ],
)
def test_mailboxes_of_a_function_and_fragments_are_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://www.example.com/help.", [("url", "https://www.example.com/help")]),
        ("（https://example.com/a?b=c）", [("url", "https://example.com/a?b=c")]),
        ("点击https://example.com/帮助", [("url", "https://example.com/")]),
        ("https://example.com/reset?token=8f3e1a2b9c", [("credentials", "https://example.com/reset?token=8f3e1a2b9c")]),
        ("https://x.com/?user=1&api_key=abcd1234&z=2", [("credentials", "https://x.com/?user=1&api_key=abcd1234&z=2")]),
        ("ftp://mia:secret@files.example.com/x", [("credentials", "ftp://mia:secret@files.example.com/x")]),
        ("https://example.com/#access_token=abcdef", [("credentials", "https://example.com/#access_token=abcdef")]),
        ("www.example.com", []),
    ],
)
def test_links_are_told_from_links_with_a_secret(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 203.0.113.9 again", ["203.0.113.9"]),
        ("地址203.0.113.9无法访问", ["203.0.113.9"]),
        ("at 2001:db8::8a2e:370:7334.", ["2001:db8::8a2e:370:7334"]),
        ("6e40:4041:c617:e898:c11:40d2:c669:2eb4", ["6e40:4041:c617:e898:c11:40d2:c669:2eb4"]),
        ("firmware 1.2.3.4", []),
        ("Version: 10.0.19.1", []),
        ("固件版本 1.2.3.4", []),
        ("1.2.3.4.5", []),
        ("999.1.1.1", []),
        ("127.0.0.1 and 0.0.0.0", []),
        ("at 10:30:45", []),
        ("std::vector", []),
    ],
)
def test_addresses_of_devices(text: str, expected: list[str]) -> None:
    assert [value for kind, value in found(text) if kind == "ip"] == expected
