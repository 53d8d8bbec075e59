"""What disguises are undone with: look-alikes, sounds, spellings, readings."""

from __future__ import annotations

import pytest

from engine.guard.words.disguises import hides, is_apart, sounds_like
from engine.guard.words.lookalikes import PIECES, canonical
from engine.guard.words.ordinary import is_ordinary
from engine.guard.words.phonetic import spellings, syllable
from engine.guard.words.reading import FoldedText, phonetic_reading, symbol_readings
from engine.guard.words.variants import Spelling, soundings, symbol_spellings
from engine.languages.folding import fold


@pytest.mark.parametrize(
    ("char", "symbol"),
    [
        ("а", "a"),
        ("é", "e"),
        ("0", "o"),
        ("1", "i"),
        ("l", "i"),
        ("$", "s"),
        ("ア", "あ"),
        ("微", "微"),
        (" ", ""),
        ("，", ""),
        ("❤", ""),
        ("🇦", "a"),
        ("🅱", "b"),
        ("ѕ", "s"),
    ],
)
def test_a_character_and_what_it_passes_for(char: str, symbol: str) -> None:
    assert canonical(char) == symbol


def test_pieces_are_of_single_characters_in_folded_form() -> None:
    assert all(len(whole) == 1 and parts for whole, parts in PIECES.items())
    assert {whole for whole in PIECES if fold(whole) != whole} == set()


@pytest.mark.parametrize(
    ("char", "sound"), [("微", "wei"), ("女", "nv"), ("行", "xing"), ("a", ""), ("あ", ""), ("😀", "")]
)
def test_the_commonest_reading(char: str, sound: str) -> None:
    assert syllable(char) == sound


def test_words_with_two_readings_have_two_spellings() -> None:
    assert ("yin", "hang") in spellings("银行")
    assert spellings("a行") == ()


def test_readings_agree_with_pypinyin() -> None:
    pypinyin = pytest.importorskip("pypinyin")
    for char in "微信傻逼代开发票赌博退货收款客服你们好请加":
        assert syllable(char) == pypinyin.lazy_pinyin(char, v_to_u=False)[0]


def test_spellings_of_a_word() -> None:
    found = {(spelling.symbols, spelling.masked) for spelling in symbol_spellings("代开发票")}
    assert {("代开发票", None), ("亻弋开发票", None), ("代发票", 1), ("代开票", 2)} <= found
    assert [each.symbols for each in symbol_spellings("代开发票", disguised=False)] == ["代开发票"]


def test_a_phrase_knows_its_own_spaces() -> None:
    assert next(symbol_spellings("go to hell")).breaks == {2, 4}


@pytest.mark.parametrize("word", ["微", "加v信", "shit", "ばか"])
def test_only_words_of_han_have_a_sound(word: str) -> None:
    assert list(soundings(word)) == []


def test_the_edges_of_syllables() -> None:
    sound = next(soundings("微信"))
    assert (sound.letters, sorted(sound.edges), sound.word) == ("weixin", [0, 3, 6], "微信")


def test_readings_drop_what_separates() -> None:
    readings = [reading.symbols for reading in symbol_readings("微 a信!")]
    assert readings == ["微a信i", "微a信", "微信"]
    assert next(symbol_readings("s-h")).places == [0, 2]


def test_a_text_is_read_aloud_unless_it_is_japanese_or_has_no_han() -> None:
    read = phonetic_reading("微x")
    assert read is not None
    assert (read.symbols, read.places) == ("weix", [0, 0, 0, 1])
    assert phonetic_reading("hello") is None
    assert phonetic_reading("これは本です") is None


def test_folded_places_lead_back() -> None:
    read = FoldedText.of("㈱ＡＢ")
    assert read.text == "(株)ab"
    assert read.original(3, 4).of("㈱ＡＢ") == "Ａ"


@pytest.mark.parametrize(
    ("text", "start", "end", "apart"),
    [("ab cd", 3, 5, True), ("abcd", 2, 4, False), ("cdab", 0, 2, False), ("请cd吧", 1, 3, True)],
)
def test_words_begin_and_end_where_letters_do(text: str, start: int, end: int, apart: bool) -> None:
    assert is_apart(text, start, end) is apart


def test_a_mask_must_stand_where_the_character_is_missing() -> None:
    spelling = Spelling("btch", 1)
    assert hides("b*tch", [0, 2, 3, 4], spelling, lambda _: False)
    assert not hides("bt*ch", [0, 1, 3, 4], spelling, lambda _: False)


def test_sounds_must_begin_and_end_with_syllables() -> None:
    sound = next(soundings("西安"))  # xi an, as 先 is not
    assert not sounds_like("先", [0, 0, 0, 0], sound, lambda _: False)


@pytest.mark.parametrize(
    ("text", "start", "end", "listed", "ordinary"),
    [
        ("添加为空", 1, 3, "", True),  # 添加 ends inside
        ("我要加为空", 2, 4, "", True),  # 为空 begins inside
        ("我加为了", 1, 3, "", False),
        ("独播", 0, 2, "赌博", True),
        ("夹微信", 0, 3, "加微信", False),  # 微信 stands in the listed word too
    ],
)
def test_ordinary_words_around_and_inside(text: str, start: int, end: int, listed: str, ordinary: bool) -> None:
    known = {"添加", "为空", "独播", "微信"}
    assert is_ordinary(text, start, end, is_word=known.__contains__, listed=listed) is ordinary
