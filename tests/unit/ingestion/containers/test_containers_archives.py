"""Archives: every entry on its own, bombs and traps named."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace

import pytest

from engine.domain.knowledge import DocumentKind
from engine.errors import InvalidInput
from ingestion.containers.archives import ArchiveEntry
from ingestion.containers.limits import Budget, ExpandLimits
from ingestion.expanding import expand
from ingestion.sources.values import MemoryFile, SourceNotes
from tests.unit.ingestion.containers.zips import failures, taken, uris, zipped

LIMITS = ExpandLimits(max_depth=2, max_entries=5, max_total_mb=4, max_entry_mb=3, max_ratio=50)


def test_entries_keep_their_order_and_content() -> None:
    files = taken(zipped(("b.md", "# B"), ("a/c.txt", "C"), ("folder/", "")))
    assert [(file.uri, file.name, file.size, file.read()) for file in files] == [
        ("a.zip/b.md", "a.zip/b.md", 3, b"# B"),
        ("a.zip/a/c.txt", "a.zip/a/c.txt", 1, b"C"),
    ]


def test_a_nested_archive_is_expanded_to_its_entries() -> None:
    inner = zipped(("page.md", "# Hi"))
    assert uris(zipped(("x/inner.zip", inner), ("inner", inner))) == [
        "a.zip/x/inner.zip/page.md",
        "a.zip/inner/page.md",
    ]


def test_entries_are_unpacked_anew_at_each_reading() -> None:
    (file,) = taken(zipped(("a.txt", "one")))
    assert isinstance(file, ArchiveEntry)
    assert file.read() == file.read() == b"one"


def test_notes_of_the_archive_are_those_of_its_entries() -> None:
    notes = SourceNotes(kind=DocumentKind.MANUAL, tags=("x",), title="All of it")
    (file,) = expand(MemoryFile("a.zip", zipped(("a.txt", "x")), notes=notes))
    assert (file.notes.kind, file.notes.tags, file.title) == (DocumentKind.MANUAL, ("x",), "")


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a/../../evil.txt", "..\\..\\evil.txt"]
)
def test_no_name_leads_out_of_the_archive(name: str) -> None:
    (uri,) = uris(zipped((name, "x")))
    assert uri.startswith("a.zip/")
    assert ".." not in uri
    assert uri.endswith("evil.txt")


def test_two_entries_of_one_name_are_both_there() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("a.txt", "1"), ("a.txt", "2"))
    assert [(file.uri, file.read()) for file in taken(data)] == [("a.zip/a.txt", b"1"), ("a.zip/a (2).txt", b"2")]


def test_hidden_files_links_and_folders_are_left_out() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    data = zipped(("a.txt", "x"), ("__MACOSX/._a.txt", "x"), (".DS_Store", "x"), ("empty/", ""))
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert uris(buffer.getvalue()) == ["a.zip/a.txt"]


def encrypted(data: bytes) -> bytes:
    """Return the archive with the flags of its first entry saying that it is encrypted."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.index(mark) + at
        struct.pack_into("<H", changed, place, struct.unpack_from("<H", changed, place)[0] | 1)
    return bytes(changed)


def test_an_encrypted_entry_is_named_and_the_others_go_on() -> None:
    data = encrypted(zipped(("secret.txt", "x" * 20), ("open.txt", "y")))
    assert failures(data) == {"a.zip/secret.txt": "a.zip/secret.txt is locked with a password."}
    assert uris(data) == ["a.zip/secret.txt", "a.zip/open.txt"]


def test_a_damaged_entry_is_named_and_the_others_go_on() -> None:
    data = zipped(("bad.txt", "damaged content"), ("good.txt", "fine"), method=zipfile.ZIP_STORED)
    data = data.replace(b"damaged content", b"changed content", 1)
    assert failures(data) == {"a.zip/bad.txt": "a.zip/bad.txt is damaged: it cannot be unpacked."}
    assert b"fine" in [file.read() for file in taken(data) if file.uri.endswith("good.txt")]


def test_an_unknown_packing_is_named() -> None:
    changed = bytearray(zipped(("a.txt", "x")))
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", changed, changed.index(mark) + at, 97)
    assert failures(bytes(changed)) == {"a.zip/a.txt": "a.zip/a.txt is packed in an unknown way."}


def test_a_bomb_is_refused_and_its_neighbours_are_not() -> None:
    data = zipped(("bomb.txt", b"\0" * 2_000_000), ("a.txt", "x"))
    assert list(failures(data, limits=LIMITS)) == ["a.zip/bomb.txt"]
    assert "50 : 1" in failures(data, limits=LIMITS)["a.zip/bomb.txt"]


def test_an_entry_that_is_too_large_is_refused() -> None:
    data = zipped(("big.txt", bytes(range(256)) * 12_000), ("a.txt", "x"), method=zipfile.ZIP_STORED)
    assert "3.1 MB when unpacked; at most 3 MB" in failures(data, limits=LIMITS)["a.zip/big.txt"]


def test_all_entries_together_are_limited_nested_ones_too() -> None:
    part = bytes(range(256)) * 6_000
    inner = zipped(("1", part), ("2", part), method=zipfile.ZIP_STORED)
    data = zipped(("a", part), ("in.zip", inner), method=zipfile.ZIP_STORED)
    limits = replace(LIMITS, max_total_mb=7, max_entry_mb=6)
    assert list(failures(data, limits=limits)) == ["a.zip/in.zip/2"]


def test_too_many_entries_are_refused_before_any_is_read() -> None:
    data = zipped(*((f"{at}.txt", "x") for at in range(6)))
    assert failures(data, limits=LIMITS) == {"a.zip": "a.zip holds more than 5 files."}
    assert len(uris(data)) == 6


def test_too_deep_archives_are_refused() -> None:
    data = zipped(("x.txt", "x"))
    for _ in range(3):
        data = zipped(("in.zip", data))
    assert failures(data, limits=LIMITS) == {"a.zip/in.zip/in.zip": "a.zip/in.zip/in.zip is nested more than 2 deep."}


@pytest.mark.parametrize("data", [zipped(), zipped(("folder/", "")), zipped((".hidden", "x"))])
def test_an_archive_without_files_is_named(data: bytes) -> None:
    assert failures(data) == {"a.zip": "a.zip holds no files."}


def test_a_damaged_archive_is_named() -> None:
    data = zipped(("a.txt", "x" * 100))
    for broken in (data[: len(data) // 2], data[:4] + b"\xff" * 60):
        assert failures(broken) == {"a.zip": "a.zip is damaged: it cannot be unpacked."}


def test_the_budget_counts_over_containers() -> None:
    budget = Budget(LIMITS)
    budget.enter("a", entries=3, depth=1)
    budget.enter("b", entries=2, depth=2)
    with pytest.raises(InvalidInput, match="c holds more than 5 files"):
        budget.enter("c", entries=1, depth=1)
    budget.take("x", size=2_500_000, packed=2_000_000)
    with pytest.raises(InvalidInput, match="y would take more than 4 MB"):
        budget.take("y", size=2_500_000, packed=2_000_000)
    budget.take("z", size=1_000_000, packed=1)  # small enough, however it is packed
    assert budget.unpacked == 3_500_000
