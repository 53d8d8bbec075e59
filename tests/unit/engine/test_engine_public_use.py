"""Origins as people write them and as browsers send them."""

from __future__ import annotations

import pytest

from engine.domain.access import PublicUse
from engine.errors import InvalidInput
from engine.public_use import MAX_ORIGINS, checked_origin, checked_use


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://shop.example", "https://shop.example"),
        (" HTTPS://Shop.Example/ ", "https://shop.example"),
        ("https://shop.example:443", "https://shop.example"),
        ("http://shop.example:80/", "http://shop.example"),
        ("http://shop.example:443", "http://shop.example:443"),
        ("https://shop.example:8443", "https://shop.example:8443"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://xn--fiq.example", "https://xn--fiq.example"),
    ],
)
def test_an_origin_is_kept_as_browsers_send_it(written: str, sent: str) -> None:
    assert checked_origin(written) == sent


@pytest.mark.parametrize(
    "text",
    [
        "",
        "*",
        "null",
        "shop.example",
        "https://",
        "https://*.shop.example",
        "https://shop.example/page",
        "https://shop.example?x",
        "https://user@shop.example",
        "https://shop.example:99999",
        "ftp://shop.example",
        "javascript://shop.example",
        "https://店.example",
        "https://a b.example",
        "https://shop.example\nhttps://evil.example",
    ],
)
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="origin") as caught:
        checked_origin(text)
    assert "https://shop.example" in caught.value.remedy


def test_a_use_is_tidied() -> None:
    use = checked_use(PublicUse(("https://a.example/", "https://a.example", "https://b.example"), " shop ", " 5/hour "))
    assert use == PublicUse(("https://a.example", "https://b.example"), "shop", "5/hour")


@pytest.mark.parametrize(
    ("use", "named"),
    [
        (PublicUse((), "shop"), "origins"),
        (PublicUse(("https://a.example",) * (MAX_ORIGINS + 1), "shop"), "origins"),
        (PublicUse(("https://a.example",), " "), "knowledge base"),
        (PublicUse(("https://a.example",), "shop", "often"), "rate limits"),
    ],
)
def test_what_is_no_use_is_named(use: PublicUse, named: str) -> None:
    with pytest.raises(InvalidInput, match=named):
        checked_use(use)
