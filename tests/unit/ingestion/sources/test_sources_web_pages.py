from __future__ import annotations

import pytest

from engine.errors import InvalidInput
from ingestion.parsing import parse
from ingestion.sources import SourceNotes
from ingestion.sources.web.fetch import Fetcher
from ingestion.sources.web.pages import WebPage, open_urls
from tests.fakes.web import Page, Site


def only(url: str, fetcher: Fetcher) -> WebPage:
    (source,) = open_urls([url], fetcher=fetcher)
    (page,) = source.files
    assert isinstance(page, WebPage)
    return page


def test_urls_are_grouped_by_origin_and_named_once(fetcher: Fetcher) -> None:
    found = open_urls(
        ["https://a.example/x?utm_source=q", "http://a.example/x", "https://A.example/x#top", "https://a.example/y"],
        fetcher=fetcher,
    )
    assert [(source.name, [file.uri for file in source.files]) for source in found] == [
        ("https://a.example", ["https://a.example/x", "https://a.example/y"]),
        ("http://a.example", ["http://a.example/x"]),
    ]
    assert not any(source.complete for source in found)


def test_what_is_no_address_is_refused_at_once(fetcher: Fetcher) -> None:
    with pytest.raises(InvalidInput):
        open_urls(["https://fine.example/", "https://"], fetcher=fetcher)


def test_a_page_is_fetched_once_and_parsed_by_its_type(site: Site, fetcher: Fetcher) -> None:
    site.pages["/returns"] = Page("<h1>退货</h1><p>七天内可以退货。</p>".encode("gb18030"), "text/html; charset=gb2312")
    page = only(site.url("/returns"), fetcher)
    assert site.asked == []
    assert page.size > 0
    data = page.read()
    assert (page.uri, page.name) == (site.url("/returns"), site.url("/returns.html"))
    assert "七天内可以退货" in parse(data, name=page.name).text
    assert site.asked == ["/returns"]
    assert (page.title, page.notes) == ("", SourceNotes())


def test_only_the_page_that_was_fetched_last_holds_its_content(site: Site, fetcher: Fetcher) -> None:
    site.pages = {"/a": (Page(b"first"), Page(b"second")), "/b": Page(b"other")}
    (source,) = open_urls([site.url("/a"), site.url("/b")], fetcher=fetcher)
    page, other = source.files
    assert (page.size, page.read(), page.read()) == (5, b"first", b"first")
    assert site.asked == ["/a"]
    assert other.read() == b"other"
    assert page.name == site.url("/a.html")
    assert site.asked == ["/a", "/b"]
    assert page.read() == b"second"
    assert site.asked == ["/a", "/b", "/a"]


def test_a_redirect_keeps_the_uri_and_takes_the_type_of_its_end(site: Site, fetcher: Fetcher) -> None:
    site.pages["/manual"] = Page(status=302, headers=(("Location", "/files/manual.md"),))
    site.pages["/files/manual.md"] = Page(b"# Manual", "application/octet-stream")
    page = only(site.url("/manual"), fetcher)
    assert (page.uri, page.name) == (site.url("/manual"), site.url("/manual.md"))


@pytest.mark.parametrize(("path", "name"), [("/a.html", "/a.html"), ("/A.HTML", "/A.HTML"), ("/a.html?x=1", None)])
def test_an_extension_that_is_there_is_not_repeated(site: Site, fetcher: Fetcher, path: str, name: str | None) -> None:
    site.pages[path] = Page(b"x")
    assert only(site.url(path), fetcher).name == site.url(name or path + ".html")


def test_each_failure_is_that_page_alone(site: Site, fetcher: Fetcher) -> None:
    site.pages = {"/film": Page(b"x" * 10, "video/mp4"), "/fine": Page(b"fine")}
    gone, film, fine = (only(site.url(path), fetcher) for path in ("/gone", "/film", "/fine"))
    with pytest.raises(InvalidInput, match="/gone answered with status 404"):
        _ = gone.size
    with pytest.raises(InvalidInput, match="/film is no document but video/mp4"):
        film.read()
    assert fine.read() == b"fine"
