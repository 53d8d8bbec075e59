"""A declared language counts where the script of the text allows it: templates of web sites often declare another."""

from __future__ import annotations

import pytest

from engine.domain.knowledge import Block, BlockKind, ParsedDocument, Span
from engine.languages.detection import ScriptDetector
from ingestion.language import document_language
from ingestion.parsing import parse

TEXTS = {
    "en": "Please keep the original box until you are sure that everything works.",
    "de": "Bitte bewahren Sie die Verpackung auf, bis alles funktioniert.",
    "ru": "Пожалуйста, сохраните упаковку, пока не убедитесь, что всё работает.",
    "ar": "يرجى الاحتفاظ بالعلبة الأصلية حتى تتأكد من أن كل شيء يعمل.",
    "th": "โปรดเก็บกล่องเดิมไว้จนกว่าคุณจะแน่ใจว่าทุกอย่างใช้งานได้",
    "ko": "모든 것이 작동하는지 확인할 때까지 상자를 보관하세요.",
    "ja": "すべてが正常に動くことを確認するまで、箱を保管してください。",
    "zh-Hans": "请保留原包装，直到您确定一切正常。",
    "zh-Hant": "請保留原包裝，直到您確定一切正常。退貨需要在三十天內申請。",
    "vi": "Vui lòng giữ lại hộp cho đến khi bạn chắc chắn mọi thứ hoạt động.",
}


def found(text: str, declared: str | None) -> str:
    document = ParsedDocument("T", text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),), language=declared)
    return document_language(document, "a.html", ScriptDetector())


@pytest.mark.parametrize("declared", ["en", "de", "ru", "ar", "th", "ko", "ja", "zh-Hans"])
@pytest.mark.parametrize("written", ["en", "ru", "ar", "th", "ko", "ja", "zh-Hant"])
def test_a_language_of_another_script_is_never_believed(declared: str, written: str) -> None:
    scripts = {"en": "Latn", "de": "Latn", "zh-Hans": "Hani", "zh-Hant": "Hani"}
    language = found(TEXTS[written], declared)
    if scripts.get(declared, declared) == scripts.get(written, written):
        assert language == declared
    else:
        assert language == written


@pytest.mark.parametrize("language", TEXTS)
def test_without_a_declaration_the_text_tells(language: str) -> None:
    assert found(TEXTS[language], None) == language


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("ru", "Введите команду: knowdesk ingest manuals --kb shop --watch --json"),
        ("ar", "اضغط Reset Button ثم Power في لوحة التحكم"),
        ("th", "กดปุ่ม Reset แล้วเลือก Power Settings Menu"),
        ("uk", "Будь ласка, збережіть упаковку."),
        ("bg", "Моля, запазете опаковката."),
        ("fa", "لطفاً جعبه را نگه دارید."),
        ("sr", "Molimo sačuvajte kutiju."),
        ("nl", "Bewaar de doos."),
    ],
)
def test_product_names_and_languages_without_a_profile_do_not_overrule_what_is_declared(
    declared: str, text: str
) -> None:
    assert found(text, declared) == declared


@pytest.mark.parametrize("declared", ["ru", "th", "en", "ar"])
def test_a_text_without_letters_is_in_the_language_that_it_declares(declared: str) -> None:
    assert found("404 – 7.50", declared) == declared


def test_a_page_whose_template_says_english_is_in_the_language_of_its_words() -> None:
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><body><p>{TEXTS["ru"]}</p></body></html>'
    parsed = parse(page.encode(), name="ru.html")
    assert parsed.language == "en"
    assert document_language(parsed, "ru.html", ScriptDetector()) == "ru"
