"""JSON and JSON Lines: records with their keys, questions with answers, conversations."""

from __future__ import annotations

import json

import pytest

from engine.domain.knowledge import BlockKind, DocumentKind, ParsedDocument
from engine.errors import InvalidInput
from ingestion.parsers.json_records import faq_share, write_records
from ingestion.parsers.json_values import read_json, read_json_lines
from ingestion.parsers.registry import parser_for
from ingestion.parsers.writer import PieceWriter
from ingestion.parsing import parse


def parsed(value: object, name: str = "a.json") -> ParsedDocument:
    return parse(json.dumps(value, ensure_ascii=False).encode(), name=name)


def headings(document: ParsedDocument) -> list[tuple[int, str]]:
    return [(block.level, block.span.of(document.text)) for block in document.blocks if block.kind is BlockKind.HEADING]


def test_flat_records_are_rows_that_carry_their_keys() -> None:
    document = parsed([{"sku": "G1", "price": 12.50, "in_stock": True, "note": None}, {"sku": "G2", "size": "L"}])
    assert document.text == "sku: G1; price: 12.5; in_stock: true\nsku: G2; size: L"
    assert {block.kind for block in document.blocks} == {BlockKind.TABLE_ROW}
    assert document.kind is None


def test_rows_in_chinese_have_full_width_marks() -> None:
    assert parsed([{"代码": "E7", "含义": "找不到充电座"}]).text == "代码：E7；含义：找不到充电座"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("question", "answer"),
        ("Q", "A"),
        ("问题", "答案"),
        ("問題", "解答"),
        ("質問", "回答"),
        ("질문", "답변"),
        ("Frage", "Antwort"),
        ("pregunta", "respuesta"),
        ("вопрос", "ответ"),
        ("prompt", "response"),
    ],
)
def test_questions_become_headings_above_their_answers(question: str, answer: str) -> None:
    document = parsed(
        [{question: "How?", answer: "So.\n\nThen.", "topic": "lid"}, {question: "Why?", answer: ["One.", "Two."]}]
    )
    assert document.text == "How?\n\nSo.\n\nThen.\n\ntopic: lid\n\nWhy?\n\nOne.\n\nTwo."
    assert headings(document) == [(1, "How?"), (1, "Why?")]
    assert document.kind is DocumentKind.FAQ


def test_questions_inside_an_envelope_are_faq_too() -> None:
    assert parsed({"version": 2, "faqs": [{"q": "How?", "a": "So."}]}).kind is DocumentKind.FAQ


def test_nested_objects_are_sections_below_their_name() -> None:
    document = parsed(
        {
            "name": "Drift R3",
            "specs": {"weight": "3 kg", "codes": [{"code": "E1"}, {"code": "E7"}]},
            "colours": ["red", "blue"],
        }
    )
    assert document.text == "Drift R3\n\nspecs\n\nweight: 3 kg\n\ncodes\n\ncode: E1\ncode: E7\n\ncolours: red, blue"
    assert headings(document) == [(1, "Drift R3"), (2, "specs"), (4, "codes")]


def test_long_texts_are_paragraphs_below_their_key() -> None:
    text = "A long text about the lid. " * 12
    document = parsed({"title": "Lid", "body": f"{text}\n\n{text}", "id": 7})
    assert document.title == "Lid"
    assert headings(document) == [(1, "Lid"), (2, "body")]
    assert document.text.count("A long text") == 24
    assert document.text.endswith("id: 7")


def test_every_value_of_a_deep_document_is_there() -> None:
    value: object = {"leaf": "deep"}
    for level in range(60):
        value = {f"k{level}": [value], "v": f"x{level}"}
    text = parsed(value).text
    assert all(f"x{level}" in text for level in range(60))
    assert "deep" in text


@pytest.mark.parametrize(
    ("value", "text"),
    [("hello", "hello"), (["a", "b"], "a\n\nb"), ({"a": 1.10}, "a: 1.1"), ([[1, 2], [3]], "1, 2\n\n3"), (True, "true")],
)
def test_values_of_every_shape(value: object, text: str) -> None:
    assert parsed(value).text == text


def test_numbers_stay_as_they_are_written() -> None:
    assert parse(b'[{"a": 0.10, "b": 12345678901234567890123, "c": 1e5, "d": NaN}]', name="a.json").text == (
        "a: 0.10; b: 12345678901234567890123; c: 1e5; d: NaN"
    )


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b'{"a": 1,}', "line 1, column"),
        (b'{\n"a": \n}', "line 3, column 1"),
        (b'{"a": 1} x', "line 1, column 10"),
        (b"{", "line 1"),
    ],
)
def test_errors_name_the_file_and_the_place_and_quote_nothing(data: bytes, place: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(data, name="in/a.json")
    assert caught.value.message.startswith("in/a.json is not valid JSON: ")
    assert place in caught.value.message
    assert caught.value.remedy


def test_too_deep_nesting_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"a\.json is nested too deeply"):
        parse(b"[" * 200_000, name="a.json")


@pytest.mark.parametrize("value", [{}, [], [{}], {"a": ""}, {"a": [None, {}]}, ""])
def test_nothing_is_refused(value: object) -> None:
    with pytest.raises(InvalidInput, match=r"a\.json has no text"):
        parsed(value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding: str) -> None:
    data = json.dumps([{"问题": "怎么退货？", "答案": "七天内可以退货。"}], ensure_ascii=False).encode(encoding)
    assert parse(data, name="a.json").text == "怎么退货？\n\n七天内可以退货。"


def test_lines_are_records_and_bad_ones_are_counted() -> None:
    document = parse(b'{"a": 1}\n\nnot json\n{"a": 2}\n{broken\n', name="a.jsonl")
    assert document.text == "a: 1\na: 2"
    assert document.warnings == ("2 lines are not JSON and were left out: 3, 5.",)


def test_no_valid_line_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"a\.ndjson is not JSON Lines"):
        parse(b"not json\nneither\n", name="a.ndjson")


def test_conversations_are_a_transcript_without_personal_data() -> None:
    turns = [{"role": "customer", "text": "jo@example.com?"}, {"role": "agent", "text": "Yes."}]
    one = parsed({"turns": turns})
    assert (one.kind, one.text) == (DocumentKind.TRANSCRIPT, "Customer: [email 1]?\nAgent: Yes.")
    lines = "\n".join(json.dumps({"id": at, "turns": turns}) for at in (1, 2)).encode()
    two = parse(lines, name="a.jsonl")
    assert headings(two) == [(1, "1"), (1, "2")]
    assert "jo@" not in two.text


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("a.txt", b' {"a": 1}\n', "JSON"),
        ("a.txt", b'[{"a": 1}]', "JSON"),
        ("a.txt", b'{"a": 1}\n{"a": 2}\n', "JSON Lines"),
        ("a.json", b'{"a": 1}\n{"a": 2}\n', "JSON Lines"),
        ("a.jsonl", b'{"a": 1}\n', "JSON"),
        ("a.txt", b"[10:02] Customer: It stops. [image]", "plain text"),
        ("a.txt", b"{braces} in text}", "plain text"),
        ("a.txt", b"[1] A reference. [2]", "plain text"),
    ],
)
def test_content_tells_the_format(name: str, data: bytes, format: str) -> None:
    assert parser_for(name, data).format == format


def test_lines_are_numbered_from_one() -> None:
    assert [(line.number, line.ok) for line in read_json_lines("\ufeff1\n\n{\n[]")] == [
        (1, True),
        (3, False),
        (4, True),
    ]
    assert read_json("\ufeff[1]", name="a") == ["1"]


def test_the_share_of_questions() -> None:
    assert faq_share([{"q": "x", "a": "y"}, {"q": "x"}, "z", {"a": "y"}]) == 0.25
    assert faq_share([]) == 0.0


def test_records_below_a_level_of_their_own() -> None:
    writer = PieceWriter()
    write_records([{"name": "A", "list": [{"b": "c"}]}], writer, level=3)
    assert [(piece.kind, piece.level, piece.text) for piece in writer.pieces] == [
        (BlockKind.HEADING, 3, "A"),
        (BlockKind.HEADING, 4, "list"),
        (BlockKind.TABLE_ROW, 0, "b: c"),
    ]
