"""Names of entries: repaired and safe."""

from __future__ import annotations

import struct
import zipfile
import zlib

import pytest

from ingestion.containers.entry_names import decoded_names, is_hidden, safe_name, unique
from tests.unit.ingestion.containers.zips import raw_name, uris


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("gbk", "退货说明.txt"),
        ("gbk", "报告.txt"),
        ("gb18030", "产品手册/第一章.txt"),
        ("big5", "退貨說明.txt"),
        ("shift_jis", "返品について.txt"),
        ("cp932", "取扱説明書/電源の入れ方.txt"),
        ("euc_kr", "반품안내.txt"),
        ("utf-8", "退货.txt"),
        ("utf-8", "Rücksendung.txt"),
        ("cp437", "café.txt"),
        ("cp437", "plain.txt"),
        ("cp1251", "возврат товара.txt"),
    ],
)
def test_names_are_read_as_their_author_wrote_them(encoding: str, name: str) -> None:
    assert uris(raw_name(name.encode(encoding))) == [f"a.zip/{name}"]


def test_the_unicode_path_field_wins_if_it_belongs_to_the_name() -> None:
    for checked, expected in ((b"????", "退货"), (b"other", "????")):
        entry = zipfile.ZipInfo("????")
        path = "退货".encode()
        content = struct.pack("<BL", 1, zlib.crc32(checked)) + path
        entry.extra = struct.pack("<HH", 0x9999, 2) + b"zz" + struct.pack("<HH", 0x7075, len(content)) + content
        assert decoded_names([entry]) == [expected]


@pytest.mark.parametrize(
    "extra", [b"", b"\x75", b"\x75\x70\xff\xff\x01", b"\x75\x70\x02\x00ab", b"\x00\x00\x00\x00" * 3]
)
def test_broken_extra_fields_do_no_harm(extra: bytes) -> None:
    entry = zipfile.ZipInfo("a.txt")
    entry.extra = extra
    assert decoded_names([entry]) == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a/b.txt", "a/b.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("//server/share/x", "server/share/x"),
        ("C:\\Windows\\x.txt", "Windows/x.txt"),
        ("c:x.txt", "x.txt"),
        ("a\\..\\..\\b.txt", "a/b.txt"),
        ("./a//b/./c.txt", "a/b/c.txt"),
        (" .. /x", "x"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("/", "unnamed"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("\u202etxt.exe", "_txt.exe"),
        ("a#case", "a_case"),
        ("a?b", "a_b"),
        ("bad\udc80.txt", "bad_.txt"),
        ("退货/说明.txt", "退货/说明.txt"),
        ("Cafe\u0301.txt", "Café.txt"),
        ("...", "..."),
    ],
)
def test_names_lead_nowhere_else(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_long_names_keep_their_ending() -> None:
    short = safe_name("x" * 5000 + ".pdf")
    assert len(short) <= 200
    assert short.endswith(".pdf")
    assert len(safe_name("y" * 5000)) <= 200


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        (".DS_Store", True),
        ("__MACOSX/a.txt", True),
        ("a/.git/config", True),
        ("a/~$letter.docx", True),
        ("Thumbs.db", True),
        ("a/b.txt", False),
        ("dots.in.name", False),
    ],
)
def test_bookkeeping_of_systems(name: str, hidden: bool) -> None:
    assert is_hidden(name) is hidden


def test_names_that_are_taken_get_a_number() -> None:
    taken: set[str] = set()
    names = ["a.txt", "a.txt", "a.txt", "b", "b", "d.x/c", "d.x/c", "a (2).txt"]
    assert [unique(name, taken) for name in names] == [
        *("a.txt", "a (2).txt", "a (3).txt", "b", "b (2)", "d.x/c", "d.x/c (2)", "a (2) (2).txt")
    ]
