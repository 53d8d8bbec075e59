from __future__ import annotations

from dataclasses import astuple

import pytest

from engine.assist.drafts.letter import Letter, read_letter

OWN = (
    "Hi Lena, thanks for your message. Your parcel arrives on 3 May. Sorry about the wait. Have a nice day!\nBest,\nTom"
)


def test_a_draft_is_taken_apart_and_nothing_is_lost() -> None:
    found = read_letter(OWN, "en")
    assert found == Letter(
        "Hi Lena, ",
        "Lena",
        "thanks for your message. ",
        "Your parcel arrives on 3 May. Sorry about the wait. ",
        "Have a nice day!\n",
        "Best,\nTom",
    )
    greeting, _, *rest = astuple(found)
    assert "".join((greeting, *rest)) == OWN


@pytest.mark.parametrize(
    ("text", "language", "greeting", "addressee"),
    [
        ("Dear Ms Fischer,\n\nit takes 5 days.", "en", "Dear Ms Fischer,\n\n", "Ms Fischer"),
        ("Hi there! It takes 5 days.", "en", "Hi there! ", ""),
        ("Dear customer, it takes 5 days.", "en", "Dear customer, ", ""),
        ("It takes 5 days.", "en", "", ""),
        ("Sehr geehrte Frau Weber, es dauert 5 Tage.", "de", "Sehr geehrte Frau Weber, ", "Frau Weber"),
        ("Sehr geehrte Damen und Herren, es dauert 5 Tage.", "de", "Sehr geehrte Damen und Herren, ", ""),
        ("王女士，您好！5天到账。", "zh-Hans", "王女士，您好！", "王女士"),
        ("您好，5天到账。", "zh-Hans", "您好，", ""),
        ("田中様\n5日かかります。", "ja", "田中様\n", "田中"),
        ("お客様\n5日かかります。", "ja", "お客様\n", ""),
        ("Madame, Monsieur,\nil faut 5 jours.", "fr", "Madame, Monsieur,\n", ""),
        ("尊敬的客户，您好！5天到账。", "zh-Hans", "尊敬的客户，您好！", ""),
    ],
)
def test_the_greeting_tells_whom_it_is_to(text: str, language: str, greeting: str, addressee: str) -> None:
    found = read_letter(text, language)
    assert (found.greeting, found.addressee) == (greeting, addressee)
    assert found.body == text[len(greeting) :]


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("It takes 5 days.\nKind regards\nTom Becker\nMaruvale", "Kind regards\nTom Becker\nMaruvale"),
        ("Es dauert 5 Tage.\n\nMit freundlichen Grüßen\nTom", "Mit freundlichen Grüßen\nTom"),
        ("5天到账。\n此致\n敬礼", "此致\n敬礼"),
        ("Thanks\nIt takes 5 days.\n" + "line\n" * 6, ""),
        ("Best regards", ""),
        ("It takes 5 days. Best regards to all.", ""),
    ],
)
def test_a_sign_off_and_what_is_below_it_is_the_signature(text: str, signature: str) -> None:
    assert read_letter(text, "en").signature == signature


def test_courtesies_alone_are_the_body() -> None:
    found = read_letter("Hello, thank you for your message. Have a nice day!", "en")
    assert (found.opening, found.body, found.closing) == ("", "thank you for your message. Have a nice day!", "")


def test_a_courtesy_that_names_somebody_is_kept() -> None:
    found = read_letter("Hello! Thank you for calling Maruvale, it was nice. It takes 5 days.", "en")
    assert (found.opening, found.body[:24]) == ("", "Thank you for calling Ma")


def test_an_apology_before_the_last_sentence_belongs_to_the_body() -> None:
    found = read_letter("It takes 5 days. Sorry about that. Thank you!", "en")
    assert (found.body, found.closing) == ("It takes 5 days. Sorry about that. ", "Thank you!")


def test_what_drafts_say_themselves_is_courtesy() -> None:
    sorry, invite = "I'm sorry that this isn't what you hoped for.", "If anything is unclear, just write back."
    found = read_letter(f"Hello,\n{sorry}\nIt takes 5 days.\n{invite}", "en")
    assert (found.opening, found.closing) == (f"{sorry}\n", invite)
