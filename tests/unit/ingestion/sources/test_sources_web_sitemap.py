from __future__ import annotations

import gzip
from xml.sax.saxutils import escape

import pytest

from engine.errors import InvalidInput
from ingestion.sources import Readable, Source, Unavailable
from ingestion.sources.web.fetch import Fetcher
from ingestion.sources.web.sitemap import SitemapLimits, open_sitemap
from tests.fakes.web import Page, Site

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*urls: str) -> bytes:
    entries = "".join(f"<url><loc> {escape(url)} </loc><lastmod>2026-01-01</lastmod></url>" for url in urls)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NAMESPACE}>{entries}</urlset>'.encode()


def index(*urls: str) -> bytes:
    entries = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in urls)
    return f"<sitemapindex {NAMESPACE}>{entries}</sitemapindex>".encode()


def opened(site: Site, fetcher: Fetcher, limits: SitemapLimits | None = None) -> Source:
    return open_sitemap(site.url("/sitemap.xml"), fetcher=fetcher, limits=limits)


def paths(source: Source, site: Site) -> list[str]:
    return [file.uri.removeprefix(site.url("")) for file in source.files if not isinstance(file, Unavailable)]


def reason(file: Readable) -> str:
    with pytest.raises(InvalidInput) as caught:
        file.read()
    assert caught.value.remedy
    return caught.value.message


def test_all_pages_of_a_sitemap(site: Site, fetcher: Fetcher) -> None:
    site.pages["/sitemap.xml"] = Page(urlset(site.url("/a?x=1&y=2"), site.url("/b#z"), site.url("/b")))
    source = opened(site, fetcher)
    assert paths(source, site) == ["/a?x=1&y=2", "/b"]
    assert (source.name, source.complete) == (site.url("/sitemap.xml"), True)
    assert site.asked == ["/sitemap.xml", "/robots.txt"]


def test_indexes_gzip_and_plain_text(site: Site, fetcher: Fetcher) -> None:
    site.pages = {
        "/sitemap.xml": Page(index(site.url("/one.xml.gz"), site.url("/two.txt"), site.url("/sitemap.xml"))),
        "/one.xml.gz": Page(gzip.compress(urlset(site.url("/a"))), "application/gzip"),
        "/two.txt": Page(f"\ufeff{site.url('/b')}\r\n\r\n{site.url('/c')}\r\n".encode(), "text/plain"),
    }
    source = opened(site, fetcher)
    assert paths(source, site) == ["/a", "/b", "/c"]
    assert source.complete


def test_a_page_of_another_host_is_a_named_failure(site: Site, fetcher: Fetcher) -> None:
    site.pages["/sitemap.xml"] = Page(urlset(site.url("/a"), "https://elsewhere.example/b"))
    source = opened(site, fetcher)
    assert paths(source, site) == ["/a"]
    assert "another host" in reason(source.files[1])
    assert source.complete


def test_what_robots_txt_forbids_is_a_named_failure(site: Site, fetcher: Fetcher) -> None:
    rules = b"User-agent: *\nDisallow: /private/\nCrawl-delay: 7\n\nUser-agent: other\nDisallow: /\n"
    site.pages["/robots.txt"] = Page(rules, "text/plain")
    site.pages["/sitemap.xml"] = Page(urlset(site.url("/a"), site.url("/private/b")))
    source = opened(site, fetcher)
    assert paths(source, site) == ["/a"]
    assert "robots.txt" in reason(source.files[1])
    assert fetcher._delays == {"127.0.0.1": 7.0}


@pytest.mark.parametrize(("status", "visited"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_missing_robots_txt_allows_and_a_failing_one_forbids(
    site: Site, fetcher: Fetcher, status: int, visited: bool
) -> None:
    site.pages["/robots.txt"] = Page(b"", status=status)
    site.pages["/sitemap.xml"] = Page(urlset(site.url("/a")))
    assert paths(opened(site, fetcher), site) == (["/a"] if visited else [])


def test_a_part_that_cannot_be_read_leaves_the_source_incomplete(site: Site, fetcher: Fetcher) -> None:
    site.pages = {
        "/sitemap.xml": Page(index(site.url("/gone.xml"), site.url("/b.xml"))),
        "/b.xml": Page(urlset(site.url("/b"))),
    }
    source = opened(site, fetcher)
    assert paths(source, site) == ["/b"]
    assert not source.complete
    assert "/gone.xml answered with status 404" in reason(source.files[0])


def test_broken_xml_gives_what_can_be_saved_and_is_not_complete(site: Site, fetcher: Fetcher) -> None:
    whole = urlset(site.url("/a"), site.url("/b"))
    site.pages["/sitemap.xml"] = Page(whole[: whole.index(b"/b") - 30])
    source = opened(site, fetcher)
    assert paths(source, site) == ["/a"]
    assert not source.complete


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>Not found</body></html>", b"no address", b"<", urlset(), b'{"error": 1}']
)
def test_what_is_no_sitemap_is_refused(site: Site, fetcher: Fetcher, body: bytes) -> None:
    site.pages["/sitemap.xml"] = Page(body)
    with pytest.raises(InvalidInput, match=r"/sitemap\.xml is no sitemap"):
        opened(site, fetcher)


def test_entities_are_not_expanded(site: Site, fetcher: Fetcher) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE urlset [<!ENTITY l0 "lol"><!ENTITY f SYSTEM "file:///etc/hostname">{laughs}]>'
    body = (
        f"{doctype}<urlset><url><loc>{site.url('/')}&f;&l11;</loc></url><url><loc>{site.url('/b')}</loc></url></urlset>"
    )
    site.pages["/sitemap.xml"] = Page(body.encode())
    source = opened(site, fetcher)
    assert set(paths(source, site)) <= {"/", "/b"}
    assert not source.complete


def test_an_address_that_is_none_is_named(site: Site, fetcher: Fetcher) -> None:
    site.pages["/sitemap.xml"] = Page(urlset(site.url("/a"), "javascript:alert(1)"))
    source = opened(site, fetcher)
    assert len(source.files) == 2
    assert not source.complete


@pytest.mark.parametrize(
    "limits", [SitemapLimits(pages=3), SitemapLimits(files=2), SitemapLimits(depth=1), SitemapLimits(bytes=100)]
)
def test_the_limits_leave_the_source_incomplete(site: Site, fetcher: Fetcher, limits: SitemapLimits) -> None:
    site.pages = {"/sitemap.xml": Page(index(*(site.url(f"/{n}.xml") for n in range(3))))}
    for n in range(3):
        body = urlset(*(site.url(f"/{n}/{page}") for page in range(2)))
        site.pages[f"/{n}.xml"] = Page(gzip.compress(body) if n else body)
    assert len(opened(site, fetcher).files) == 6
    limited = opened(site, fetcher, limits)
    assert not limited.complete
    assert any(isinstance(file, Unavailable) for file in limited.files)
    assert len(paths(limited, site)) < 6
