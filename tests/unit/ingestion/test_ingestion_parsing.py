from __future__ import annotations

import pytest

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion import parsing
from ingestion.parsing import Limits, parse


def test_content_is_parsed_by_the_format_it_has() -> None:
    assert parse(b"# Title\n\nText.", name="a.md").title == "Title"


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"a\.md is empty\."):
        parse(b"", name="a.md")


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html"])
def test_white_space_is_no_text(name: str) -> None:
    with pytest.raises(InvalidInput, match="has no text") as caught:
        parse(b" \r\n\t \xe3\x80\x80\n", name=name)
    assert name in caught.value.message


def test_a_file_above_the_limit_is_refused_with_both_numbers() -> None:
    with pytest.raises(InvalidInput, match=r"big\.txt has 2\.0 MB; at most 1 MB are allowed") as caught:
        parse(b"x" * 2_000_000, name="big.txt", limits=Limits(max_file_mb=1))
    assert "KNOWDESK_MAX_FILE_MB" in caught.value.remedy


def test_text_above_the_limit_is_refused() -> None:
    limits = Limits(max_text_chars=100)
    with pytest.raises(InvalidInput, match=r"101 characters of text; at most 100") as caught:
        parse(b"x" * 101, name="long.txt", limits=limits)
    assert "KNOWDESK_MAX_TEXT_CHARS" in caught.value.remedy
    assert parse(b"x" * 100, name="long.txt", limits=limits).text == "x" * 100


@pytest.mark.parametrize("error", [KeyError("k"), RecursionError(), TypeError("t"), ZeroDivisionError()])
def test_an_error_of_a_library_becomes_an_answer(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    class Broken:
        format = "broken"
        extensions = (".x",)

        def recognizes(self, data: bytes) -> bool:
            return True

        def parse(self, data: bytes, *, name: str) -> ParsedDocument:
            raise error

    monkeypatch.setattr(parsing, "parser_for", lambda name, data: Broken())
    with pytest.raises(InvalidInput, match=rf"a\.x cannot be parsed as broken \({type(error).__name__}\)"):
        parse(b"secret", name="a.x")


def test_errors_never_quote_the_document() -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(b"%PDF-1.7 customer 4512 secret", name="a.pdf")
    assert "4512" not in str(caught.value)
