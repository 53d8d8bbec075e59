from __future__ import annotations

import gzip
import time

import pytest

from engine.errors import InvalidInput, Misconfigured
from engine.settings import load_settings
from ingestion.sources.web.addresses import HostRules
from ingestion.sources.web.fetch import Fetched, Fetcher, FetchOptions
from tests.fakes.web import Page, Site

LOOPBACK = HostRules(allow_private=True)


def moved(to: str, status: int = 302) -> Page:
    return Page(status=status, headers=(("Location", to),))


def failure(fetcher: Fetcher, url: str) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        fetcher.fetch(url)
    assert caught.value.remedy
    return caught.value


def test_a_page_and_its_headers(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a?id=1"] = Page("<p>退货</p>".encode())
    found = fetcher.fetch(site.url("/a?id=1&utm_source=mail#top"))
    assert (found.data.decode(), found.status, found.url) == ("<p>退货</p>", 200, site.url("/a?id=1"))
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert site.headers[0]["host"] == f"127.0.0.1:{site.port}"
    assert site.headers[0]["user-agent"] == "knowdesk"
    assert "cookie" not in site.headers[0]


def test_the_default_reaches_no_private_address(site: Site) -> None:
    site.pages["/"] = Page(b"inner")
    with Fetcher() as fetcher:
        assert "this machine itself" in failure(fetcher, site.url("/")).message
        assert "this machine itself" in failure(fetcher, site.url("/", "localhost")).message
    assert site.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Site, fetcher: Fetcher, status: int) -> None:
    site.pages = {"/a": moved("b?x=1", status), "/b?x=1": moved(site.url("/c")), "/c": Page(b"there")}
    found = fetcher.fetch(site.url("/a"))
    assert (found.data, found.url) == (b"there", site.url("/c"))


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "a metadata service"),
        ("http://[::ffff:127.0.0.1]/", "clothes of IPv6"),
        ("file:///etc/passwd", "begins with file, not with http"),
        ("http://mina:hush@127.0.0.1/", "user name or password"),
        ("http://0.0.0.0/", "no single public host"),
    ],
)
def test_every_hop_is_checked(site: Site, fetcher: Fetcher, to: str, reason: str) -> None:
    site.pages["/a"] = moved(to)
    assert reason in failure(fetcher, site.url("/a")).message
    assert site.asked == ["/a"]


def test_a_hop_to_a_host_that_is_not_allowed_is_refused(site: Site) -> None:
    site.pages["/a"] = moved(site.url("/b", "localhost"))
    rules = HostRules(allowed_hosts=("127.0.0.1",), allow_private=True)
    with Fetcher(FetchOptions(rules, delay_s=0)) as fetcher:
        assert "localhost is not among the allowed hosts" in failure(fetcher, site.url("/a")).message


def test_redirects_without_end_are_ended(site: Site, fetcher: Fetcher) -> None:
    site.pages = {f"/{n}": moved(f"/{n + 1}") for n in range(20)}
    assert "leads on and on" in failure(fetcher, site.url("/0")).message
    assert len(site.asked) == 6


@pytest.mark.parametrize(("status", "remedy"), [(404, "gone"), (403, "login"), (500, "later"), (304, "later")])
def test_another_status_is_named(site: Site, fetcher: Fetcher, status: int, remedy: str) -> None:
    site.pages["/a"] = Page(b"", status=status)
    error = failure(fetcher, site.url("/a"))
    assert f"/a answered with status {status}." in error.message
    assert remedy in error.remedy
    assert fetcher.ask(site.url("/a")).status == status


def test_what_may_pass_is_tried_once_more(site: Site) -> None:
    busy = Page(b"busy", status=503, headers=(("Retry-After", "3"),))
    site.pages = {"/a": (busy, Page(b"fine")), "/b": (busy, busy, Page(b"too late"))}
    slept: list[float] = []
    with Fetcher(FetchOptions(LOOPBACK, delay_s=0), sleep=slept.append) as fetcher:
        assert fetcher.fetch(site.url("/a")).data == b"fine"
        assert "status 503" in failure(fetcher, site.url("/b")).message
    assert slept == [3.0, 3.0]


def test_a_connection_that_breaks_off_is_tried_once_more(site: Site, fetcher: Fetcher) -> None:
    cut = Page(b"half", headers=(("Content-Length", "100"), ("Connection", "close")))
    site.pages = {"/a": (cut, Page(b"whole")), "/b": cut}
    assert fetcher.fetch(site.url("/a")).data == b"whole"
    assert "cannot be reached" in failure(fetcher, site.url("/b")).message


def test_nobody_listens(fetcher: Fetcher) -> None:
    assert "cannot be reached" in failure(fetcher, "http://127.0.0.1:1/a").message


def test_the_size_is_limited_before_and_after_decompression(site: Site, fetcher: Fetcher) -> None:
    packed = gzip.compress(bytes(5_000_000))
    site.pages = {
        "/bomb": Page(packed, headers=(("Content-Encoding", "gzip"),)),
        "/long": Page(blocks=(b"x" * 60_000,) * 3),
        "/fine": Page(gzip.compress(b"text"), headers=(("Content-Encoding", "gzip"),)),
    }
    assert "larger than 0.1 MB" in failure(fetcher, site.url("/bomb")).message
    assert "larger than 0.1 MB" in failure(fetcher, site.url("/long")).message
    assert fetcher.fetch(site.url("/fine")).data == b"text"


def test_a_compression_that_was_not_asked_for_is_refused(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = Page(b"\x0b", headers=(("Content-Encoding", "br"),))
    assert "not asked for" in failure(fetcher, site.url("/a")).message
    assert site.headers[0]["accept-encoding"] == "gzip"


@pytest.mark.parametrize("blocks", [(b"", b"", b""), (b"a",) * 40])
def test_the_time_is_limited_for_silence_and_for_drops(site: Site, blocks: tuple[bytes, ...]) -> None:
    site.pages["/a"] = Page(blocks=blocks, pause_s=0.1 if any(blocks) else 3)
    options = FetchOptions(LOOPBACK, total_s=0.5, read_s=0.3, delay_s=0)
    began = time.monotonic()
    with Fetcher(options) as fetcher:
        assert "did not answer in time" in failure(fetcher, site.url("/a")).message
    assert time.monotonic() - began < 1.5


def test_a_body_that_is_not_wanted_is_not_taken_in(site: Site, fetcher: Fetcher) -> None:
    site.pages["/film"] = Page(b"x", "video/mp4", headers=(("Content-Length", "99999"),))

    def refuse(found: Fetched) -> None:
        assert found.data == b""
        raise InvalidInput(f"{found.headers['content-type']} is refused.", remedy="None.")

    with pytest.raises(InvalidInput, match="video/mp4 is refused"):
        fetcher.fetch(site.url("/film"), accept=refuse)


def test_requests_to_a_host_keep_their_distance(site: Site) -> None:
    site.pages["/a"] = Page(b"a")
    slept: list[float] = []
    with Fetcher(FetchOptions(LOOPBACK, delay_s=0.5), sleep=slept.append) as fetcher:
        for _ in range(2):
            fetcher.fetch(site.url("/a"))
        fetcher.slow_down(site.url("/"), 7)
        fetcher.fetch(site.url("/a"))
        fetcher.slow_down(site.url("/"), 1e9)
        fetcher.fetch(site.url("/a"))
    assert [round(seconds) for seconds in slept] in ([0, 7, 30], [1, 7, 30])


def test_the_settings_say_how() -> None:
    settings = load_settings(
        url_allowed_hosts=("x.example",), url_allow_private=True, url_delay_s=2, url_proxy="http://p:1", max_file_mb=2
    )
    options = FetchOptions.of(settings)
    assert options.rules == HostRules(("x.example",), True)
    assert (options.delay_s, options.proxy, options.max_bytes) == (2, "http://p:1", 2_000_000)
    assert FetchOptions.of(load_settings()).rules == HostRules()


@pytest.mark.parametrize("proxy", ["socks5://x:1", "proxy:3128", "https://x"])
def test_a_proxy_that_is_none_is_a_wrong_setting(proxy: str) -> None:
    with pytest.raises(Misconfigured, match="KNOWDESK_URL_PROXY"):
        Fetcher(FetchOptions(proxy=proxy))
