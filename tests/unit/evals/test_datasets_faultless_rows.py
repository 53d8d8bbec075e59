from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from engine.errors import InvalidInput
from evals.datasets.problems import faultless_rows


class Row(BaseModel):
    id: str


def files(folder: Path, *texts: str) -> list[Path]:
    paths = [folder / f"{at}.jsonl" for at in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_rows_of_all_files_come_in_order(tmp_path: Path) -> None:
    made = files(tmp_path, '{"id": "a"}\n\n{"id": "b"}\n', '{"id": "c"}')
    assert [row.id for row in faultless_rows(made, Row)] == ["a", "b", "c"]
    assert list(faultless_rows([], Row)) == []


@pytest.mark.parametrize(
    ("text", "named"), [('{"id": 1}', "line 1: id"), ('{"id": "a"}\n{', "line 2"), ("[]", "line 1")]
)
def test_the_first_fault_is_named_with_its_place(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(InvalidInput, match=named):
        list(faultless_rows(files(tmp_path, text), Row))


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"gone\.jsonl"):
        list(faultless_rows([tmp_path / "gone.jsonl"], Row))
