"""Whatever a text is: it can be searched, what is found lies in it, and what is absent is not found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.guard.offensive import offensiveness
from engine.guard.reply_findings import abuse, instructions, personal_data
from engine.guard.rules.packs import pack_names, shipped_pack
from engine.guard.rules.ruleset import RuleSet
from engine.guard.words.matcher import Pattern, WordMatcher
from engine.guard.words.reading import FoldedText, phonetic_reading, symbol_readings
from engine.languages.folding import fold

WORDS = ("微信", "代开发票", "賭博", "moron", "shut up", "くたばれ")
MATCHER = WordMatcher(Pattern(word, word) for word in WORDS)
PLAIN = WordMatcher(Pattern(word, word, disguised=False) for word in WORDS)
RULES = {name: RuleSet({name: shipped_pack(name)}) for name in pack_names()}
ANY = st.text(st.characters(), max_size=60)  # lone surrogates and control characters among them
PIECES = st.lists(
    st.sampled_from(
        [*WORDS, "微", "信", "０", "＊", "ﬁ", "㈱", "\u0301", "\u3099", "İ", "ß", "\ud800", "\u200d", "❤️", " "]
    ),
    max_size=15,
).map("".join)
TEXTS = ANY | PIECES
DIGITS = st.text("0123456789 .,()%", max_size=40)
SAFE = st.text("退货请稍等谢谢您好，。 \n", max_size=60)


@given(TEXTS)
def test_each_plain_hit_reads_like_its_word(text: str) -> None:
    for hit in PLAIN.find(text):
        assert not hit.disguised
        assert fold(hit.pattern.word) in fold(hit.span.of(text))


@given(TEXTS)
def test_whatever_is_found_plainly_is_found_among_disguises(text: str) -> None:
    covered = [range(hit.span.start, hit.span.end) for hit in MATCHER.find(text)]
    assert all(any(hit.span.start in each for each in covered) for hit in PLAIN.find(text))


@given(TEXTS)
def test_to_search_twice_finds_the_same(text: str) -> None:
    assert MATCHER.find(text) == MATCHER.find(text)


@given(TEXTS, st.sampled_from(WORDS))
def test_a_word_put_after_a_text_is_found(text: str, word: str) -> None:
    whole = f"{text}。\n{word}"
    assert any(hit.span.end > len(text) for hit in PLAIN.find(whole))


@given(SAFE | DIGITS)
def test_text_without_any_letter_of_a_word_is_clean(text: str) -> None:
    assert MATCHER.find(text) == ()


@given(st.text("abcdefgh ", max_size=60))
def test_a_word_whose_letters_are_missing_is_not_found(text: str) -> None:
    assert WordMatcher([Pattern("stupid", "k")]).find(text) == ()


@given(ANY)
def test_a_matcher_can_be_made_of_any_word(word: str) -> None:
    matcher = WordMatcher([Pattern(word, "k")])
    for hit in matcher.find(f"{word} 您好 {word}"):
        assert 0 <= hit.span.start < hit.span.end <= 2 * len(word) + 4


@given(st.text(st.characters(categories=["Ll", "Lo"], max_codepoint=0x9FFF), min_size=1, max_size=8))
def test_a_word_of_letters_finds_itself(word: str) -> None:
    assert [hit.span.of(word) for hit in WordMatcher([Pattern(word, "k")]).find(word)] == [word]


@given(TEXTS)
def test_readings_have_a_place_for_every_symbol(text: str) -> None:
    read = FoldedText.of(text)
    spoken = phonetic_reading(read.text)
    for reading in [*symbol_readings(read.text), *([spoken] if spoken else [])]:
        assert len(reading.symbols) == len(reading.places)
        assert reading.places == sorted(reading.places)
        assert all(0 <= place < len(read.text) for place in reading.places)


@given(TEXTS)
def test_any_folded_stretch_leads_into_the_text(text: str) -> None:
    read = FoldedText.of(text)
    spans = [read.original(at, at + 1) for at in range(len(read.text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert [span.start for span in spans] == sorted(span.start for span in spans)


@pytest.mark.parametrize("name", pack_names())
@settings(max_examples=40)
@given(text=TEXTS | DIGITS)
def test_every_pack_reads_any_text(name: str, text: str) -> None:
    found = list(RULES[name].findings(text, "zh-Hant"))
    assert all(0 <= each.span.start < each.span.end <= len(text) for each in found)
    assert {each.id.partition("/")[0] for each in found} <= {name}


@settings(max_examples=60)
@given(TEXTS | DIGITS, st.sampled_from(["en", "zh-Hans", "zh-Hant", "ja", "und"]))
def test_the_findings_beside_the_packs_lie_in_the_text(text: str, language: str) -> None:
    found = [*personal_data(text, language, "en"), *instructions(text, "en"), *abuse(text, language, "en")]
    assert all(0 <= each.span.start < each.span.end <= len(text) for each in found)
    assert all(each.remedy for each in found)


@given(TEXTS)
def test_offensiveness_is_a_share_and_of_both_scripts_alike(text: str) -> None:
    assert 0 <= offensiveness(text) <= 1
    assert offensiveness(text) == offensiveness(fold(text))


@given(
    st.lists(st.sampled_from(["*", "😀", "\u200b", "·", "\u3000"]), min_size=1, max_size=6), st.sampled_from(WORDS[:3])
)
def test_up_to_six_signs_between_two_characters_hide_nothing(signs: list[str], word: str) -> None:
    hidden = f"{word[:1]}{''.join(signs)}{word[1:]}"
    text = f"您好，{hidden}。"
    assert [hit.span.of(text) for hit in MATCHER.find(text)] == [hidden]
