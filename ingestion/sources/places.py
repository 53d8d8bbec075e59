"""Open whatever somebody names: a path, an address on the web, an address in a storage."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ingestion.sources.folder import open_source
from ingestion.sources.storage import open_storage
from ingestion.sources.values import Source, SourceNotes
from ingestion.sources.web.fetch import Fetcher
from ingestion.sources.web.pages import open_urls
from ingestion.sources.web.sitemap import open_sitemap

__all__ = ["merged", "open_places"]


def open_places(
    places: Iterable[str],
    *,
    fetcher: Fetcher,
    sitemaps: Iterable[str] = (),
    notes: SourceNotes | None = None,
) -> tuple[Source, ...]:
    """Return the sources of all places, one a name, each document with the `notes`.

    http:// and https:// are pages, any other scheme is a storage, the rest are paths. Only sitemaps are fetched now.
    Raises what the ways to open them raise: NotFound, InvalidInput, Misconfigured, BackendFailed.
    """
    found: list[Source] = []
    pages: list[str] = []
    for place in places:
        if place.lower().startswith(("http://", "https://")):
            pages.append(place)
        elif "://" in place:
            found.append(open_storage(place, max_bytes=fetcher.options.max_bytes))
        else:
            found.append(open_source(Path(place)))
    found += open_urls(pages, fetcher=fetcher)
    found += (open_sitemap(each, fetcher=fetcher) for each in sitemaps)
    return tuple(source.noted(notes or SourceNotes()) for source in merged(found))


def merged(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return one source a name, each document once, complete if any of its parts is."""
    found: dict[str, Source] = {}
    for source in sources:
        before = found.get(source.name, Source(source.name, (), False))
        files = {file.uri: file for file in (*before.files, *source.files)}
        found[source.name] = Source(source.name, tuple(files.values()), before.complete or source.complete)
    return tuple(found.values())
