"""What people put into files of canned replies: words that YAML takes for something else, counts, broken files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.assist.canned.files import FORMATS, read_replies, written_replies
from engine.domain.canned_reply import CannedReply
from engine.domain.knowledge import KnowledgeBase
from engine.errors import InvalidInput
from engine.persistence.canned_replies import SqlCannedRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from tests.fakes.repositories import database

ENTRY = "- {{shortcut: late, language: en, title: Is it late, text: Sorry., {0}}}"
TEXTS = {
    "zh-Hans": "您好，订单{order_number}已发出，请放心。",
    "zh-Hant": "您好，訂單「{order_number}」已寄出。",
    "ja": "お問い合わせの件、{order_number}は発送済みです。",
    "ko": '주문 "{order_number}"은(는) 발송되었습니다.',
    "de": "Größe: 5 % Rabatt; siehe #7\n- Punkt",
    "fr": "L’article « {sku} » est parti : c'est sûr !",
    "es": "¿Llegó? ¡Sí!, ya está.",
    "pt": "Não se preocupe, já enviámos.",
    "ru": "Заказ {order_number} уже в пути.",
    "ar": "تم شحن الطلب {order_number}، شكرًا.",
    "th": "จัดส่งคำสั่งซื้อแล้วค่ะ",
    "vi": "Đơn hàng đã được gửi đi ạ.",
    "en": 'Yes: "no", null, 1e3, ~ & *all* | > @home',
}


def written(folder: Path, text: str, name: str = "replies.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("format", FORMATS)
def test_every_language_survives_every_format(tmp_path: Path, format: str) -> None:
    replies = tuple(
        CannedReply("shop", "sent", language, text.partition(" ")[0], text, "Versand, 発送", 3, 2)
        for language, text in TEXTS.items()
    )
    file = written(tmp_path, written_replies(replies, format), f"replies.{format.upper()}")
    assert read_replies(file, "shop") == replies


@pytest.mark.parametrize(
    "word", ["yes", "No", "on", "null", "~", "2026-01-01", "1e3", "0x1F", "010", "12:30", "- a", "{x}", "#7", "true"]
)
@pytest.mark.parametrize("format", FORMATS)
def test_words_that_mean_something_to_a_format_come_back_as_words(tmp_path: Path, format: str, word: str) -> None:
    reply = CannedReply("shop", "late", "en", word, word, word)
    assert read_replies(written(tmp_path, written_replies([reply], format), f"r.{format}"), "shop") == (reply,)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("text: yes", "text"),
        ("text: 2026-01-01", "text"),
        ("text: [Hello, there]", "text"),
        ("text: {greeting: Hello}", "text"),
        ("title: no", "title"),
        ("category: on", "category"),
        ("language: no", "language"),
        ("shortcut: false", "shortcut"),
    ],
)
def test_what_yaml_takes_for_something_else_than_text_is_named(tmp_path: Path, field: str, said: str) -> None:
    entry = {"shortcut": "late", "language": "en", "title": "Late?", "text": "Sorry."}
    given = {name: json.dumps(value) for name, value in entry.items() if name != said}
    line = ", ".join([*(f"{name}: {value}" for name, value in given.items()), field])
    with pytest.raises(InvalidInput, match=rf"entry 1: The field {said} is no text") as caught:
        read_replies(written(tmp_path, f"- {{{line}}}"), "shop")
    assert caught.value.remedy == f"Put the {said} in quotes."


def test_a_list_that_would_grow_without_end_is_not_written_out(tmp_path: Path) -> None:
    layers = ["  - &l0 [x]", *(f"  - &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 6))]
    entry = "\n".join(["- shortcut: late", "  language: en", "  title: Late", "  text:", *layers])
    with pytest.raises(InvalidInput, match=r"replies\.yaml uses a YAML alias"):
        read_replies(written(tmp_path, entry), "shop")


@pytest.mark.parametrize(("given", "shortcut"), [("404", "404"), ("0", "0"), ("'010'", "010"), ("2.5", "2.5")])
def test_numbers_are_shortcuts_too(tmp_path: Path, given: str, shortcut: str) -> None:
    file = written(tmp_path, f"- {{shortcut: {given}, language: en, title: Not there, text: Sorry.}}")
    assert [each.shortcut for each in read_replies(file, "shop")] == [shortcut]


@pytest.mark.parametrize(
    ("counts", "kept"),
    [
        ("used: 3, accepted: 2", (3, 2)),
        ("used: '3', accepted: ' 2 '", (3, 2)),
        ("used: null", (0, 0)),
        ("used: -5, accepted: -1", (0, 0)),
        ("used: 1, accepted: 5", (1, 1)),
        ("accepted: 5", (0, 0)),
        ("used: 99999999999999999999999", (10**9, 0)),
    ],
)
def test_counts_are_of_replies_that_were_sent(tmp_path: Path, counts: str, kept: tuple[int, int]) -> None:
    (reply,) = read_replies(written(tmp_path, ENTRY.format(counts)), "shop")
    assert (reply.used, reply.accepted) == kept


def test_the_highest_counts_can_be_kept_and_go_on(tmp_path: Path) -> None:
    (reply,) = read_replies(written(tmp_path, ENTRY.format(f"used: {'9' * 30}, accepted: {'9' * 30}")), "shop")
    with database() as engine:
        SqlKnowledgeRepository(engine).add_knowledge_base(KnowledgeBase("shop"))
        kept = SqlCannedRepository(engine)
        kept.put("shop", [reply])
        kept.count(reply.id, used=1, accepted=1)
        assert kept.reply(reply.id).used == reply.used + 1


@pytest.mark.parametrize("counts", ["used: 1.5", "used: many", "used: [1]", "accepted: 0x", "used: 1e3"])
def test_a_count_that_is_no_number_is_named(tmp_path: Path, counts: str) -> None:
    with pytest.raises(InvalidInput, match=r"replies\.yaml, entry 1 has a count that is no number") as caught:
        read_replies(written(tmp_path, ENTRY.format(counts)), "shop")
    assert caught.value.remedy == "Leave counts out."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "[" * 100_000),
        ("a.json", ""),
        ("a.json", "[{}"),
        ("a.csv", 'shortcut,text\na,"never closed'),
    ],
    ids=["deep json", "empty json", "cut json", "cut csv"],
)
def test_a_file_that_cannot_be_read_is_named_with_what_can_be(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(InvalidInput, match=rf"{name} cannot be read") as caught:
        read_replies(written(tmp_path, text, name), "shop")
    assert caught.value.remedy == "Give UTF-8 CSV, YAML or JSON."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 400, "is nested too deeply"),
        ("- &a\n- *b", "uses a YAML alias"),
        ("!!python/object/apply:os.system ['true']", "is not valid YAML"),
    ],
)
def test_yaml_that_is_not_plain_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=rf"a\.yaml {said}"):
        read_replies(written(tmp_path, text, "a.yaml"), "shop")


def test_text_in_another_encoding_is_refused_not_garbled(tmp_path: Path) -> None:
    file = tmp_path / "replies.csv"
    file.write_bytes("shortcut,language,title,text\nlate,zh-Hans,到哪了,抱歉\n".encode("gb18030"))
    with pytest.raises(InvalidInput, match="UTF-8"):
        read_replies(file, "shop")


def test_a_message_never_quotes_what_a_reply_says(tmp_path: Path) -> None:
    file = written(tmp_path, "- {shortcut: late, language: en, title: Lena Roth, text: [Lena Roth owes 5]}")
    with pytest.raises(InvalidInput) as caught:
        read_replies(file, "shop")
    assert "Lena" not in str(caught.value)
