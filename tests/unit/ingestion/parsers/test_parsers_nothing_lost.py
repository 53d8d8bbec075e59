"""Nothing that an author wrote gets lost: unfinished markup, odd mails, captions, records with several answers."""

from __future__ import annotations

import json
from email.message import EmailMessage

import pytest

from engine.domain.knowledge import BlockKind
from engine.errors import InvalidInput
from ingestion.parsers.cues import read_cues
from ingestion.parsers.mail_headers import header_text
from ingestion.parsing import parse


def text(source: str | bytes, name: str) -> str:
    data = source.encode() if isinstance(source, str) else source
    return parse(data, name=name).text


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("* Lid\nBefore\n:smile:\nAfter", "Lid\n\nBefore :smile: After"),
        ("#+begin_comment\nAfter\n* Lid\nText", "#+begin_comment After\n\nLid\n\nText"),
        (":a:\none\n:b:\ntwo", ":a: one :b: two"),
        (":note:\n| Code | Days |\n|------+------|\n| E1 | 3 |", ":note:\n\nCode: E1; Days: 3"),
        ("#+begin_src sh\nreset", "reset"),
        ("#+begin_quote\nText", "Text"),
    ],
    ids=["drawer", "comment", "drawer in drawer", "table inside", "code", "quote"],
)
def test_a_block_of_org_that_nothing_ends_is_text(source: str, said: str) -> None:
    assert text(source, "a.org") == said


@pytest.mark.parametrize(
    "source",
    [
        "Before\n:PROPERTIES:\n:ID: 7\n:END:\nAfter",
        "Before\n#+BEGIN_COMMENT\nhidden\n#+END_COMMENT\nAfter",
        "Before\n:LOGBOOK:\nCLOCK: [2026-01-31]\n:end:\nAfter",
        "Before\n# hidden\nAfter",
    ],
)
def test_what_org_hides_is_hidden(source: str) -> None:
    assert text(source, "a.org") in {"Before After", "Before\n\nAfter"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("| | 2 | 3 |", "Part: 2; Years: 3"),
        ("|| 2 | 3 |", "Part: 2; Years: 3"),
        ("| 1 | | 3 |", "Item: 1; Years: 3"),
        ("| 1 | 2 ||", "Item: 1; Part: 2"),
        ("| 1 | 2 | 3", "Item: 1; Part: 2; Years: 3"),
    ],
)
def test_an_empty_cell_of_org_keeps_its_column(row: str, said: str) -> None:
    assert text(f"| Item | Part | Years |\n|-\n{row}\n", "a.org") == said


def alternatives(plain: str, rich: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "mia@example.com", "Kettle"
    message.set_content(plain)
    message.add_alternative(rich, subtype="html")
    return bytes(message)


@pytest.mark.parametrize(
    "rich",
    [
        "<html><body></body></html>",
        '<img src="cid:logo">',
        "<div><br></div>",
        "<style>p { color: red }</style>",
        "<!-- made by a phone -->",
        "&nbsp;",
    ],
)
def test_the_plain_body_is_read_where_the_html_has_no_words(rich: str) -> None:
    assert text(alternatives("The lid is loose.", rich), "a.eml") == "The lid is loose."


def test_html_wins_over_plain_where_both_have_words() -> None:
    assert text(alternatives("plain", "<p>rich</p>"), "a.eml") == "rich"


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 1 Jan 2020 00:00:00 +99999999999999999999",
        "1 Jan 99999 00:00:00 +0000",
        "Mon, 1 Jan 2020 00:00:00 +2500",
        "yesterday",
        "Mon, 32 Jan 2020 00:00:00 +0000",
    ],
)
def test_a_mail_with_an_impossible_date_is_read_and_keeps_what_it_says(date: str) -> None:
    parsed = parse(f"From: a@b.example\nDate: {date}\nSubject: S\n\nText\n".encode(), name="a.eml")
    assert (parsed.text, parsed.metadata["date"]) == ("Text", date)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("=?utf-8?B?6YCA6LSn?=", "退货"),
        ("=?gb2312?B?zcu79Q==?=", "退货"),
        ("=?big5?B?sGizZg==?= 3", "退貨 3"),
        ("=?iso-2022-jp?B?GyRCSlZJShsoQg==?=", "返品"),
        ("=?euc-kr?B?ud3HsA==?=", "반품"),
        ("=?koi8-r?B?98/a19LB1A==?=", "Возврат"),
        ("=?windows-1256?B?x+HF0czH2g==?=", "الإرجاع"),
        ("=?utf-8?Q?Devoluci=C3=B3n?= =?utf-8?Q?_de_tetera?=", "Devolución de tetera"),
        ("=?no-such-charset?Q?Kettle?=", "Kettle"),
        ("=?utf-8?B?not base64?=", "=?utf-8?B?not base64?="),
    ],
)
def test_subjects_of_every_charset(raw: str, shown: str) -> None:
    assert header_text(raw) == shown


def vtt(*payloads: str) -> str:
    blocks = (f"00:00:{at:02}.000 --> 00:00:{at + 1:02}.000\n{said}" for at, said in enumerate(payloads))
    return "WEBVTT\n\n" + "\n\n".join(blocks)


@pytest.mark.parametrize(
    ("payloads", "said"),
    [
        (("I", "It works"), ["I", "It works"]),
        (("No", "Nothing else"), ["No", "Nothing else"]),
        (("in 3", "in 30 days"), ["in 3", "in 30 days"]),
        (("We open", "We open the lid"), ["We open", "the lid"]),
        (("打开", "打开盖子"), ["打开", "盖子"]),
        (("ふたを", "ふたを開けます"), ["ふたを", "開けます"]),
        (("Stop.", "Stop.", "Go."), ["Stop.", "Go."]),
        (("Press <Cancel>, then <Start>",), ["Press <Cancel>, then <Start>"]),
        (("<b>Press</b> <c.red>OK</c> <00:00:00.500>now",), ["Press OK now"]),
        (("a < b & c > d",), ["a < b & c > d"]),
    ],
)
def test_captions_keep_their_words(payloads: tuple[str, ...], said: list[str]) -> None:
    assert [cue.text for cue in read_cues(vtt(*payloads))] == said


def test_what_another_voice_repeats_is_said_again() -> None:
    cues = read_cues(vtt("<v Mia>It works.", "<v Tom>It works.", "<v Tom>It works. Good."))
    assert [(cue.voice, cue.text) for cue in cues] == [("Mia", "It works."), ("Tom", "It works."), ("Tom", "Good.")]


@pytest.mark.parametrize(
    ("record", "parts"),
    [
        ({"question": "Why?", "answer": "So."}, ["Why?", "So."]),
        ({"question": "Why?", "answers": ["So.", "Or so."]}, ["Why?", "So.", "Or so."]),
        ({"question": "Why?", "answers": ["So.", {"text": "Or so."}]}, ["Why?", "So.", "Or so."]),
        ({"question": "Why?", "answers": [{"text": "So.", "by": "Mia"}]}, ["Why?", "So.", "Mia"]),
        ({"question": "Why?", "answers": {"text": ["So."], "start": [3]}}, ["Why?", "So.", "3"]),
        ({"问题": "为什么？", "答案": "因为。", "备注": "新"}, ["为什么？", "因为。", "新"]),
        ({"question": "Why?", "answer": None, "note": "open"}, ["Why?", "open"]),
        ({"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": {"i": "deep"}}}}}}}}}, ["deep"]),
        ({"a": [[["x"], ["y"]], [1, None, True, 0.10]]}, ["x", "y", "1", "true", "0.1"]),
    ],
)
def test_every_value_of_a_record_is_in_the_text(record: dict[str, object], parts: list[str]) -> None:
    said = text(json.dumps(record, ensure_ascii=False), "a.json")
    assert all(part in said for part in parts), said


def test_a_number_of_json_stays_as_it_is_written() -> None:
    assert text('{"price": 0.10, "id": 12345678901234567890, "rate": 1E-7}', "a.json") == (
        "price: 0.10; id: 12345678901234567890; rate: 1E-7"
    )


@pytest.mark.parametrize(
    "source",
    [
        f'<ol start="{"1" * 5000}"><li>lid</ol>',
        f'<ol><li value="{"9" * 5000}">lid</ol>',
        '<ol start="-3"><li value="x">lid</ol>',
    ],
)
def test_a_list_that_nobody_counts_to_begins_at_one(source: str) -> None:
    assert text(f"<!doctype html><body>{source}", "a.html") == "1. lid"


def test_a_list_of_html_counts_from_where_it_says() -> None:
    assert text('<!doctype html><body><ol start="7"><li>lid<li value="20">cord<li>plug</ol>', "a.html") == (
        "7. lid\n20. cord\n21. plug"
    )


@pytest.mark.parametrize("columns", ["900000000*", "1000*,1000*", ",".join(["1"] * 5000)])
def test_a_table_with_more_columns_than_a_page_is_no_bomb(columns: str) -> None:
    assert text(f'[cols="{columns}"]\n|===\n|a |b\n|===\n', "a.adoc") == "a; b"


@pytest.mark.parametrize(
    ("source", "items"),
    [
        ("1、打开盖子\n2、取出滤网\n3、冲洗", ["1、打开盖子", "2、取出滤网", "3、冲洗"]),
        ("1. Open\n2) Rinse\n- Dry", ["1. Open", "2) Rinse", "- Dry"]),
        ("1、ふたを開ける\n2、フィルターを洗う", ["1、ふたを開ける", "2、フィルターを洗う"]),
    ],
)
def test_numbered_lines_are_a_list(source: str, items: list[str]) -> None:
    parsed = parse(source.encode(), name="a.txt")
    assert [block.span.of(parsed.text) for block in parsed.blocks if block.kind is BlockKind.LIST_ITEM] == items


@pytest.mark.parametrize("source", ["10、20、30天内可以退货\n其他不行", "12:30 we open\n18:00 we close"])
def test_numbers_at_the_beginning_of_lines_are_no_list(source: str) -> None:
    parsed = parse(source.encode(), name="a.txt")
    assert {block.kind for block in parsed.blocks} == {BlockKind.PARAGRAPH}
    assert parsed.text == source


@pytest.mark.parametrize("name", ["a.md", "a.org", "a.adoc", "a.rst", "a.txt", "a.html", "a.json", "a.csv", "a.vtt"])
def test_a_file_of_nothing_but_white_space_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(InvalidInput, match=name) as failure:
        parse(b" \n\t\n\xc2\xa0", name=name)
    assert failure.value.remedy
