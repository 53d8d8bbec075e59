from __future__ import annotations

import pytest

from engine.languages.quantities import quantities
from engine.languages.service_phrases import after_greeting
from engine.languages.wordiness import shortened


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Please note that your parcel left on 3 May.", "Your parcel left on 3 May."),
        ("I would like to inform you that it is free.", "It is free."),
        ("Press the key in order to reset it.", "Press the key to reset it."),
        ("Prior to cleaning, pull the plug.", "Before cleaning, pull the plug."),
        ("It is late due to the fact that it snowed.", "It is late because it snowed."),
        ("温馨提示：运费12元。", "运费12元。"),
        ("我们会对商品进行检查。", "我们会对商品检查。"),
        ("我們會進行確認。", "我們會確認。"),
        ("2日以内に発送させていただきます。", "2日以内に発送いたします。"),
        ("返品することができます。", "返品できます。"),
        ("送料は無料となっております。", "送料は無料です。"),
        ("Zum jetzigen Zeitpunkt ist es ausverkauft.", "Jetzt ist es ausverkauft."),
        ("Appuyez dans le but de redémarrer.", "Appuyez pour redémarrer."),
        ("Púlselo con el fin de reiniciar.", "Púlselo para reiniciar."),
    ],
)
def test_turns_of_phrase_become_shorter(long: str, short: str) -> None:
    assert shortened(long) == short


@pytest.mark.parametrize(
    "text", ["", "It takes 5 days.", "运费12元。", "5日かかります。", "Please note the number 12."]
)
def test_what_is_short_stays(text: str) -> None:
    assert shortened(text) == text


def test_numbers_stay() -> None:
    text = "Please note that in order to get the EUR 20 back by 3 May you need code E12."
    assert [each.values for each in quantities(shortened(text))] == [each.values for each in quantities(text)]


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("Dear Ms Fischer,", "Ms Fischer"),
        ("Hi there!", "there"),
        ("Hello,", ""),
        ("Sehr geehrte Frau Weber,", "Frau Weber"),
        ("您好！", ""),
        ("Your parcel is late.", None),
        ("", None),
    ],
)
def test_what_follows_a_greeting_is_told(said: str, after: str | None) -> None:
    assert after_greeting(said) == after
