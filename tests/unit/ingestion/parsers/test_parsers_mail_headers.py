"""Mail: encoded headers, and charsets that are wrong."""

from __future__ import annotations

import pytest

from ingestion.parsers.mail_headers import charset_text, header_text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?Q?R=C3=BCckgabe_und_mehr?=", "Rückgabe und mehr"),
        ("=?UTF-8?B?6YCA?= =?UTF-8?B?6LSn?=", "退货"),
        ("=?GB2312?B?zcu79Q==?=", "退货"),
        ("=?gb2312?B?zcs=?= =?gb2312?B?u/U=?=", "退货"),
        ("=?gb2312?B?zQ==?= =?gb2312?B?y7v1?=", "退货"),  # cut inside a character
        ("=?iso-2022-jp?B?GyRCSlZJShsoQg==?=", "返品"),
        ("Re: =?utf-8?B?6YCA6LSn?= (2)", "Re: 退货 (2)"),
        ("=?unknown-9?Q?abc?=", "abc"),
        ("=?utf-8?B?!!!?=", "=?utf-8?B?!!!?="),
        ("plain  text", "plain text"),
        ("", ""),
        ("已解码", "已解码"),
        ("退货说明书".encode("gbk").decode("ascii", "surrogateescape"), "退货说明书"),
        ("Café".encode().decode("ascii", "surrogateescape"), "Café"),
    ],
)
def test_header_texts(raw: str, text: str) -> None:
    assert header_text(raw) == text


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        (b"caf\xe9", "us-ascii", "café"),
        ("退货①".encode("gb18030"), '"GB2312"', "退货①"),
        ("返品①です".encode("cp932"), "shift_jis", "返品①です"),
        ("退货".encode(), "nonsense-8", "退货"),
        ("退货".encode(), None, "退货"),
        (b"\x00\x01\x02\x03\xff\xfe\xfd" * 9, None, (b"\x00\x01\x02\x03\xff\xfe\xfd" * 9).decode("utf-8", "replace")),
    ],
)
def test_charsets_are_believed_where_they_can_be_true(data: bytes, charset: str | None, text: str) -> None:
    assert charset_text(data, charset) == text
