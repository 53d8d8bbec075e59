from __future__ import annotations

import io
import zipfile

import pytest

from engine.errors import InvalidInput
from ingestion.parsers import zip_guard
from ingestion.parsers.zip_guard import open_zip
from tests.unit.ingestion.documents import zipped


def deflated(size: int, *, entries: int = 1) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(entries):
            archive.writestr(f"{number}.xml", bytes(size))
    return target.getvalue()


def test_an_ordinary_archive_is_opened() -> None:
    assert open_zip(zipped({"a.xml": b"x"}), name="a.docx").read("a.xml") == b"x"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all", zipped({"a": b"x"})[:-5]])
def test_what_is_no_archive_is_named(data: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"a\.docx is damaged") as caught:
        open_zip(data, name="a.docx")
    assert caught.value.remedy


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    with pytest.raises(InvalidInput, match=r"too large when unpacked: 1 entries, 30 MB"):
        open_zip(deflated(30_000_000), name="bomb.xlsx")


def test_much_that_is_repetitive_yet_small_is_no_bomb() -> None:
    assert len(open_zip(deflated(1_000_000, entries=3), name="a.xlsx").namelist()) == 3


def test_more_than_memory_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_guard, "LARGEST", 100)
    with pytest.raises(InvalidInput, match="too large when unpacked"):
        open_zip(zipped({"a": b"x" * 60, "b": b"x" * 60}), name="a.zip")


def test_a_flood_of_entries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_guard, "_MOST_ENTRIES", 3)
    with pytest.raises(InvalidInput, match="4 entries"):
        open_zip(zipped({str(at): b"" for at in range(4)}), name="a.zip")


def test_an_archive_with_a_password_is_named() -> None:
    data = bytearray(zipped({"a": b"secret"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1  # the flag in the directory
    with pytest.raises(InvalidInput, match=r"a\.zip is locked with a password"):
        open_zip(bytes(data), name="a.zip")
