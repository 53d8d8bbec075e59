from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind, ParsedDocument
from engine.errors import InvalidInput
from ingestion.parsers.formats.html import PARSER

PAGE = """<!DOCTYPE html>
<html lang="zh-TW">
<head>
<meta charset="utf-8"><title>退貨說明 | 滿谷生活 支援中心</title>
<meta name="viewport" content="width=device-width"><meta name="description" content="退貨期限與方式">
<meta name="keywords" content="退貨,運費">
</head>
<body><nav>首頁</nav>
<main><h1>退貨說明</h1><p>收到商品後 <b>30 天</b>內可以退貨。</p>
<h2>運費</h2><ul><li>台灣：免費</li><li>香港：自付</li></ul></main>
<footer>(c) 2026</footer></body></html>"""


def parse(source: str | bytes, name: str = "page.html") -> ParsedDocument:
    return PARSER.parse(source.encode() if isinstance(source, str) else source, name=name)


def test_a_page_becomes_its_content() -> None:
    parsed = parse(PAGE)
    assert parsed.text == "退貨說明\n\n收到商品後 30 天內可以退貨。\n\n運費\n\n- 台灣：免費\n- 香港：自付"
    assert parsed.title == "退貨說明"
    assert parsed.language == "zh-Hant"
    assert parsed.tags == ("退貨", "運費")
    assert parsed.metadata["description"] == "退貨期限與方式"
    assert "viewport" not in parsed.metadata


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8-sig", "utf-16"])
def test_any_encoding_is_read(encoding: str) -> None:
    page = PAGE.replace('<meta charset="utf-8">', "")
    assert parse(page.encode(encoding)).text == parse(PAGE).text


def test_the_declared_charset_is_believed() -> None:
    page = (
        "<html><head><meta http-equiv=content-type content='text/html; charset=euc-jp'></head><body>返品</body></html>"
    )
    assert parse(page.encode("euc_jp")).text == "返品"


def test_an_xml_declaration_tells_the_charset_too() -> None:
    page = '<?xml version="1.0" encoding="shift_jis"?><html><body>返品期限</body></html>'
    assert parse(page.encode("shift_jis")).text == "返品期限"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Returns - Help Centre</title>", "<p>x</p>", "Returns"),
        ("<title>Returns ｜ Help</title>", "<p>x</p>", "Returns"),
        ("<title>E7-error and R3-Plus</title>", "<p>x</p>", "E7-error and R3-Plus"),
        ("<title>Returns | Help</title>", "<h1>How to return</h1>", "How to return"),
        ("<title>Returns | Help</title>", "<h1>One</h1><h1>Two</h1>", "Returns"),
        ("<title>Returns</title>", "<h1></h1><p>x</p>", "Returns"),
        ("", "<h2>Only a small one</h2>", "Only a small one"),
        ("", "<p>x</p>", "page"),
        ("<title>Page</title>", "<svg><title>icon</title></svg><p>x</p>", "Page"),
    ],
)
def test_title(head: str, body: str, title: str) -> None:
    assert parse(f"<html><head>{head}</head><body>{body}</body></html>").title == title


def test_blocks_have_kinds_and_levels() -> None:
    parsed = parse(PAGE)
    assert [(block.kind, block.level) for block in parsed.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.HEADING, 2),
        (BlockKind.LIST_ITEM, 0),
        (BlockKind.LIST_ITEM, 0),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><p>x",
        b"  \n<!-- saved page -->\n<HTML lang=en>",
        b"\xef\xbb\xbf<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>",
        b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>",
        b"<body>x",
    ],
)
def test_a_page_is_recognized(data: bytes) -> None:
    assert PARSER.recognizes(data)


@pytest.mark.parametrize("data", [b"", b"# Markdown with <html> in it", b"<p>a fragment</p>", b"<htmlx>", b"%PDF-1.7"])
def test_other_content_is_not(data: bytes) -> None:
    assert not PARSER.recognizes(data)


@pytest.mark.parametrize(
    "source", ["<html><body></body></html>", "<html><body><nav>Menu</nav><script>x</script></body>", "<!-- -->"]
)
def test_a_page_without_text_is_refused(source: str) -> None:
    with pytest.raises(InvalidInput, match=r"page\.html has no text"):
        parse(source)


def test_broken_markup_is_read_as_a_browser_would() -> None:
    assert parse("<p>one<p>two <b>bold<i>both</b> still</i> end").text == "one\n\ntwo boldboth still end"


def test_links_to_the_page_in_other_languages_are_kept() -> None:
    head = '<link rel=alternate hreflang=de href="/de/returns"><link rel=alternate hreflang=ja href=" /ja/henpin ">'
    other = '<link rel=alternate type="application/rss+xml" href="/feed"><link rel=stylesheet href="/a.css">'
    assert (
        parse(f"<html><head>{head}{other}</head><body>Text.</body></html>").metadata["alternates"]
        == "/de/returns /ja/henpin"
    )
    assert "alternates" not in parse(f"<html><head>{other}</head><body>Text.</body></html>").metadata
