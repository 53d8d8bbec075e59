from __future__ import annotations

import pytest

from engine.errors import InvalidInput
from ingestion.sources.web.addresses import HostRules
from ingestion.sources.web.fetch import Fetcher, FetchOptions
from ingestion.sources.web.robots import Robots
from tests.fakes.web import Page, Site


def robots(site: Site, fetcher: Fetcher, text: str) -> Robots:
    site.pages["/robots.txt"] = Page(text.encode(), "text/plain")
    return Robots(fetcher)


def test_the_rules_for_everybody_hold(site: Site, fetcher: Fetcher) -> None:
    rules = robots(site, fetcher, "User-agent: *\nDisallow: /cart\nDisallow: /search?\n")
    assert rules.allows(site.url("/help/returns"))
    assert not rules.allows(site.url("/cart/1"))
    assert not rules.allows(site.url("/search?q=kettle"))


def test_rules_for_us_go_before_those_for_everybody(site: Site, fetcher: Fetcher) -> None:
    rules = robots(site, fetcher, "User-agent: knowdesk\nDisallow: /help\n\nUser-agent: *\nDisallow: /\n")
    assert rules.allows(site.url("/anything"))
    assert not rules.allows(site.url("/help/returns"))


def test_each_origin_is_asked_once(site: Site, fetcher: Fetcher) -> None:
    rules = robots(site, fetcher, "User-agent: *\nDisallow: /private\n")
    for number in range(5):
        assert rules.allows(site.url(f"/{number}"))
    assert rules.allows(site.url("/0", "localhost"))
    assert site.asked == ["/robots.txt", "/robots.txt"]
    assert [headers["host"].split(":")[0] for headers in site.headers] == ["127.0.0.1", "localhost"]


def test_a_wish_for_distance_is_heeded(site: Site) -> None:
    slept: list[float] = []
    options = FetchOptions(HostRules(allow_private=True), delay_s=0)
    with Fetcher(options, sleep=slept.append) as fetcher:
        rules = robots(site, fetcher, "User-agent: *\nCrawl-delay: 4\n")
        site.pages["/a"] = Page(b"a")
        assert rules.allows(site.url("/a"))
        fetcher.fetch(site.url("/a"))
    assert [round(seconds) for seconds in slept] == [4]


def test_a_robots_txt_that_leads_elsewhere_is_followed_and_checked(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = Page(status=301, headers=(("Location", "http://169.254.169.254/robots.txt"),))
    assert not Robots(fetcher).allows(site.url("/a"))


@pytest.mark.parametrize(
    "text", ["", "\x00\xff", "<html>Not found</html>", "Disallow: /\n", "User-agent: *\nDisallow:\n"]
)
def test_what_says_nothing_forbids_nothing(site: Site, fetcher: Fetcher, text: str) -> None:
    assert robots(site, fetcher, text).allows(site.url("/a"))


def test_robots_txt_is_for_walking_through_only(site: Site, fetcher: Fetcher) -> None:
    robots(site, fetcher, "User-agent: *\nDisallow: /\n")
    site.pages["/named"] = Page(b"named by hand")
    assert fetcher.fetch(site.url("/named")).data == b"named by hand"
    with pytest.raises(InvalidInput):
        fetcher.fetch(site.url("/other"))
    assert "/robots.txt" not in site.asked
