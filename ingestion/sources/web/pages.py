"""Pages as documents to ingest."""

from __future__ import annotations

from collections.abc import Iterable

from ingestion.sources.values import Readable, Source, SourceNotes
from ingestion.sources.web.content import check_type, extension_of, in_utf8
from ingestion.sources.web.fetch import Fetched, Fetcher
from ingestion.sources.web.urls import canonical, origin_of

__all__ = ["Holder", "WebPage", "open_urls"]


class Holder:
    """Lets one page of a source hold its content at a time: the one that was fetched last."""

    def __init__(self) -> None:
        self._page: WebPage | None = None

    def hand_over(self, page: WebPage) -> None:
        """Make the page before this one let go."""
        before, self._page = self._page, page
        if before is not None and before is not page:
            before.let_go()


class WebPage:
    """A document on the web, fetched when it is first asked for, and again once another page was fetched since."""

    def __init__(self, url: str, fetcher: Fetcher, holder: Holder) -> None:
        """Take a canonical address, which becomes the uri."""
        self._url = url
        self._fetcher = fetcher
        self._holder = holder
        self._extension: str | None = None
        self._data: bytes | None = None

    @property
    def uri(self) -> str:
        """The address, however it redirects."""
        return self._url

    @property
    def name(self) -> str:
        """The address with the extension of its content type behind it."""
        if self._extension is None:
            self._fetch()
        extension = self._extension or ""
        return self._url if self._url.lower().endswith(extension) else self._url + extension

    @property
    def size(self) -> int:
        """Length in bytes; fetches the page."""
        return len(self._fetch())

    @property
    def title(self) -> str:
        """None beside the page's own."""
        return ""

    @property
    def notes(self) -> SourceNotes:
        """None."""
        return SourceNotes()

    def read(self) -> bytes:
        """Return the content; InvalidInput, naming the address, if it cannot be fetched."""
        return self._fetch()

    def let_go(self) -> None:
        """Forget the content, not the type."""
        self._data = None

    def _fetch(self) -> bytes:
        data = self._data
        if data is None:
            found = self._fetcher.fetch(self._url, accept=_check)
            content_type = found.headers.get("content-type", "")
            self._extension = extension_of(content_type, found.url)
            data = self._data = in_utf8(found.data, content_type)
            self._holder.hand_over(self)
        return data


def open_urls(urls: Iterable[str], *, fetcher: Fetcher) -> tuple[Source, ...]:
    """Return one source for each origin with its pages, each once; none is complete. Nothing is fetched yet.

    Raises InvalidInput for an address that is none.
    """
    origins: dict[str, dict[str, Readable]] = {}
    holder = Holder()
    for url in map(canonical, urls):
        origins.setdefault(origin_of(url), {})[url] = WebPage(url, fetcher, holder)
    return tuple(Source(origin, tuple(pages.values()), False) for origin, pages in origins.items())


def _check(found: Fetched) -> None:
    check_type(found.headers.get("content-type", ""), found.url)
