from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from engine.errors import BackendFailed, Conflict, InvalidInput
from engine.ports import Vector
from ingestion.jobs.outcome import Outcome
from ingestion.jobs.values import REINDEX, JobSpec, SourceSpec
from ingestion.report import IngestReport
from ingestion.sources import MemoryFile, Unavailable
from ingestion.workers.pool import NoPool
from tests.unit.ingestion.jobs.shop import Shop, SourceOf, write_files
from tests.unit.ingestion.memory import KB, FakeEmbedder, Place
from tests.unit.ingestion.workers.hooks import paged


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def _counts(report: IngestReport) -> tuple[int, int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.deleted, report.failed


def test_a_folder_is_done_in_blocks_and_looked_at_once_more_at_the_end(shop: Shop) -> None:
    write_files(shop.folder / "files", 45)
    outcome = shop.run()
    assert list(shop.steps) == ["plan", "block 0", "block 1", "block 2", "end 0"]
    assert _counts(outcome.report) == (45, 0, 0, 0, 0)
    assert outcome.report.chunks == 45
    assert len(shop.uris()) == 45
    shop.place.check()


def test_the_outcome_survives_json(shop: Shop) -> None:
    write_files(shop.folder / "files", 2)
    (shop.folder / "files" / "bad.txt").write_bytes(b"%broken")
    outcome = shop.run()
    assert Outcome.from_json(outcome.to_json()) == outcome


def test_what_is_done_is_not_done_again_after_a_kill(shop: Shop) -> None:
    write_files(shop.folder / "files", 45)
    whole = Shop(shop.folder)
    whole.run()
    for last in ("plan", "block 0", "block 1", "block 2"):
        some = Shop(shop.folder)

        def step(name: str, function: Callable[[], str], some: Shop = some, last: str = last) -> str:
            if last in some.steps:
                raise KeyboardInterrupt
            return some.step(name, function)

        with pytest.raises(KeyboardInterrupt):
            some.work(some.spec()).run(step)
        before = len(some.place.embedder.texts)
        outcome = some.run()
        assert len(some.place.embedder.texts) == 45, last
        assert before == {"plan": 0, "block 0": 20, "block 1": 40, "block 2": 45}[last]
        assert _counts(outcome.report) == (45, 0, 0, 0, 0)
        assert some.place.state() == whole.place.state()


def test_the_second_time_nothing_is_parsed_or_embedded(shop: Shop) -> None:
    write_files(shop.folder / "files", 25)
    shop.run()
    (shop.folder / "files" / "007.txt").write_text("Another text.")
    (shop.folder / "files" / "009.txt").unlink()
    outcome = shop.again()
    assert _counts(outcome.report) == (0, 1, 23, 1, 0)
    assert shop.parsed == ["007.txt"]
    assert len(shop.uris()) == 24


def test_a_broken_file_fails_alone_and_is_tried_once(shop: Shop) -> None:
    write_files(shop.folder / "files", 30)
    (shop.folder / "files" / "bad.txt").write_bytes(b"%broken")
    (shop.folder / "files" / "empty.txt").touch()
    outcome = shop.run()
    assert _counts(outcome.report) == (30, 0, 0, 0, 2)
    assert [failure.uri for failure in outcome.report.failures] == ["bad.txt", "empty.txt"]
    assert shop.parsed.count("bad.txt") == 1


def test_an_older_version_of_a_broken_file_stays(shop: Shop) -> None:
    write_files(shop.folder / "files", 22)
    shop.run()
    (shop.folder / "files" / "003.txt").write_bytes(b"%broken")
    outcome = shop.again()
    assert _counts(outcome.report) == (0, 0, 21, 0, 1)
    assert "003.txt" in shop.uris()


def test_a_single_file_deletes_nothing(shop: Shop) -> None:
    write_files(shop.folder / "files", 3)
    shop.run()
    outcome = shop.again(shop.spec("files/001.txt"))
    assert _counts(outcome.report) == (0, 0, 1, 0, 0)
    assert list(shop.steps) == ["plan", "block 0"]
    assert len(shop.uris()) == 3


def test_only_what_failed_is_looked_at(shop: Shop) -> None:
    write_files(shop.folder / "files", 3)
    outcome = shop.run(shop.spec(only=("001.txt",)))
    assert _counts(outcome.report) == (1, 0, 0, 0, 0)
    assert shop.uris() == ["001.txt"]


def test_a_file_that_is_gone_when_its_block_comes_is_a_failure(shop: Shop) -> None:
    write_files(shop.folder / "files", 25)
    work = shop.work(shop.spec())
    shop.step("plan", work._plan)
    (shop.folder / "files" / "024.txt").unlink()
    outcome = shop.run()
    assert _counts(outcome.report)[:1] == (24,)
    assert [failure.uri for failure in outcome.report.failures] == ["024.txt"]
    assert outcome.report.failures[0].remedy


class _Failing(FakeEmbedder):
    """Fails so many times, then works."""

    times = 0
    error: Exception = BackendFailed("The model is away.", remedy="Wait.")

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        if self.times:
            self.times -= 1
            raise self.error
        return super().embed_passages(texts)


def test_a_backend_that_fails_is_tried_again_and_the_progress_says_so(shop: Shop) -> None:
    write_files(shop.folder / "files", 2)
    embedder = _Failing()
    embedder.times = 2
    shop.place = Place(embedder=embedder)
    assert _counts(shop.run().report) == (2, 0, 0, 0, 0)
    assert ("waiting", "The model is away.") in {(each.phase, each.note) for each in shop.progress}
    shop.place.check()


def test_a_backend_that_stays_away_fails_the_job_and_a_new_run_goes_on(shop: Shop) -> None:
    write_files(shop.folder / "files", 25)
    embedder = _Failing()
    shop.place = Place(embedder=embedder)
    work = shop.work(shop.spec())

    def step(name: str, function: Callable[[], str]) -> str:
        embedder.times = 99 if name == "block 1" else 0
        return shop.step(name, function)

    with pytest.raises(BackendFailed):
        work.run(step)
    assert list(shop.steps) == ["plan", "block 0"]
    embedder.times = 0
    assert _counts(shop.run().report) == (25, 0, 0, 0, 0)


def test_what_cannot_pass_is_not_tried_again(shop: Shop) -> None:
    write_files(shop.folder / "files", 1)
    embedder = _Failing()
    embedder.times, embedder.error = 1, Conflict("Another model.")
    shop.place = Place(embedder=embedder)
    with pytest.raises(Conflict):
        shop.run()
    assert embedder.times == 0


class _Away(MemoryFile):
    """Cannot be fetched so many times."""

    times: list[int]

    def read(self) -> bytes:
        if self.times[0] > 0:
            self.times[0] -= 1
            raise BackendFailed("The site is away.", remedy="Try later.")
        return self.data


@pytest.mark.parametrize(("times", "failed"), [(2, 0), (3, 1)])
def test_fetching_is_tried_again_and_what_stays_away_fails_alone(shop: Shop, times: int, failed: int) -> None:
    class Away(_Away):
        pass

    Away.times = [times]
    shop.opener = SourceOf([Away("away.txt", b"Away."), MemoryFile("here.txt", b"Here.")])
    outcome = shop.run()
    assert _counts(outcome.report) == (2 - failed, 0, 0, 0, failed)
    if failed:
        assert outcome.report.failures[0].error == "The site is away."


def test_documents_from_afar_are_fetched_once(shop: Shop) -> None:
    fetched: list[str] = []

    class Far(MemoryFile):
        def read(self) -> bytes:
            fetched.append(self.uri)
            return self.data

    files = [Far(f"{number:02}", b"Text of page %d." % number, extension=".txt") for number in range(25)]
    shop.opener = SourceOf(files, complete=True)
    outcome = shop.run()
    assert _counts(outcome.report) == (25, 0, 0, 0, 0)
    assert sorted(fetched) == [file.uri for file in files]
    assert set(shop.parsed) == {file.name for file in files}


def test_what_cannot_be_had_is_a_failure(shop: Shop) -> None:
    shop.opener = SourceOf([Unavailable("secret", "The folder secret cannot be listed.", "Check.")])
    assert _counts(shop.run().report) == (0, 0, 0, 0, 1)


def test_rebuilding_embeds_everything_again_without_parsing(shop: Shop) -> None:
    write_files(shop.folder / "files", 25)
    shop.run()
    before = shop.place.state()
    shop.place.embedder.texts.clear()
    shop.again(shop.spec(rebuild=True))
    assert sorted(set(shop.place.embedder.texts)) == sorted(shop.place.embedder.texts)
    assert len(shop.place.embedder.texts) == 25
    assert shop.parsed == []
    assert shop.place.state() == before


def test_indexing_anew_needs_no_source(shop: Shop) -> None:
    write_files(shop.folder / "files", 25)
    shop.run()
    before = shop.place.state()
    shop.place.store.drop(KB)
    shop.place.embedder.texts.clear()
    outcome = shop.again(JobSpec(KB, (SourceSpec(REINDEX, ""),), rebuild=True))
    assert outcome.report.chunks == 25
    assert len(shop.place.embedder.texts) == 25
    assert shop.place.state() == before


def test_a_kind_of_source_that_nobody_knows(shop: Shop) -> None:
    with pytest.raises(InvalidInput, match="no kind of source 'moon'") as failure:
        shop.run(JobSpec(KB, (SourceSpec("moon", ""),)))
    assert "place" in failure.value.remedy


def test_progress_counts_up_to_the_total(shop: Shop) -> None:
    write_files(shop.folder / "files", 44, text="Page one.\n\fPage two of {}.")
    outcome = shop.run()
    assert {each.files_total for each in shop.progress[1:]} == {44}
    counts = [(each.files, each.chunks, each.pages) for each in shop.progress]
    assert counts == sorted(counts)
    assert outcome.pages == 88
    assert [each.phase for each in shop.progress][:4] == ["listing", "parsing", "waiting", "writing"]


def test_the_pages_of_a_long_file_are_told_while_it_is_parsed(shop: Shop) -> None:
    shop.pool = NoPool(paged)
    shop.opener = SourceOf([MemoryFile("scan.txt", b"one\ftwo\fthree\ffour")])
    outcome = shop.run()
    assert outcome.pages == 4
    told = [(each.pages, each.note) for each in shop.progress if each.phase == "parsing" and each.note]
    assert told == sorted(told)
    assert set(told) & {(number, f"scan.txt: page {number} of 4") for number in (2, 3)}
    assert [each.note for each in shop.progress if each.phase != "parsing"][-1] == ""
    assert shop.progress[-1].pages == 4
