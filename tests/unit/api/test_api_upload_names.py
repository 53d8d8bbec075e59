from __future__ import annotations

import io

import pytest
from fastapi import UploadFile

from api.uploads import Uploaded
from engine.errors import InvalidInput


def _upload(name: str | None, data: bytes = b"text") -> Uploaded:
    return Uploaded.of(UploadFile(io.BytesIO(data), size=len(data), filename=name))


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("returns.md", "returns.md"),
        ("退货 政策.docx", "退货 政策.docx"),
        ("policies/returns.md", "policies/returns.md"),
        ("C:\\Users\\me\\returns.md", "C:/Users/me/returns.md"),
        ("/etc/passwd", "etc/passwd"),
        ("../../etc/passwd", "etc/passwd"),
        ("a//b/./c.md", "a/b/c.md"),
        ("tab\there\x1b[31m.md", "tabhere[31m.md"),
        ("\u202egnp.md", "gnp.md"),
        ("x" * 500, "x" * 500),
    ],
)
def test_a_name_keeps_what_means_something_here(name: str, uri: str) -> None:
    uploaded = _upload(name)
    assert uploaded.uri == uploaded.name == uri


@pytest.mark.parametrize("name", [None, "", "/", "..", "\x00\x01", "./../.", "x" * 501])
def test_a_name_of_which_nothing_is_left_is_refused(name: str | None) -> None:
    with pytest.raises(InvalidInput, match="no usable name"):
        _upload(name)


def test_content_and_size_are_those_of_the_file() -> None:
    uploaded = _upload("a.md", b"12345")
    assert (uploaded.size, uploaded.title, uploaded.read()) == (5, "", b"12345")
