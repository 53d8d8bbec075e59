"""Sources as ingestion meets them: what fails is named, what is gone is deleted, what is the same is not done again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import fsspec  # type: ignore[import-untyped]
import pytest

from engine.domain.knowledge import Document, DocumentKind
from ingestion.pipeline import ingest
from ingestion.report import IngestReport
from ingestion.sources import Source, SourceNotes, open_source
from ingestion.sources.places import open_places
from ingestion.sources.web.fetch import Fetcher
from ingestion.sources.web.sitemap import open_sitemap
from tests.fakes.web import Page, Site
from tests.unit.ingestion.memory import KB, Place, report_of


@pytest.fixture
def place() -> Place:
    return Place()


def taken(place: Place, source: Source) -> IngestReport:
    return report_of(ingest(source.files, target=place.target, source=source.name, synchronize=source.complete))


def documents(place: Place) -> dict[str, Document]:
    return {document.uri: document for document in place.target.knowledge.documents(KB)}


def listed(site: Site, *paths: str) -> Page:
    return Page("\n".join(map(site.url, paths)).encode(), "text/plain")


def test_a_page_that_fails_keeps_its_old_version(place: Place, site: Site, fetcher: Fetcher) -> None:
    site.pages = {path: Page(f"<h1>{path}</h1><p>Text of {path}.</p>".encode()) for path in ("/a", "/b")}
    site.pages["/map"] = listed(site, "/a", "/b")
    assert taken(place, open_sitemap(site.url("/map"), fetcher=fetcher)).added == 2
    site.pages["/a"] = Page(b"", status=500)
    report = taken(place, open_sitemap(site.url("/map"), fetcher=fetcher))
    assert (report.unchanged, report.failed, report.deleted) == (1, 1, 0)
    assert report.failures[0].uri == site.url("/a")
    assert set(documents(place)) == {site.url("/a"), site.url("/b")}


def test_a_page_is_fetched_once_in_a_run(place: Place, site: Site, fetcher: Fetcher) -> None:
    site.pages = {path: Page(f"<h1>{path}</h1><p>Text of {path}.</p>".encode()) for path in ("/a", "/b", "/c")}
    (source,) = open_places([site.url(path) for path in ("/a", "/b", "/c")], fetcher=fetcher)
    assert taken(place, source).added == 3
    assert sorted(site.asked) == ["/a", "/b", "/c"]


def test_a_sitemap_with_a_missing_part_deletes_nothing(place: Place, site: Site, fetcher: Fetcher) -> None:
    site.pages = {path: Page(f"<h1>{path}</h1><p>Text of {path}.</p>".encode()) for path in ("/a", "/b")}
    index = "".join(f"<sitemap><loc>{site.url(path)}</loc></sitemap>" for path in ("/one", "/two"))
    site.pages |= {"/map": Page(f"<sitemapindex>{index}</sitemapindex>".encode())}
    site.pages |= {"/one": listed(site, "/a"), "/two": listed(site, "/b")}
    assert taken(place, open_sitemap(site.url("/map"), fetcher=fetcher)).added == 2
    site.pages["/two"] = Page(b"", status=500)
    report = taken(place, open_sitemap(site.url("/map"), fetcher=fetcher))
    assert (report.deleted, report.failed) == (0, 1)
    assert set(documents(place)) == {site.url("/a"), site.url("/b")}


def test_a_storage_is_kept_in_step(place: Place, fetcher: Fetcher) -> None:
    storage = fsspec.filesystem("memory")
    storage.pipe("/desk/a.md", b"# A\n\nText of a.")
    storage.pipe("/desk/b.md", b"# B\n\nText of b.")
    for expected, change in (((2, 0, 0), lambda: storage.rm("/desk/a.md")), ((0, 1, 1), lambda: None)):
        (source,) = open_places(["memory://desk"], fetcher=fetcher)
        report = taken(place, source)
        assert (report.added, report.unchanged, report.deleted) == expected
        change()
    storage.rm("/desk", recursive=True)


def test_notes_reach_the_document_and_changing_them_is_a_change(place: Place, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntags: [own]\nkind: faq\ntitle: Own\n---\n# A\n\nText of a.")
    notes = SourceNotes(DocumentKind.POLICY, ("shop",), date(2026, 1, 1), date(2026, 6, 30), "Given")
    assert taken(place, open_source(tmp_path).noted(notes)).added == 1
    document = documents(place)["a.md"]
    assert (document.kind, document.tags, document.title) == (DocumentKind.POLICY, ("shop", "own"), "Given")
    assert (document.effective_from, document.effective_until) == (date(2026, 1, 1), date(2026, 6, 30))
    assert taken(place, open_source(tmp_path).noted(notes)).unchanged == 1
    assert taken(place, open_source(tmp_path)).changed == 1
    assert documents(place)["a.md"].title == "Own"
