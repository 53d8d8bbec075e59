"""robots.txt as RFC 9309 reads it: the longest pattern decides, "*" and "$", groups that belong together."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.errors import InvalidInput
from ingestion.sources.web.fetch import USER_AGENT, Fetched, Fetcher
from ingestion.sources.web.robots import Robots, read_rules


def allows(rules: str, path: str) -> bool:
    return read_rules(f"User-agent: *\n{rules}").allow(path)


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /cart", "/cart/1", False),
        ("Disallow: /cart", "/cartoons", False),  # a prefix, not a folder
        ("Disallow: /cart/", "/cart", True),
        ("Disallow: /", "/", False),
        ("Disallow:", "/anything", True),
        ("Allow: /", "/anything", True),
        ("disallow: /CART", "/cart", True),  # paths have case, keys have none
        ("Disallow: /search?", "/search?q=lid", False),
        ("Disallow: /search?", "/search", True),
    ],
)
def test_a_rule_is_a_prefix_of_the_path_with_its_query(rules: str, path: str, allowed: bool) -> None:
    assert allows(rules, path) is allowed


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /help\nAllow: /help/public", "/help/public/lid", True),
        ("Allow: /help/public\nDisallow: /help", "/help/public/lid", True),
        ("Disallow: /help\nAllow: /help/public", "/help/private", False),
        ("Allow: /page\nDisallow: /page", "/page", True),  # of two that are alike the one that allows
        ("Disallow: /\nAllow: /$", "/", True),
        ("Disallow: /\nAllow: /$", "/page", False),
    ],
)
def test_the_longest_pattern_decides_whatever_the_order(rules: str, path: str, allowed: bool) -> None:
    assert allows(rules, path) is allowed


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/*.pdf", "/manuals/kettle.pdf", True),
        ("/*.pdf", "/manuals/kettle.pdf?v=2", True),
        ("/*.pdf$", "/manuals/kettle.pdf?v=2", False),
        ("/*.pdf$", "/manuals/kettle.pdf", True),
        ("/*.pdf$", "/a.pdf/b.pdf", True),
        ("/*?session=", "/help?session=7", True),
        ("/*?session=", "/help", False),
        ("/*/print/*/all", "/de/print/3/all", True),
        ("/*/print/*/all", "/de/print/all", False),
        ("*", "/anything", True),
        ("/a*a$", "/a", False),
        ("/a*a$", "/aa", True),
        ("/a*a$", "/aba", True),
        ("/退货", "/%E9%80%80%E8%B4%A7/1", True),
        ("/%E9%80%80%E8%B4%A7", "/退货/1", True),
        ("/(a|b)", "/a", False),  # no regular expression
        ("/a.b", "/axb", False),
        ("/$5", "/$5/x", True),
    ],
)
def test_wildcards(pattern: str, path: str, matches: bool) -> None:
    assert allows(f"Disallow: {pattern}", path) is not matches


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    assert allows(f"Disallow: /{'*a' * 200}*b", f"/{'a' * 5000}")


GROUPS = f"""
Disallow: /before-any-group
User-agent: other
Disallow: /
User-agent: {USER_AGENT.partition("/")[0].upper()}
User-agent: another
Disallow: /one   # a remark
Sitemap: https://shop.example/sitemap.xml

Disallow: /two
User-agent: *
Disallow: /three
User-agent: {USER_AGENT}
Disallow: /four
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/one", False), ("/two", False), ("/four", False), ("/three", True), ("/before-any-group", True), ("/", True)],
)
def test_all_groups_that_name_us_count_and_no_others(path: str, allowed: bool) -> None:
    assert read_rules(GROUPS).allow(path) is allowed


@pytest.mark.parametrize(
    "text",
    ["", "\x00", "Disallow: /", "User-agent: other\nDisallow: /", "User-agent *\nDisallow /", "<html>404</html>", "#:"],
)
def test_what_names_nobody_forbids_nothing(text: str) -> None:
    rules = read_rules(text)
    assert rules.allow("/page")
    assert rules.delay == 0


@pytest.mark.parametrize(
    ("line", "delay"),
    [("Crawl-delay: 2", 2.0), ("crawl-delay: 0.5", 0.5), ("Crawl-delay: soon", 0.0), ("Crawl-delay: -3", 0.0)],
)
def test_a_wish_for_distance(line: str, delay: float) -> None:
    assert read_rules(f"User-agent: *\n{line}\n").delay == delay


class Answers(Fetcher):
    """Answers with what is given; no connection is opened."""

    def __init__(self, found: Mapping[str, Fetched | InvalidInput]) -> None:
        self.found = found
        self.asked: list[str] = []
        self.slowed: list[tuple[str, float]] = []

    def ask(self, url: str) -> Fetched:  # type: ignore[override]
        self.asked.append(url)
        found = self.found[url]
        if isinstance(found, InvalidInput):
            raise found
        return found

    def slow_down(self, origin: str, seconds: float) -> None:
        self.slowed.append((origin, seconds))


ROBOTS = "https://shop.example/robots.txt"


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        (Fetched(ROBOTS, 200, {}, b"User-agent: *\nDisallow: /a"), False),
        (Fetched(ROBOTS, 200, {}, b"\xef\xbb\xbfUser-agent: *\nDisallow: /a"), False),
        (Fetched(ROBOTS, 200, {}, b"User-agent: *\r\nDisallow: /b"), True),
        (Fetched(ROBOTS, 404, {}), True),
        (Fetched(ROBOTS, 403, {}), True),
        (Fetched(ROBOTS, 500, {}), False),
        (Fetched(ROBOTS, 503, {}), False),
        (InvalidInput("down", remedy="wait"), False),
    ],
)
def test_a_site_that_fails_is_left_alone_and_one_without_rules_is_not(
    answer: Fetched | InvalidInput, allowed: bool
) -> None:
    fetcher = Answers({ROBOTS: answer})
    robots = Robots(fetcher)
    assert [robots.allows("https://shop.example/a?x=1"), robots.allows("https://shop.example/a")] == [allowed] * 2
    assert fetcher.asked == [ROBOTS]


def test_the_distance_is_kept_for_the_origin_that_asks_for_it() -> None:
    fetcher = Answers({ROBOTS: Fetched(ROBOTS, 200, {}, b"User-agent: *\nCrawl-delay: 3")})
    assert Robots(fetcher).allows("https://shop.example/")
    assert fetcher.slowed == [("https://shop.example", 3.0)]
