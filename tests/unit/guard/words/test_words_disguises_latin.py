"""English words in disguise, and Japanese ones: exact spans in the text as it was."""

from __future__ import annotations

import pytest

from engine.guard.words.matcher import Pattern, WordMatcher

ENGLISH = ("idiot", "moron", "bastard", "bitch", "shit", "shut up", "go to hell", "Acme", "c++", "web3 coin")
JAPANESE = ("死ね", "くたばれ", "馬鹿野郎", "クソ野郎", "クレーマー", "違法薬物", "個人のline")


@pytest.fixture(scope="module")
def english() -> WordMatcher:
    return WordMatcher(Pattern(word, word) for word in ENGLISH)


@pytest.fixture(scope="module")
def japanese() -> WordMatcher:
    return WordMatcher(Pattern(word, word) for word in JAPANESE)


def alone(matcher: WordMatcher, hidden: str, frame: str) -> tuple[str, bool]:
    """Return what is found of a hidden word in a frame, after checking that its span is exact."""
    text = frame.format(hidden)
    (hit,) = matcher.find(text)
    assert hit.span.of(text) == hidden
    return hit.pattern.word, hit.disguised


FRAME = "Well, {} - that is all."
RAHMEN = "お客様、「{}」と申し上げました。"


@pytest.mark.parametrize("word", ENGLISH)
def test_any_case_and_width_is_plain(english: WordMatcher, word: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in word)
    for written in (word, word.upper(), word.title(), wide):
        assert alone(english, written, FRAME) == (word, False)


@pytest.mark.parametrize("separator", [*"*.-_·~❤|/^★", "😀", "🏳️‍🌈", "...", "\u2060-"])
@pytest.mark.parametrize("word", ["idiot", "moron", "Acme"])
def test_signs_between_letters(english: WordMatcher, word: str, separator: str) -> None:
    assert alone(english, separator.join(word), FRAME) == (word, True)


@pytest.mark.parametrize("invisible", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e"])
def test_invisible_characters_are_no_letters(english: WordMatcher, invisible: str) -> None:
    assert alone(english, invisible.join("moron"), FRAME)[0] == "moron"


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("1d10t", "idiot"),
        ("!diot", "idiot"),
        ("ldiot", "idiot"),
        ("m0r0n", "moron"),
        ("b@st@rd", "bastard"),
        ("b4$t4rd", "bastard"),
        ("8itch", "bitch"),
        ("b1tch", "bitch"),
        ("5h1t", "shit"),
        ("$hi7", "shit"),
        ("sh|t", "shit"),
        ("g0 t0 he11", "go to hell"),
        ("4cm3", "Acme"),
    ],
)
def test_digits_and_signs_for_letters(english: WordMatcher, hidden: str, word: str) -> None:
    assert alone(english, hidden, FRAME) == (word, True)


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("іdіоt", "idiot"),  # Cyrillic
        ("mоrоn", "moron"),
        ("bаstаrd", "bastard"),
        ("мοron", "moron"),  # Cyrillic and Greek
        ("αcme", "Acme"),
        ("ɑᴄᴍᴇ", "Acme"),
        ("bıtch", "bitch"),
        ("ídïöt", "idiot"),
        ("m\u00f6r\u00f6n", "moron"),
        ("s\u0336h\u0336i\u0336t", "shit"),
    ],
)
def test_look_alikes_and_accents(english: WordMatcher, hidden: str, word: str) -> None:
    assert alone(english, hidden, FRAME)[0] == word


@pytest.mark.parametrize("hidden", ["𝐦𝐨𝐫𝐨𝐧", "𝓂𝑜𝓇𝑜𝓃", "ⓜⓞⓡⓞⓝ", "🅼🅾🆁🅾🅽", "🅜🅞🅡🅞🅝", "🇲🇴🇷🇴🇳", "ｍorｏn", "m𝟎r𝟎n", "𝕞𝕠𝕣𝕠𝕟"])
def test_letters_from_other_parts_of_unicode(english: WordMatcher, hidden: str) -> None:
    assert alone(english, hidden, FRAME)[0] == "moron"


@pytest.mark.parametrize("hidden", ["i d i o t", "s h i t", "m o r o n", "i. d. i. o. t", "b i tc h"])
def test_single_letters_apart(english: WordMatcher, hidden: str) -> None:
    assert alone(english, hidden, FRAME)[1]


@pytest.mark.parametrize("hidden", ["s.hut up", "shut-up", "shut  up", "s h u t up", "shut\nup", "shutup", "sh*t up"])
def test_a_phrase_may_be_pulled_apart_or_together(english: WordMatcher, hidden: str) -> None:
    assert alone(english, hidden, FRAME)[0] == "shut up"


@pytest.mark.parametrize(
    ("hidden", "word"), [("id*ot", "idiot"), ("mo#on", "moron"), ("b_tch", "bitch"), ("a*me", "Acme")]
)
def test_a_mask_for_a_letter(english: WordMatcher, hidden: str, word: str) -> None:
    assert alone(english, hidden, FRAME) == (word, True)


@pytest.mark.parametrize(
    "text",
    [
        "We shut uptown offices.",
        "The moronically named band",
        "idiotic, idiots",
        "sidiot",
        "Acmeville",
        "It hits hard: push it.",
        "The bite, children, is small.",
        "bid IoT devices",
        "room or onion soup",
        "b astard",
        "mo on",
        "1010 1110 5417 8174",
        "go to the hello page",
        "a cme",
        "email b@startup.example",
    ],
)
def test_ordinary_english(english: WordMatcher, text: str) -> None:
    assert english.find(text) == ()


@pytest.mark.parametrize("word", JAPANESE)
def test_japanese_as_it_is_listed(japanese: WordMatcher, word: str) -> None:
    assert alone(japanese, word, RAHMEN) == (word, False)


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("死ネ", "死ね"),
        ("死・ね", "死ね"),
        ("死*ね", "死ね"),
        ("死\u200bね", "死ね"),
        ("死😀ね", "死ね"),
        ("死 ね", "死ね"),
        ("クタバレ", "くたばれ"),
        ("ｸﾀﾊﾞﾚ", "くたばれ"),
        ("く～た～ば～れ", "くたばれ"),
        ("く た ば れ", "くたばれ"),
        ("くた*れ", "くたばれ"),
        ("馬★鹿★野★郎", "馬鹿野郎"),
        ("馬鹿*郎", "馬鹿野郎"),
        ("馬/鹿/野/郎", "馬鹿野郎"),
        ("くそ野郎", "クソ野郎"),
        ("ｸｿ野郎", "クソ野郎"),
        ("違･法･薬･物", "違法薬物"),
        ("個人のＬＩＮＥ", "個人のline"),
        ("個人のL1NE", "個人のline"),
    ],
)
def test_japanese_in_disguise(japanese: WordMatcher, hidden: str, word: str) -> None:
    assert alone(japanese, hidden, RAHMEN)[0] == word


def test_combining_voice_marks_belong_to_the_span(japanese: WordMatcher) -> None:
    assert alone(japanese, "くたは\u3099れ", RAHMEN)[0] == "くたばれ"


@pytest.mark.parametrize(
    "text",
    [
        "死んでもいいわけではございません。",
        "馬と鹿が野原におります。",
        "クレームを承りました。",
        "薬物の違いと法律について。",
        "くたくたになりました。",
        "LINEの公式アカウントをご利用ください。",
    ],
)
def test_ordinary_japanese(japanese: WordMatcher, text: str) -> None:
    assert japanese.find(text) == ()
