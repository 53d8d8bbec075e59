from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec  # type: ignore[import-untyped]
import pytest

from api.cli import watching
from engine.errors import BackendFailed
from ingestion.report import IngestReport
from ingestion.sources import MemoryFile, Source
from tests.api.desk import Desk
from tests.fakes.web import Page, Site, running_site


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that may be fetched from, without pauses."""
    monkeypatch.setenv("KNOWDESK_URL_ALLOW_PRIVATE", "true")
    monkeypatch.setenv("KNOWDESK_URL_DELAY_S", "0")
    with running_site() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder beside the data."""
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder"


def html(title: str, text: str) -> Page:
    return Page(f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>".encode())


def uris(desk: Desk) -> list[str]:
    return sorted(item["uri"] for item in desk.json("documents", "list")["items"])


def test_pages_of_the_web(open_desk: Desk, site: Site) -> None:
    site.pages["/returns"] = html("Returns", "Unused goods can be returned within 30 days.")
    report = open_desk.json("ingest", site.url("/returns#top"), site.url("/gone"), status=1)
    assert (report["documents"]["added"], report["documents"]["failed"]) == (1, 1)
    assert report["failures"][0]["uri"] == site.url("/gone")
    assert "status 404" in report["failures"][0]["error"]
    assert uris(open_desk) == [site.url("/returns")]
    again = open_desk.json("ingest", site.url("/returns?utm_campaign=x"))
    assert again["documents"]["unchanged"] == 1


def test_a_sitemap_is_kept_in_step(open_desk: Desk, site: Site) -> None:
    def listed(*paths: str) -> Page:
        return Page("".join(f"{site.url(path)}\n" for path in paths).encode(), "text/plain")

    site.pages |= {"/a": html("A", "Kettles boil water."), "/b": html("B", "Robots vacuum floors.")}
    site.pages["/map.txt"] = listed("/a", "/b")
    assert open_desk.json("ingest", "--sitemap", site.url("/map.txt"))["documents"]["added"] == 2
    site.pages["/map.txt"] = listed("/b")
    report = open_desk.json("ingest", "--sitemap", site.url("/map.txt"))
    assert (report["documents"]["unchanged"], report["documents"]["deleted"]) == (1, 1)
    assert uris(open_desk) == [site.url("/b")]


def test_private_addresses_are_refused_by_default(open_desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KNOWDESK_URL_ALLOW_PRIVATE")
    report = open_desk.json("ingest", site.url("/returns"), status=1)
    assert "leads to this machine itself" in report["failures"][0]["error"]
    assert "KNOWDESK_URL_ALLOW_PRIVATE" in report["failures"][0]["remedy"]
    assert site.asked == []


def test_kind_and_tags_are_those_given(open_desk: Desk, folder: Path) -> None:
    (folder / "a.md").write_text("---\ntags: [own]\nkind: faq\n---\n# A\n\nKettles boil water.")
    assert open_desk.json("ingest", str(folder))["documents"]["added"] == 1
    open_desk.json("ingest", str(folder), "--kind", "policy", "--tag", "shop", "--tag", "2026")
    (item,) = open_desk.json("documents", "list")["items"]
    assert item["kind"] == "policy"
    assert sorted(item["tags"]) == ["2026", "own", "shop"]
    same = open_desk.json("ingest", str(folder), "--kind", "policy", "--tag", "shop", "--tag", "2026")
    assert same["documents"]["unchanged"] == 1
    assert open_desk("ingest", str(folder), "--kind", "novel").exit_code == 2


def test_a_storage(open_desk: Desk, folder: Path) -> None:
    (folder / "a.md").write_text("# A\n\nKettles boil water.")
    assert open_desk.json("ingest", folder.as_uri())["documents"]["added"] == 1
    assert open_desk.json("ingest", str(folder))["documents"]["unchanged"] == 1
    fsspec.filesystem("memory").pipe("/desk/b.md", b"# B\n\nRobots vacuum floors.")
    assert open_desk.json("ingest", "memory://desk")["documents"]["added"] == 1


@pytest.mark.parametrize("words", [["a", "b"], ["--sitemap", "https://x.example/s.xml"], ["https://x.example/"], []])
def test_only_one_folder_can_be_watched(open_desk: Desk, words: list[str]) -> None:
    assert open_desk("ingest", "--watch", *words).exit_code == 2


def test_a_watched_folder_is_kept_in_step_until_an_interrupt(
    open_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changes(folder: Path) -> Iterator[Source]:
        yield Source("x", (MemoryFile("a.md", b"# A\n\nKettles."), MemoryFile("b.md", b"# B\n\nRobots.")), True)
        yield Source("x", (MemoryFile("a.md", b"# A\n\nKettles boil."),), False)
        yield Source("x", (MemoryFile("a.md", b"# A\n\nKettles boil."),), True)
        raise KeyboardInterrupt

    monkeypatch.setattr("ingestion.sources.watch.watch", changes)
    report = open_desk.json("ingest", str(tmp_path), "--watch", "--kind", "manual")
    assert {**report["documents"]} == {"added": 2, "changed": 1, "unchanged": 1, "deleted": 1, "failed": 0}
    (item,) = open_desk.json("documents", "list")["items"]
    assert (item["uri"], item["kind"]) == ("a.md", "manual")


def test_watching_goes_on_where_a_backend_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = [Source("x", (MemoryFile(str(number), b"x"),), False) for number in range(3)]
    monkeypatch.setattr("ingestion.sources.watch.watch", lambda _: iter(sources))
    report = IngestReport(1, 0, 0, 0, 0, 1, (), 0.1, 0.1)

    def ingest(source: Source) -> IngestReport:
        if source is sources[1]:
            raise BackendFailed("The store is away.", remedy="Start it.")
        return report

    assert list(watching.follow(tmp_path, ingest)) == [report, report]
    assert "The store is away." in capsys.readouterr().err
