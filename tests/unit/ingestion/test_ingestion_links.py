from __future__ import annotations

import pytest

from ingestion.parsers.formats.html import PARSER as HTML
from ingestion.parsers.formats.markdown import PARSER as MARKDOWN
from ingestion.parsers.links import links_field


@pytest.mark.parametrize(
    ("targets", "kept"),
    [
        (["b.md", "b.md#part", "#here", ""], "b.md"),
        (["mailto:a@b.example", "tel:123", "javascript:x()"], None),
        (["https://a.example/x", " ../c "], "https://a.example/x ../c"),
        (["http://[broken", "two words.md"], None),
    ],
)
def test_pages_are_kept_once_as_written(targets: list[str], kept: str | None) -> None:
    assert links_field(targets).get("links") == kept


def test_markdown_and_html_tell_where_they_link_to() -> None:
    text = b"# A\n\nSee [b](b.md), ![picture](c.png) and <https://d.example/>.\n"
    assert MARKDOWN.parse(text, name="a.md").metadata["links"] == "b.md https://d.example/"
    content = b"<nav><a href='n'>N</a></nav><main><h1>A</h1><p>See <a href='b.html'>b</a>.</p></main>"
    page = b"<html><body>" + content + b"</body></html>"
    assert HTML.parse(page, name="a.html").metadata["links"] == "b.html"


def test_pages_without_links_say_nothing() -> None:
    assert "links" not in MARKDOWN.parse(b"# A\n\nText.\n", name="a.md").metadata
