from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from engine.domain.knowledge import DocumentKind, ParsedDocument
from engine.errors import BackendFailed, Conflict
from engine.ports import Vector
from ingestion.chunking.chunker import ChunkOptions
from ingestion.parsing import Limits, parse
from ingestion.pipeline import ingest
from ingestion.report import Progress
from ingestion.sources import MemoryFile, open_source
from ingestion.target import IngestOptions
from tests.unit.ingestion.memory import KB, FakeEmbedder, Place, report_of

BODY = "You may return an item within 30 days, for any reason. Keep the box until you are sure."


def page(uri: str, text: str = BODY, title: str = "") -> MemoryFile:
    return MemoryFile(uri, f"# {uri}\n\n{text}".encode(), title)


def numbers(
    place: Place, files: Sequence[MemoryFile], *, synchronize: bool = True, **options: object
) -> tuple[int, int, int, int, int]:
    report = place.ingest(files, synchronize=synchronize, **options)
    place.check()
    return report.added, report.changed, report.unchanged, report.deleted, report.failed


def test_new_documents_are_added() -> None:
    place = Place()
    report = place.ingest([page("a.md"), page("b.md")])
    assert (report.added, report.chunks, report.failed) == (2, 2, 0)
    assert [document.title for document in place.knowledge.documents(KB)] == ["a.md", "b.md"]
    place.check()


def test_a_second_run_changes_nothing_and_embeds_nothing() -> None:
    place, files = Place(), [page("a.md"), page("b.md")]
    place.ingest(files)
    before = place.state()
    assert numbers(place, files) == (0, 0, 2, 0, 0)
    assert place.state() == before
    assert place.embedder.batches == [2]


def test_a_changed_document_gets_a_new_version_and_only_it_is_embedded() -> None:
    place = Place()
    place.ingest([page("a.md"), page("b.md")])
    assert numbers(place, [page("a.md"), page("b.md", "Another text.")]) == (0, 1, 1, 0, 0)
    assert [document.version for document in place.knowledge.documents(KB)] == [1, 2]
    assert place.embedder.batches == [2, 1]


def test_a_renamed_document_is_a_new_one() -> None:
    place = Place()
    place.ingest([page("a.md"), MemoryFile("old.md", BODY.encode())])
    assert numbers(place, [page("a.md"), MemoryFile("new.md", BODY.encode())]) == (1, 0, 1, 1, 0)


def test_documents_that_are_gone_are_deleted_only_when_synchronizing() -> None:
    place = Place()
    place.ingest([page("a.md"), page("b.md")])
    assert numbers(place, [page("a.md")], synchronize=False) == (0, 0, 1, 0, 0)
    assert numbers(place, [page("a.md")]) == (0, 0, 1, 1, 0)
    assert [document.uri for document in place.knowledge.documents(KB)] == ["a.md"]


def test_other_sources_are_left_alone() -> None:
    place = Place()
    place.ingest([page("a.md")])
    report_of(ingest([page("a.md")], target=place.target, source="other", synchronize=True))
    assert numbers(place, [page("b.md")]) == (1, 0, 0, 1, 0)
    assert sorted((doc.source, doc.uri) for doc in place.knowledge.documents(KB)) == [
        ("docs", "b.md"),
        ("other", "a.md"),
    ]


def test_bad_files_are_failures_with_remedies_and_stop_nothing() -> None:
    place = Place()
    files = [
        MemoryFile("photo.png", b"\x89PNG"),
        MemoryFile("empty.md", b""),
        MemoryFile("blank.txt", b" \n"),
        MemoryFile("broken.pdf", b"%PDF-1.7"),
        MemoryFile("noise.txt", bytes(range(256))),
        MemoryFile("large.txt", b"x" * 3000),
        page("good.md"),
    ]
    report = place.ingest(files, limits=Limits(max_file_mb=0.002))
    assert (report.added, report.failed) == (1, 6)
    assert [failure.uri for failure in report.failures] == [file.uri for file in files[:-1]]
    for failure in report.failures:
        assert failure.uri in failure.error
        assert failure.remedy
    place.check()


def test_a_large_file_is_not_even_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 3000)
    (file,) = open_source(tmp_path).files
    (tmp_path / "a.txt").unlink()
    report = Place().ingest([file], limits=Limits(max_file_mb=0.001))
    assert "at most 0.001 MB" in report.failures[0].error


def test_a_document_that_becomes_unreadable_keeps_its_last_version() -> None:
    place = Place()
    place.ingest([page("a.md")])
    assert numbers(place, [MemoryFile("a.md", bytes(range(256)))]) == (0, 0, 0, 0, 1)
    assert place.knowledge.documents(KB)[0].version == 1


def test_a_uri_given_twice_is_a_failure_the_second_time() -> None:
    place = Place()
    report = place.ingest([page("a.md"), page("a.md", "Other text.")])
    assert (report.added, report.failed) == (1, 1)
    assert report.failures[0].error == "a.md is given twice."
    assert BODY in place.knowledge.stored_text(place.knowledge.documents(KB)[0].id, 1).text


def test_a_title_that_is_given_wins_and_a_new_one_is_a_change() -> None:
    place = Place()
    place.ingest([page("a.md", title="Returns")])
    assert place.knowledge.documents(KB)[0].title == "Returns"
    assert next(place.store.records(KB)).title == "Returns"
    assert numbers(place, [page("a.md", title="Refunds")]) == (0, 1, 0, 0, 0)


def test_other_chunk_sizes_are_a_change() -> None:
    place = Place()
    place.ingest([page("a.md")])
    assert numbers(place, [page("a.md")], chunking=ChunkOptions(20.0, 0.0)) == (0, 1, 0, 0, 0)
    assert place.knowledge.documents(KB)[0].chunk_count > 1


def test_progress_counts_files_and_chunks() -> None:
    seen: list[Progress] = []
    place = Place()
    place.ingest([page("a.md")])
    files = [page("a.md"), MemoryFile("x.pdf", b"%PDF-1.7"), page("b.md"), page("c.md")]
    report_of(place.events(files, batch_chunks=1), seen=seen.append)
    assert [each.done for each in seen] == sorted(each.done for each in seen)
    assert seen[-1] == Progress(done=4, total=4, chunks=2, uri="c.md")
    assert {each.uri for each in seen} == {"a.md", "x.pdf", "b.md", "c.md"}


def test_chunks_of_many_files_are_embedded_together_longest_first() -> None:
    place = Place()
    place.ingest([page(f"{number}.md", "word " * number) for number in range(1, 31)])
    assert place.embedder.batches == [30]
    lengths = [len(text) for text in place.embedder.texts]
    assert lengths == sorted(lengths, reverse=True)


def test_batches_bound_what_is_held_back() -> None:
    place = Place()
    place.ingest([page(f"{number}.md") for number in range(10)], batch_chunks=4)
    assert place.embedder.batches == [4, 4, 2]


def test_each_vector_belongs_to_its_text() -> None:
    place = Place()
    place.ingest([page(f"{number}.md", f"Text {'x' * number}") for number in range(20)])
    for chunk in place.store.indexes[KB].values():
        assert np.array_equal(chunk.dense, place.embedder.embed_query(chunk.record.text))


def test_nothing_to_do_is_done() -> None:
    report = Place().ingest([])
    assert (report.added, report.chunks, report.failures) == (0, 0, ())
    assert report.seconds >= report.embed_seconds == 0.0


def test_the_kind_comes_from_the_document_or_its_name() -> None:
    place = Place()
    place.ingest(
        [
            page("kettle-manual.md"),
            page("notes.md"),
            MemoryFile("faq/returns-policy.md", b"---\nkind: faq\n---\nText."),
            MemoryFile("policy.txt", b"Text."),
        ]
    )
    kinds = {document.uri: document.kind for document in place.knowledge.documents(KB)}
    assert kinds == {
        "kettle-manual.md": DocumentKind.MANUAL,
        "notes.md": DocumentKind.PAGE,
        "faq/returns-policy.md": DocumentKind.FAQ,
        "policy.txt": DocumentKind.POLICY,
    }


def test_another_model_is_refused_before_anything_is_written() -> None:
    place = Place()
    place.ingest([page("a.md")])
    before = place.state()
    place.embedder = FakeEmbedder("another")
    with pytest.raises(Conflict, match=r"indexed with fake.*say another") as caught:
        place.ingest([page("b.md")])
    assert "KNOWDESK_EMBEDDING_MODEL" in caught.value.remedy
    assert place.state() == before


def test_rebuilding_indexes_everything_with_the_other_model() -> None:
    place, files = Place(), [page("a.md"), page("b.md")]
    place.ingest(files)
    place.embedder = FakeEmbedder("another")
    assert numbers(place, files, rebuild=True) == (0, 0, 2, 0, 0)
    built = place.knowledge.index(KB)
    assert built
    assert built.signature.model == "another"
    assert place.embedder.batches == [2]
    assert numbers(place, files) == (0, 0, 2, 0, 0)


def test_a_failing_backend_ends_the_run_and_keeps_what_was_done() -> None:
    class Failing(FakeEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vector:
            if len(self.batches) == 1:
                raise BackendFailed("The embedder does not answer.")
            return super().embed_passages(texts)

    files = [page(f"{number}.md") for number in range(4)]
    place = Place(embedder=Failing())
    with pytest.raises(BackendFailed):
        place.ingest(files, batch_chunks=2)
    assert [document.uri for document in place.knowledge.documents(KB)] == ["0.md", "1.md"]
    place.embedder = FakeEmbedder()
    assert numbers(place, files) == (2, 0, 2, 0, 0)


def test_the_index_is_compacted_after_writing_only() -> None:
    place, files = Place(), [page("a.md")]
    place.ingest(files)
    place.ingest(files)
    assert place.store.optimized == 1
    place.ingest([])
    assert place.store.optimized == 2


def test_a_folder_and_one_of_its_files_are_one_source(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(f"# {name}\n\n{BODY}")
    place = Place()
    whole = open_source(tmp_path)
    report_of(ingest(whole.files, target=place.target, source=whole.name, synchronize=whole.complete))
    (tmp_path / "a.md").write_text("# a.md\n\nAnother text.")
    alone = open_source(tmp_path / "a.md")
    report = report_of(ingest(alone.files, target=place.target, source=alone.name, synchronize=alone.complete))
    assert (report.added, report.changed, report.deleted) == (0, 1, 0)
    place.check()


def test_files_are_read_by_the_parser_that_is_given() -> None:
    def upper(data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        assert limits.max_file_mb == 7.0
        return parse(data.upper(), name=name, limits=limits)

    place = Place()
    place.ingest([page("a.md")], parse=upper, limits=Limits(max_file_mb=7.0))
    assert next(place.store.records(KB)).text.startswith("A.MD")


def test_warnings_are_reported_with_their_files() -> None:
    report = Place().ingest([page("a.md"), MemoryFile("b.md", b"---\neffective_until: soon\n---\nText.")])
    (warned,) = report.warnings
    assert warned.uri == "b.md"
    assert warned.warnings.startswith("effective_until is not a date")


def test_what_the_index_lost_is_indexed_again_without_the_file() -> None:
    place = Place()
    place.ingest([page("a.md"), page("b.md")])
    expected = place.state()
    place.store.indexes[KB].clear()
    report = place.ingest([page("a.md")], synchronize=False)
    assert (report.repaired, report.unchanged, report.chunks) == (1, 1, 1)
    report = place.ingest([], synchronize=False)
    assert report.repaired == 0
    report = report_of(ingest([], target=place.target, source="other", synchronize=True))
    assert (report.repaired, report.deleted) == (1, 0)
    assert place.state() == expected


def test_a_rebuild_needs_no_files() -> None:
    place = Place()
    place.ingest([page(f"{number}.md") for number in range(5)])
    place.embedder = FakeEmbedder("another")
    options = IngestOptions(rebuild=True, batch_chunks=2)
    events = ingest([], target=place.target, source="none", synchronize=True, options=options)
    assert report_of(events).repaired == 5
    assert place.embedder.batches == [2, 2, 1]
    place.check()
