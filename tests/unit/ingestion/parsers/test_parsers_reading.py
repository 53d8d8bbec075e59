from __future__ import annotations

import struct
import zlib

import pytest

from engine.errors import InvalidInput
from ingestion.parsers.ole import ole_fields, ole_streams, refuse_encrypted, stream
from ingestion.parsers.reading import MACROS, macro_warnings, reading
from tests.unit.ingestion.compound import compound
from tests.unit.ingestion.documents import zipped


class OddError(Exception):
    pass


@pytest.mark.parametrize("error", [ValueError, KeyError, struct.error, zlib.error, AttributeError, AssertionError])
def test_errors_of_libraries_name_the_file_and_the_remedy(error: type[Exception]) -> None:
    unreadable = pytest.raises(InvalidInput, match=r"^a\.doc is not a readable Word document")
    with unreadable as caught, reading("a.doc", "Word document", remedy="Save it again."):
        raise error("inside")
    assert caught.value.remedy == "Save it again."
    assert isinstance(caught.value.__cause__, error)


def test_an_error_of_ours_passes() -> None:
    with pytest.raises(InvalidInput, match="is encrypted"), reading("a", "b", remedy="c"):
        raise InvalidInput("a is encrypted.")


def test_errors_of_the_library_at_work() -> None:
    with pytest.raises(OddError), reading("a", "b", remedy="c"):
        raise OddError
    with pytest.raises(InvalidInput), reading("a", "b", remedy="c", also=(OddError,)):
        raise OddError


def test_what_succeeds_is_left_alone() -> None:
    with reading("a", "b", remedy="c"):
        found = 1
    assert found == 1


def test_macros_are_a_warning() -> None:
    assert macro_warnings(zipped({"word/vbaProject.bin": b"x"})) == (MACROS,)
    assert macro_warnings(zipped({"word/document.xml": b"x"})) == macro_warnings(b"") == ()


def test_streams_of_a_compound_file() -> None:
    with ole_streams(compound({"One": b"x" * 5000, "Two": b"y"})) as ole:
        assert stream(ole, "One") == b"x" * 5000
        assert stream(ole, "Two").rstrip(b"\0") == b"y"
        assert stream(ole, "Three") == b""


def test_only_encrypted_documents_are_refused() -> None:
    refuse_encrypted(compound({"WordDocument": b"x"}), name="a.doc")
    refuse_encrypted(b"anything", name="a.doc")
    with pytest.raises(InvalidInput, match=r"a\.docx is encrypted"):
        refuse_encrypted(compound({"EncryptedPackage": b"x"}), name="a.docx")


@pytest.mark.parametrize("data", [b"", b"no compound file", compound({"WordDocument": b"x"})[:700]])
def test_properties_that_are_missing_or_broken_are_none(data: bytes) -> None:
    assert ole_fields(data) == {}


def summary(codepage: int, title: bytes) -> bytes:
    """Return a stream of summary properties with a title ([MS-OLEPS] 2.21-2.23)."""
    text = struct.pack("<II", 30, len(title) + 1) + title.ljust((len(title) + 4) // 4 * 4, b"\0")
    properties = struct.pack("<IIIIII", 24 + 8 + len(text), 2, 1, 24, 2, 32) + struct.pack("<Ihxx", 2, codepage) + text
    format_id = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    return struct.pack("<HHI16xI", 0xFFFE, 0, 0, 1) + format_id + struct.pack("<I", 48) + properties


@pytest.mark.parametrize(("codepage", "encoding"), [(1252, "cp1252"), (936, "gbk"), (-535, "cp1252"), (932, "cp932")])
def test_the_title_in_the_code_page_of_the_file(codepage: int, encoding: str) -> None:
    title = "退货" if codepage == 936 else "返品" if codepage == 932 else "Kettle"
    data = compound({"\x05SummaryInformation": summary(codepage, title.encode(encoding))})
    assert ole_fields(data) == {"title": title}
