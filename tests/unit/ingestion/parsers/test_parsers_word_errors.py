from __future__ import annotations

import zipfile
import zlib

import pytest
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree  # type: ignore[import-untyped]

from engine.errors import InvalidInput
from ingestion.parsers.word_errors import reading_word


@pytest.mark.parametrize(
    "error",
    [
        zipfile.BadZipFile(),
        zlib.error(),
        PackageNotFoundError(),
        etree.XMLSyntaxError("broken", 1, 1, 1),
        KeyError("part"),
        NotImplementedError("zip version"),
        EOFError(),
    ],
)
def test_errors_of_the_libraries_become_ours(error: Exception) -> None:
    with (
        pytest.raises(InvalidInput, match=r"a\.docx is not a readable Word document") as caught,
        reading_word("a.docx"),
    ):
        raise error
    assert caught.value.remedy
    assert caught.value.__cause__ is error


def test_our_own_errors_pass() -> None:
    with pytest.raises(InvalidInput, match="encrypted"), reading_word("a.docx"):
        raise InvalidInput("a.docx is encrypted.")


def test_other_errors_pass() -> None:
    with pytest.raises(KeyboardInterrupt), reading_word("a.docx"):
        raise KeyboardInterrupt


def test_nothing_happens_where_nothing_fails() -> None:
    with reading_word("a.docx"):
        pass
