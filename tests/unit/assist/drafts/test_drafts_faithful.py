from __future__ import annotations

import pytest

from engine.assist.drafts.courtesy import is_courtesy
from engine.assist.drafts.faithful import is_faithful

DRAFT = "Your refund of EUR 20 for order MV-2026-118420 arrives within 5 working days. Vouchers cannot be refunded."
KNOWN = "My order MV-2026-118420 is late. I am Lena Fischer and I paid EUR 20."


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (DRAFT, True),
        ("Within 5 working days you get EUR 20 back for order MV-2026-118420. Vouchers cannot be refunded.", True),
        ("Hi Lena, your refund of EUR 20 for order MV-2026-118420 arrives within 5 working days.", True),
        ("Your refund of EUR 30 for order MV-2026-118420 arrives within 5 working days.", False),
        ("Your refund of EUR 20 for order MV-2026-118420 arrives within 3 working days.", False),
        ("Your refund of EUR 20 arrives within 5 working days.", False),
        ("Your refund for order MV-2026-118420 arrives within 5 working days.", False),
        ("Dear Mr Smith, your refund of EUR 20 for order MV-2026-118420 arrives within 5 working days.", False),
        (f"{DRAFT} See www.elsewhere.example.", False),
        (f"{DRAFT} Vouchers can be refunded.", False),
        (f"{DRAFT} We deliver a new kettle tomorrow.", False),
        ("Ihre Erstattung von 20 EUR für die Bestellung MV-2026-118420 kommt innerhalb von 5 Werktagen an.", False),
        ("", False),
        ("  ", False),
    ],
)
def test_numbers_names_denials_and_promises_stay(text: str, holds: bool) -> None:
    assert is_faithful(text, DRAFT, KNOWN, "en") is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("订单 MV-2026-118420 的退款 20 EUR 将在 5 个工作日内到账。代金券不能退款。", True),
        ("订单 MV-2026-118420 的退款 25 EUR 将在 5 个工作日内到账。", False),
        ("订单的退款将在 5 个工作日内到账。", False),
        (DRAFT, False),
    ],
)
def test_a_translation_keeps_the_quantities_and_is_in_its_language(text: str, holds: bool) -> None:
    assert is_faithful(text, DRAFT, "", "zh-Hans", translated=True) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("I understand that this is annoying.", True),
        ("I am sorry that order MV-2026-118420 is late, Lena.", True),
        ("We will refund you EUR 20.", False),
        ("We will refund you.", False),
        ("I have sent you a new one.", False),
        ("I am sorry that order MV-2026-999999 is late.", False),
        ("I am sorry, see https://elsewhere.example.", False),
        ("I am sorry, dear Johnson.", False),
        ("Dear Mr Smith, sorry.", False),
        ("Hello Lena, sorry.", False),
        ("Es tut mir wirklich sehr leid, dass Sie so lange auf Ihre Bestellung warten mussten.", False),
        ("One. Two. Three.", False),
        ("Sorry " * 60, False),
        ("", False),
    ],
)
def test_courtesy_promises_reports_and_names_nothing_new(text: str, holds: bool) -> None:
    assert is_courtesy(text, KNOWN, "en") is holds


@pytest.mark.parametrize(
    ("text", "language", "holds"),
    [
        ("很抱歉让您久等了。", "zh-Hans", True),
        ("我们会在3天内退款给您。", "zh-Hans", False),
        ("ご迷惑をおかけして申し訳ございません。", "ja", True),
        ("明日返金いたします。", "ja", False),
    ],
)
def test_courtesy_is_told_in_other_languages(text: str, language: str, holds: bool) -> None:
    assert is_courtesy(text, "", language) is holds
