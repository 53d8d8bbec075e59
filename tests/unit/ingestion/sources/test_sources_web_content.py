from __future__ import annotations

import codecs

import pytest

from engine.errors import InvalidInput
from ingestion.sources.web.content import charset_of, extension_of, in_utf8

TEXT = "退货政策：七天内可以退货。"


@pytest.mark.parametrize(
    ("content_type", "path", "extension"),
    [
        ("text/html; charset=utf-8", "/a", ".html"),
        ("TEXT/HTML", "/a.php", ".html"),
        ("application/xhtml+xml", "/a", ".html"),
        ("application/pdf", "/download?id=3", ".pdf"),
        ("text/plain", "/guide.md", ".md"),
        ("text/plain", "/guide", ".txt"),
        ("application/octet-stream", "/manual.DOCX", ".docx"),
        ("application/octet-stream", "/manual", ""),
        ("", "/faq.csv", ".csv"),
        ("application/zip", "/book.epub", ".epub"),
        ("text/html", "/page.pdf", ".html"),
        ("image/jpeg", "/x", ".jpg"),
    ],
)
def test_the_extension_is_that_of_the_type(content_type: str, path: str, extension: str) -> None:
    assert extension_of(content_type, f"https://x.example{path}") == extension


@pytest.mark.parametrize(
    "content_type", ["video/mp4", "text/css", "application/javascript", "font/woff2", "audio/mpeg"]
)
def test_what_is_no_document_is_refused(content_type: str) -> None:
    with pytest.raises(InvalidInput, match=rf"https://x\.example/a is no document but {content_type}"):
        extension_of(content_type, "https://x.example/a")


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("text/html; charset=GB2312", "gb2312"),
        ('text/html;charset="Big5"', "big5"),
        ("text/html; charset=utf-8", "utf-8"),
        ("text/html; charset=nonsense", ""),
        ("text/html; boundary=x", ""),
        ("text/html", ""),
    ],
)
def test_the_declared_charset(header: str, charset: str) -> None:
    assert charset_of(header) == charset


def test_a_charset_that_only_the_header_tells_is_kept() -> None:
    found = in_utf8(TEXT.encode("gb18030"), "text/html; charset=gb2312")
    assert found == codecs.BOM_UTF8 + TEXT.encode()


@pytest.mark.parametrize(
    ("data", "header"),
    [
        (TEXT.encode(), "text/html; charset=utf-8"),
        (TEXT.encode("gb18030"), "text/html"),
        (TEXT.encode("gb18030"), "text/html; charset=rot13"),
        (b"\x81\x00", "text/html; charset=shift_jis"),
        (codecs.BOM_UTF8 + TEXT.encode(), "text/html; charset=gbk"),
        (TEXT.encode("gb18030"), "application/pdf; charset=gbk"),
    ],
)
def test_bytes_stay_as_they_are_where_the_header_does_not_fit(data: bytes, header: str) -> None:
    assert in_utf8(data, header) == data
