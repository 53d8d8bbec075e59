from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from engine.ports import IndexedChunk
from evals.bench.jobs.big_pdf import BigPdfBench, _read
from evals.bench.jobs.corpus import write_corpus
from evals.bench.jobs.crash import CrashBench, CrashOptions, Round, _log, _moments, _round
from evals.bench.jobs.pdf_file import write_pdf
from evals.bench.jobs.process import LoggingEmbedder
from evals.bench.watching import Watched
from ingestion.parsing import parse
from tests.fakes.embedding import HashEmbedder
from tests.fakes.stores import chunk


def test_the_same_seed_makes_the_same_files(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_corpus(tmp_path / name, files=20, seed=seed)
    texts = {
        name: [path.read_text() for path in sorted((tmp_path / name).iterdir())] for name in ("one", "again", "other")
    }
    assert texts["one"] == texts["again"] != texts["other"]
    sections = [section for text in texts["one"] for section in text.split("\n\n") if len(section) > 100]
    assert len(set(sections)) == len(sections) >= 60


def test_what_is_embedded_is_logged_by_process(tmp_path: Path) -> None:
    log = tmp_path / "log"
    embedder = LoggingEmbedder(HashEmbedder(), log)
    for texts in (["a", "b"], ["b"]):
        with log.open("a") as file:
            file.write("-\n")
        assert np.array_equal(embedder.embed_passages(texts), HashEmbedder().embed_passages(texts))
    first, second = _log(tmp_path)
    assert len(set(first)) == 2
    assert second == first[1:]
    embedder.embed_query("a question is not counted")
    assert len(_log(tmp_path)[1]) == 1


def test_most_kills_come_while_the_process_is_at_work() -> None:
    moments = list(_moments(random.Random(1), first=5.0, longest=0.7, most=200))
    late = [delay for waits, delay in moments if waits]
    early = [delay for waits, delay in moments if not waits]
    assert 20 <= len(early) <= 60
    assert max(late) <= 0.7 < max(early) <= 5.0
    assert moments == list(_moments(random.Random(1), first=5.0, longest=0.7, most=200))


def _chunks(*names: str) -> dict[str, IndexedChunk]:
    return {name: chunk(name) for name in names}


def test_what_was_embedded_again_and_what_differs_is_counted() -> None:
    runs = [["a", "b"], [], ["b", "c"], ["a", "b", "d"]]
    found = _round(3, runs, _chunks("a", "b"), _chunks("a", "b"))
    assert found == Round(kills=3, amid=2, embedded=7, again=3, most_again=2, differences=0)
    missing = _round(0, [[]], _chunks("a", "b"), _chunks("b", "c"))
    assert missing.differences == 2


def test_a_chunk_with_another_vector_differs() -> None:
    one, other = _chunks("a"), _chunks("a")
    other["a"].dense[0] += 0.5
    assert _round(0, [[]], one, other).differences == 1
    other["a"].dense[0] -= 0.499999
    assert _round(0, [[]], one, _chunks("a")).differences == 0


def test_the_report_adds_the_rounds_up() -> None:
    rounds = (Round(2, 2, 10, 1, 1, 0), Round(1, 0, 5, 0, 0, 3))
    found = CrashBench(CrashOptions(20, 3, 1), 40, 12.34, 3.0, 40, rounds, (1.0, 2.0, 3.0)).as_json()
    assert (found["kills"], found["differences"], found["files"]) == (3, 3, 20)


def test_a_pdf_of_our_own_is_read_by_all(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_pdf(path, pages=3, seed=1)
    data = path.read_bytes()
    parsed = parse(data, name="a.pdf")
    assert {block.page for block in parsed.blocks} == {1, 2, 3}
    assert "Chapter 3" in parsed.text
    assert "2-37." in parsed.text
    assert _read(data) > 5000
    assert data.count(b"/DCTDecode") == 3
    write_pdf(tmp_path / "other.pdf", pages=3, seed=2)
    assert parse((tmp_path / "other.pdf").read_bytes(), name="b.pdf").text != parsed.text


def test_pages_a_second_leave_the_start_out() -> None:
    found = BigPdfBench(100, 3.0, Watched(12.0, 400.4, 200.0, 550.0), 2.0, 5.0, 1.0).as_json()
    assert found["pages_per_second"] == {"job": 10.0, "parser_alone": 20.0, "pypdfium2_alone": 100.0}
    assert found["peak_mb"] == {"service": 400, "workers": 200, "together": 550}
