from __future__ import annotations

import codecs

import pytest

from engine.errors import InvalidInput
from ingestion.encoding import decode

HANS = "您好，您的扫地机器人已经从仓库发出，预计三天内送到。如需退货，请保留原包装。"
HANT = "您好，您的掃地機器人已經從倉庫寄出，預計三天內送達。如需退貨，請保留原包裝。"
JA = "お問い合わせありがとうございます。ロボット掃除機は本日発送いたしました。返品の際は箱を保管してください。"
KO = "안녕하세요. 로봇 청소기는 오늘 출고되었습니다. 반품하시려면 상자를 보관해 주세요."
DE = "Schöne Grüße! Für die Rücksendung heben Sie bitte die Verpackung auf, sie schützt das Gerät."
FR = "Bonjour, votre bouilloire a été expédiée. Gardez l’emballage à portée de main jusqu’à la réception."
ES = "¡Hola! El envío saldrá mañana. ¿Necesita también un recambio para la batería?"
RU = "Здравствуйте! Ваш чайник уже отправлен. Пожалуйста, сохраните упаковку."
EL = "Καλημέρα, η συσκευή στάλθηκε σήμερα. Κρατήστε τη συσκευασία για την επιστροφή."
PL = "Dzień dobry, czajnik został wysłany. Proszę zachować opakowanie, żeby ułatwić zwrot."
TR = "Merhaba, su ısıtıcınız bugün gönderildi. İade için kutuyu saklayın, lütfen."
EN = "Your kettle was sent today. Please keep the box until you are sure."

LONG = [
    *((HANS, encoding) for encoding in ("gb18030", "gbk", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")),
    *((HANT, encoding) for encoding in ("big5", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")),
    *((JA, encoding) for encoding in ("shift_jis", "cp932", "euc_jp", "iso2022_jp", "utf-16-le")),
    *((KO, encoding) for encoding in ("euc_kr", "cp949", "utf-16-be")),
    *((text, "cp1252") for text in (DE, FR, ES)),
    *((RU, encoding) for encoding in ("cp1251", "koi8-r")),
    (EL, "cp1253"),
    *((PL, encoding) for encoding in ("cp1250", "iso8859-2")),
    (TR, "cp1254"),
    *((EN, encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be", "utf-32-le")),
]
SHORT = [
    ("退货", "gb18030"),
    ("怎么退款？", "gb18030"),
    ("保修期多久", "gb18030"),
    ("退貨", "big5"),
    ("運費多少？", "big5"),
    ("返品について", "shift_jis"),
    ("送料はいくらですか", "euc_jp"),
    ("ロボット", "cp932"),
    ("배송비", "cp949"),
    ("환불은 언제 되나요?", "euc_kr"),
    ("Grüße", "cp1252"),
    ("café", "cp1252"),
    ("¿Dónde?", "cp1252"),
    ("Привет", "cp1251"),
]


@pytest.mark.parametrize(("text", "encoding"), LONG + SHORT)
def test_text_without_a_mark_is_recognized(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), name="note.txt") == text


@pytest.mark.parametrize("text", [HANS, HANT, JA, KO, DE, RU, EN, "E7", "好"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
    ],
)
def test_a_mark_decides_and_vanishes(text: str, encoding: str, mark: bytes) -> None:
    assert decode(mark + text.encode(encoding), name="note.txt") == text


def test_utf8_is_believed_first() -> None:
    mixed = f"{HANS}\n{JA}\n{KO}\n{RU}\n{DE}"
    assert decode(mixed.encode(), name="note.txt") == mixed


def test_an_encoding_that_the_file_declares_is_believed() -> None:
    ambiguous = "中国".encode("euc_jp")
    assert decode(ambiguous, name="page.html", declared="euc_jp") == "中国"


def test_a_false_declaration_is_not_believed() -> None:
    assert decode(JA.encode("shift_jis"), name="page.html", declared="utf-8") == JA


def test_an_unknown_declaration_is_ignored() -> None:
    assert decode(JA.encode("shift_jis"), name="page.html", declared="no-such-encoding") == JA


def test_long_text_is_judged_by_its_beginning() -> None:
    text = HANT * 2000
    assert decode(text.encode("big5"), name="long.txt") == text


def test_line_breaks_and_ascii_do_not_disturb() -> None:
    text = "Order MV-2026-004512\r\nStatus: Dispatched\r\n" * 20 + "备注：请放在门口。\r\n"
    assert decode(text.encode("gb18030"), name="note.txt") == text


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)),
        b"\x89PNG\r\n\x1a\n" + bytes(range(200)),
        b"\x00\x01\x02\x03\x04\x05\x06\x07" * 40,
        codecs.BOM_UTF16_LE + b"\x00\xd8",
        codecs.BOM_UTF8 + b"\xff\xfe\xfd",
    ],
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"picture\.txt is not text") as caught:
        decode(data, name="picture.txt")
    assert "UTF-8" in caught.value.remedy


def test_a_stray_control_character_is_tolerated() -> None:
    text = "Log of the service desk. " * 200 + "\x0e"
    assert decode(text.encode(), name="service.log") == text


@pytest.mark.parametrize("text", [HANS, JA, RU, DE * 20])
def test_utf8_with_a_broken_byte_stays_utf8(text: str) -> None:
    data = text.encode()
    assert decode(data[:-1] + b"\xff", name="a.txt").startswith(text[:-3])
    assert decode(b"\xff" + data, name="a.txt") == f"\ufffd{text}"


def test_surrogates_are_put_together_or_replaced() -> None:
    data = "Hi \ud83d\ude00!".encode("utf-8", "surrogatepass")
    assert decode(data + b"\xed\xa0\x80", name="a.txt") == "Hi 😀!\ufffd"


def test_text_littered_with_controls_is_text() -> None:
    littered = "Descale the kettle\0 every two\0 months, or\x07 it will click."
    assert decode(littered.encode(), name="a.txt") == littered
