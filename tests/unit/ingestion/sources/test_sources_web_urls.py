from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InvalidInput
from ingestion.sources.web.urls import canonical, host_of, origin_of


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTPS://Example.COM", "https://example.com/"),
        ("https://example.com:443/a#part", "https://example.com/a"),
        ("http://example.com:80/a", "http://example.com/a"),
        ("http://example.com:8080/a/", "http://example.com:8080/a/"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://example.com/a/../b/./c", "https://example.com/b/c"),
        ("https://example.com/a/..", "https://example.com/"),
        ("https://example.com/../../etc", "https://example.com/etc"),
        ("https://example.com/a?utm_source=x&id=3&gclid=1&UTM_Medium=y", "https://example.com/a?id=3"),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?b=2&a=1"),
        ("https://example.com/a?fbclid=1#x", "https://example.com/a"),
        ("https://bücher.example/käse", "https://xn--bcher-kva.example/k%C3%A4se"),
        ("https://例子.测试/退货?问=值", "https://xn--fsqu00a.xn--0zwm56d/%E9%80%80%E8%B4%A7?%E9%97%AE=%E5%80%BC"),
        ("https://example.com/a%20b", "https://example.com/a%20b"),
        ("http://[2606:4700::1111]:8080/x", "http://[2606:4700::1111]:8080/x"),
        (" https://example.com/a\n", "https://example.com/a"),
    ],
)
def test_one_spelling(url: str, same: str) -> None:
    assert canonical(url) == same
    assert canonical(same) == same


@pytest.mark.parametrize(
    "url",
    [
        *("", "example.com/a", "ftp://example.com/a", "file:///etc/passwd", "gopher://x/", "javascript:alert(1)"),
        *("https://", "https:///a", "https://exa mple.com/", "https://example.com/a b", "https://example.com/\x00"),
        *("https://example.com\\@evil.net/", "https://example.com:99999/", "https://[::1/", "https://-/"),
        *("https://a..b\u2024/", "https://" + "a" * 9000, "https://%00.example/", "https://[fe80::1%25eth0]/"),
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        canonical(url)
    assert "https://example.com/help" in caught.value.remedy


def test_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(InvalidInput, match=r"at example\.com holds a user name or password") as caught:
        canonical("https://mina:hush@example.com/a")
    assert "hush" not in str(caught.value)


def test_parts() -> None:
    assert host_of("http://[2606::1]:8080/x") == "2606::1"
    assert origin_of("https://example.com:8443/x?y") == "https://example.com:8443"


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_comes_is_an_address_for_good_or_refused(path: str, query: str) -> None:
    try:
        found = canonical(f"https://example.com/{path}?{query}")
    except InvalidInput:
        return
    assert canonical(found) == found
    assert found.isascii()
    assert host_of(found) == "example.com"
