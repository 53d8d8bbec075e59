"""A small BEIR folder and the fake system."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from tests.unit.evals.fake_system import FakeSystem

Row = Mapping[str, object]
WriteBeir = Callable[..., Path]

CORPUS: tuple[Row, ...] = (
    {"_id": "returns", "title": "Returns", "text": "You can return a kettle within 30 days.\nKeep the box."},
    {"_id": "warranty", "title": "Warranty", "text": "The warranty of a kettle is 24 months."},
    {"_id": "delivery", "title": "", "text": "Delivery abroad takes 9 days.\nDelivery at home takes 2 days."},
    {"_id": "billing", "title": "Billing", "text": "An invoice comes by e-mail."},
)
QUERIES: tuple[Row, ...] = (
    {"_id": "q1", "text": "within how many days can I return a kettle", "answers": ["30 days"]},
    {"_id": "q2", "text": "how long is the warranty of a kettle", "answers": ["24 months", "two years"]},
    {"_id": "q3", "text": "how many days takes delivery abroad", "answers": ["9 days"]},
    {"_id": "q4", "text": "how comes an invoice", "answers": ["by e-mail"]},
)
QRELS = "query-id\tcorpus-id\tscore\nq1\treturns\t1\nq2\twarranty\t1\nq3\tdelivery\t1\nq4\tbilling\t1\n"


def as_lines(rows: Sequence[Row]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def write_beir(tmp_path: Path) -> WriteBeir:
    """Write a BEIR folder; each file can be given as rows or as raw text, `None` leaves it out."""

    def write(
        *,
        corpus: Sequence[Row] | str | None = CORPUS,
        queries: Sequence[Row] | str | None = QUERIES,
        qrels: Mapping[str, str] | None = None,
        name: str = "shop",
    ) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for file, rows in (("corpus.jsonl", corpus), ("queries.jsonl", queries)):
            if rows is not None:
                (folder / file).write_text(rows if isinstance(rows, str) else as_lines(rows), encoding="utf-8")
        (folder / "qrels").mkdir()
        for split, text in ({"test": QRELS} if qrels is None else qrels).items():
            (folder / "qrels" / f"{split}.tsv").write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def beir(write_beir: WriteBeir) -> Path:
    return write_beir()


@pytest.fixture
def system() -> FakeSystem:
    return FakeSystem()
