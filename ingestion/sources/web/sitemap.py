"""All pages of a sitemap (sitemaps.org): XML, gzipped XML or plain text, indexes of sitemaps included."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from engine.errors import InvalidInput
from ingestion.sources.body import bounded, gunzip
from ingestion.sources.values import Readable, Source, Unavailable
from ingestion.sources.web.fetch import Fetcher
from ingestion.sources.web.pages import Holder, WebPage
from ingestion.sources.web.robots import Robots
from ingestion.sources.web.urls import canonical, host_of

__all__ = ["SitemapLimits", "open_sitemap"]


@dataclass(frozen=True, slots=True)
class SitemapLimits:
    """How much a sitemap may hold: pages, files, index levels, and bytes of one file (sitemaps.org: 50 MB)."""

    pages: int = 50_000
    files: int = 200
    depth: int = 3
    bytes: int = 52_428_800


def open_sitemap(url: str, *, fetcher: Fetcher, limits: SitemapLimits | None = None) -> Source:
    """Return the pages of a sitemap that the site lets machines visit; they themselves are not fetched yet.

    A page of another host, one that robots.txt forbids, and a part of the sitemap that cannot be read are documents
    that cannot be had. Only if all parts could be read, and within the limits, is the source complete. Raises
    InvalidInput if the sitemap itself cannot be read.
    """
    start = canonical(url)
    walk = _Walk(start, fetcher, limits or SitemapLimits())
    walk.run()
    return Source(start, tuple(walk.found.values()), walk.complete)


@dataclass(slots=True)
class _Walk:
    start: str
    fetcher: Fetcher
    limits: SitemapLimits
    found: dict[str, Readable] = field(default_factory=dict)
    holder: Holder = field(default_factory=Holder)
    complete: bool = True

    def run(self) -> None:
        robots = Robots(self.fetcher)
        waiting, seen = deque([(self.start, 1)]), {self.start}
        while waiting:
            here, depth = waiting.popleft()
            try:
                entries = list(self._entries(here))
            except InvalidInput as error:
                if here == self.start:
                    raise
                self._miss(here, error.message, error.remedy)
                continue
            for address, is_map in entries:
                if not is_map:
                    self._add(address, robots)
                elif address not in seen:
                    seen.add(address)
                    if depth < self.limits.depth and len(seen) <= self.limits.files:
                        waiting.append((address, depth + 1))
                    else:
                        self._miss(address, f"{address} is one sitemap too many or too deep.", "Give it as a sitemap.")

    def _entries(self, url: str) -> Iterator[tuple[str, bool]]:
        """Yield the addresses in one file, and whether each is a sitemap again."""
        data = self.fetcher.fetch(url).data
        if data.startswith(b"\x1f\x8b"):
            data = bounded(gunzip([data], name=url), name=url, max_bytes=self.limits.bytes)
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            entries, whole = _parsed(data, url)
            self.complete &= whole
        else:
            entries = _lines(data)
        if not entries:
            raise _no_sitemap(url)
        for address, is_map in entries:
            try:
                yield canonical(address), is_map
            except InvalidInput as error:
                self._miss(f"{url}#{address[:200]}", error.message, error.remedy)

    def _add(self, url: str, robots: Robots) -> None:
        if url in self.found:
            return
        if len(self.found) >= self.limits.pages:
            self._miss(
                self.start, f"{self.start} has more than {self.limits.pages:,} pages.", "Give its parts instead."
            )
        elif _site(url) != _site(self.start):
            error = f"{url} is on another host than its sitemap."
            self.found[url] = Unavailable(url, error, "Give the address itself if you want the page.")
        elif not robots.allows(url):
            error = f"{url} is not to be visited by machines, says the site's robots.txt."
            self.found[url] = Unavailable(url, error, "Give the address itself if you may use the page.")
        else:
            self.found[url] = WebPage(url, self.fetcher, self.holder)

    def _miss(self, uri: str, error: str, remedy: str) -> None:
        self.complete = False
        self.found[uri] = Unavailable(uri, error, remedy)


def _parsed(data: bytes, url: str) -> tuple[list[tuple[str, bool]], bool]:
    """Return the entries, and False if the XML is broken and these are what could be saved of them."""
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    try:
        root, whole = etree.fromstring(data, etree.XMLParser(**safe)), True
    except etree.XMLSyntaxError:
        root, whole = etree.fromstring(data, etree.XMLParser(**safe, recover=True)), False
    name = etree.QName(root).localname if root is not None else ""
    if name not in ("urlset", "sitemapindex"):
        raise _no_sitemap(url)
    found = root.iterfind("{*}url/{*}loc" if name == "urlset" else "{*}sitemap/{*}loc")
    return [(text, name == "sitemapindex") for each in found if (text := (each.text or "").strip())], whole


def _lines(data: bytes) -> list[tuple[str, bool]]:
    lines = [line.strip() for line in data.decode("utf-8-sig", "replace").splitlines() if line.strip()]
    return [(line, False) for line in lines] if lines and lines[0].startswith(("http://", "https://")) else []


def _no_sitemap(url: str) -> InvalidInput:
    return InvalidInput(
        f"{url} is no sitemap, or names no page.",
        remedy="Give the address of sitemap.xml; robots.txt names it as a rule.",
    )


def _site(url: str) -> str:
    return host_of(url).removeprefix("www.")
