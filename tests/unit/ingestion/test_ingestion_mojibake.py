from __future__ import annotations

import pytest

from ingestion.mojibake import repair

CLEAN = [
    "Crème brûlée à la façon de l’été – 5 €",
    "Ägypten über Straße, ½ × 3, «Olá», ¿Dónde?",
    "退货政策：七天内无理由退货，运费由买家承担。",
    "返品の送料は誰が負担しますか。「お客様」です。",
    "臺灣繁體中文……電子發票、載具",
    "반품 배송비는 누가 부담하나요?",
    "Привет, мир! Ελληνικά, Zażółć gęślą jaźń, tiếng Việt ạ ả ấ",
    "עברית והعربية",
    "Ã is the letter A with tilde",
    "20 °C ± 5 µm © ® ™",
    "ﾊﾝｶｸ ｶﾅ, ｱﾎﾟｽﾄﾛﾌｨ",
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_is_never_touched(text: str) -> None:
    assert repair(f"{text}\n{text}").text == f"{text}\n{text}"


@pytest.mark.parametrize("text", [text for text in CLEAN if not text.startswith("Ã")])
def test_nothing_is_said_about_clean_text(text: str) -> None:
    assert repair(text).warnings == ()


@pytest.mark.parametrize("encoding", ["latin-1", "sloppy-windows-1252"])
@pytest.mark.parametrize(
    "text", ["Crème brûlée", "Straße – 5 €", "你好，世界！退货政策", "日本語のテキスト。", "한국어", "Привет"]
)
def test_utf8_read_as_something_else_is_repaired_with_a_warning(text: str, encoding: str) -> None:
    import ftfy.bad_codecs  # noqa: F401 - registers the sloppy codecs

    repaired = repair(text.encode().decode(encoding))
    assert repaired.text == text
    assert repaired.warnings == ("Text that had been saved in a wrong encoding was repaired.",)


def test_only_the_garbled_lines_change() -> None:
    text = "Grüße\nGrÃ¼ÃŸe\n退货"
    assert repair(text).text == "Grüße\nGrüße\n退货"


def test_what_cannot_be_repaired_is_reported_and_kept() -> None:
    text = "GrÃ¼Ã\ufffde aus dem Süden â€"
    found = repair(text)
    assert "looks as if it had been saved in a wrong encoding" in " ".join(found.warnings)


def test_ascii_is_not_even_looked_at() -> None:
    assert repair("plain " * 100_000).warnings == ()


def test_a_long_line_is_repaired_in_parts() -> None:
    line = "Crème brûlée. " * 4000
    assert repair(line.encode().decode("latin-1")).text == line
