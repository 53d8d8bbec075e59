from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.errors import InvalidInput
from ingestion.sources import Source
from ingestion.sources.watch import WatchOptions, watch
from tests.waiting import until

QUICK = WatchOptions(settle_s=0.25, tick_s=0.02)


class Watcher:
    """Collects what a watch yields, in a thread."""

    def __init__(self, folder: Path, options: WatchOptions) -> None:
        self.sources: list[Source] = []
        self.stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(folder, options))
        self._thread.start()

    def _run(self, folder: Path, options: WatchOptions) -> None:
        for source in watch(folder, options=options, stop=self.stop):
            self.sources.append(source)

    def uris(self) -> list[list[str]]:
        """Return the uris of each source but the first."""
        return [[file.uri for file in source.files] for source in self.sources[1:]]

    def end(self) -> None:
        self.stop.set()
        self._thread.join()


@contextmanager
def watching(folder: Path, options: WatchOptions = QUICK) -> Iterator[Watcher]:
    watcher = Watcher(folder, options)
    try:
        until(lambda: watcher.sources)
        yield watcher
    finally:
        watcher.end()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text("A")
    (tmp_path / "b.md").write_text("B")
    return tmp_path


def test_first_comes_the_whole_folder(folder: Path) -> None:
    with watching(folder) as watcher:
        first = watcher.sources[0]
    assert ([file.uri for file in first.files], first.complete) == (["a.md", "b.md"], True)
    assert first.name == folder.resolve().as_posix()


def test_then_what_was_added_and_changed_and_nothing_else(folder: Path) -> None:
    with watching(folder) as watcher:
        (folder / "new.md").write_text("New")
        until(lambda: watcher.uris() == [["new.md"]])
        (folder / "a.md").write_text("A changed")
        until(lambda: watcher.uris() == [["new.md"], ["a.md"]])
        changed = watcher.sources[-1]
        assert (changed.complete, changed.files[0].read()) == (False, b"A changed")


def test_a_deletion_brings_the_whole_folder(folder: Path) -> None:
    with watching(folder) as watcher:
        (folder / "a.md").unlink()
        until(lambda: watcher.uris() == [["b.md"]])
        assert watcher.sources[-1].complete
        (folder / "b.md").unlink()
        until(lambda: watcher.uris() == [["b.md"], []])


def test_a_rename_and_a_folder_moved_in(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "more"
    outside.mkdir()
    (outside / "c.md").write_text("C")
    with watching(folder) as watcher:
        (folder / "a.md").rename(folder / "z.md")
        until(lambda: any(source.complete for source in watcher.sources[1:]))
        assert [file.uri for file in watcher.sources[-1].files] == ["b.md", "z.md"]
        outside.rename(folder / "more")
        until(lambda: watcher.uris()[-1] == ["b.md", "more/c.md", "z.md"])


def test_a_file_that_is_being_written_is_held_back_until_it_rests(folder: Path) -> None:
    with watching(folder) as watcher:
        with (folder / "slow.md").open("w") as file:
            for _ in range(12):
                file.write("0123456789")
                file.flush()
                time.sleep(0.05)
        until(watcher.uris)
        assert watcher.uris() == [["slow.md"]]
        assert watcher.sources[-1].files[0].size == 120


def test_one_file_that_never_rests_holds_nobody_else_back(folder: Path) -> None:
    with watching(folder) as watcher, (folder / "log.txt").open("w") as log:
        (folder / "new.md").write_text("New")

        def look() -> list[list[str]]:
            log.write("more\n")
            log.flush()
            return watcher.uris()

        assert until(look) == [["new.md"]]


def test_what_editors_leave_behind_is_no_document(folder: Path) -> None:
    names = (
        ".a.md.swp",
        "a.md~",
        "#a.md#",
        ".#a.md",
        "~$a.docx",
        "upload.part",
        "x.crdownload",
        "y.tmp",
        ".goutputstream-X",
    )
    with watching(folder) as watcher:
        for name in names:
            (folder / name).write_text("temporary")
        written = folder / ".a.md.new"  # how editors save: write beside it, then put it in its place
        written.write_text("A saved")
        written.replace(folder / "a.md")
        until(watcher.uris)
        for name in names:
            (folder / name).unlink()
        (folder / "b.md").write_text("B changed")
        until(lambda: watcher.uris() == [["a.md"], ["b.md"]])


def test_a_burst_comes_together(folder: Path) -> None:
    with watching(folder) as watcher:
        for number in range(200):
            (folder / f"{number:03}.md").write_text(str(number))
        until(lambda: len({uri for uris in watcher.uris() for uri in uris}) == 200)
        assert len(watcher.uris()) <= 20


def test_a_file_that_comes_and_goes_deletes_nothing_that_is_there(folder: Path) -> None:
    with watching(folder) as watcher:
        (folder / "4913").write_text("")
        (folder / "4913").unlink()
        (folder / "b.md").write_text("B changed")
        until(watcher.uris)
        time.sleep(0.4)
        assert {uri for uris in watcher.uris() for uri in uris} <= {"a.md", "b.md"}
        assert all(len(source.files) == 2 for source in watcher.sources if source.complete)


def test_now_and_then_everything_is_looked_through(folder: Path) -> None:
    with watching(folder, WatchOptions(settle_s=0.05, tick_s=0.02, rescan_s=0.3)) as watcher:
        until(lambda: len(watcher.sources) >= 3)
        assert all(source.complete and len(source.files) == 2 for source in watcher.sources)


def test_a_folder_that_is_empty_of_itself_deletes_nothing(tmp_path: Path) -> None:
    (tmp_path / "mount").mkdir()
    with watching(tmp_path / "mount", WatchOptions(settle_s=0.05, tick_s=0.02, rescan_s=0.1)) as watcher:
        time.sleep(0.5)
        assert len(watcher.sources) == 1


def test_polling_works_where_the_system_says_nothing(folder: Path) -> None:
    with watching(folder, WatchOptions(settle_s=0.1, tick_s=0.02, poll=True)) as watcher:
        time.sleep(0.4)
        (folder / "a.md").write_text("A changed")
        os.utime(folder / "a.md", (later := time.time() + 60, later))
        until(lambda: ["a.md"] in watcher.uris())


def test_only_a_folder_can_be_watched(folder: Path) -> None:
    with pytest.raises(InvalidInput, match="is no folder"):
        next(watch(folder / "a.md"))
