from __future__ import annotations

import pytest

from engine.languages.ngrams import NgramModel, ngram_model, plain_words
from engine.languages.scripts import SCRIPTS

LATIN = SCRIPTS["Latn"].languages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Where is MV-2026-004512 now?", ["Where", "is", "now"]),
        ("E12 v2.3.1 0x80070005", []),
        ("my R3 shows error E7", ["my", "shows", "error"]),
        ("LINE Pay with JCB", ["Pay", "with"]),
        ("HELP ME PLEASE", ["HELP", "ME", "PLEASE"]),
        ("I agree", ["I", "agree"]),
        ("30 days", ["days"]),
        ("", []),
    ],
)
def test_plain_words_leave_codes_out(text: str, expected: list[str]) -> None:
    assert plain_words(text) == expected


@pytest.mark.parametrize("text", ["Breva", "Breva Alto Cora", "K2", "Nido S1", "", "!?", "Maruvale"])
def test_names_alone_give_the_first_language(text: str) -> None:
    assert NgramModel(("en", "de")).best(text) == "en"
    assert NgramModel(("de", "en")).best(text) == "de"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the parcel never came", "en"),
        ("das Paket kam nie an", "de"),
        ("le colis n'est jamais arrivé", "fr"),
        ("el paquete nunca llegó", "es"),
        ("il pacco non è mai arrivato", "it"),
        ("o pacote nunca chegou", "pt"),
        ("gói hàng không bao giờ đến", "vi"),
        ("het pakket is nooit aangekomen", "nl"),
        ("paczka nigdy nie dotarła", "pl"),
        ("paket hiç gelmedi", "tr"),
        ("jag har väntat på paketet i två veckor och ingen svarar", "sv"),
        ("paketti ei koskaan saapunut", "fi"),
        ("balíček nikdy nedorazil", "cs"),
        ("a csomag soha nem érkezett meg", "hu"),
        ("pachetul nu a mai ajuns", "ro"),
        ("paketnya tidak pernah sampai", "id"),
    ],
)
def test_latin_languages(text: str, language: str) -> None:
    assert ngram_model(LATIN).best(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Посылка так и не пришла", "ru"),
        ("Посилка так і не прийшла", "uk"),
        ("Поръчах преди две седмици и още нищо не съм получил", "bg"),
    ],
)
def test_cyrillic_languages(text: str, language: str) -> None:
    assert ngram_model(SCRIPTS["Cyrl"].languages).best(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("لم تصل الشحنة أبدا", "ar"),
        ("بسته هرگز نرسید و من منتظر هستم", "fa"),
        ("پیکیج کبھی نہیں پہنچا", "ur"),
    ],
)
def test_arabic_script_languages(text: str, language: str) -> None:
    assert ngram_model(SCRIPTS["Arab"].languages).best(text) == language


def test_function_words_outweigh_foreign_names() -> None:
    assert ngram_model(LATIN).best("Was ist Engineering News?") == "de"
    assert ngram_model(LATIN).best("Wo liegt die Hyde Park Day School?") == "de"
    assert ngram_model(LATIN).best("Qui a écrit The Great Gatsby ?") == "fr"


def test_spanish_marks_tell() -> None:
    assert ngram_model(LATIN).best("¿Qué es DECnet?") == "es"
    assert NgramModel(("en", "de")).best("¿Breva?") == "en"


def test_a_model_is_built_once() -> None:
    assert ngram_model(("en", "de")) is ngram_model(("en", "de"))


def test_the_same_text_always_gives_the_same_language() -> None:
    first, second = NgramModel(LATIN), NgramModel(LATIN)
    for text in ("pedido", "ordine", "garantie", "visa", "no"):
        assert first.best(text) == second.best(text) == first.best(text)
