"""Ordinary sentences that sound like listed words, long texts, and words that overlap."""

from __future__ import annotations

from random import Random

import pytest

from engine.embedding.static import StaticEmbedder
from engine.guard.words.disguises import hides
from engine.guard.words.matcher import Pattern, WordMatcher
from engine.guard.words.variants import Spelling, symbol_spellings

WORDS = (
    "微信",
    "赌博",
    "代开发票",
    "傻逼",
    "洗钱",
    "刷单",
    "毒品",
    "套现",
    "死ね",
    "馬鹿野郎",
    "传销",
    "色情",
    "moron",
)
FILLER = "您好，您的订单已经登记，仓库会在工作日处理。Thanks for your patience.\n"


@pytest.fixture(scope="module")
def matcher() -> WordMatcher:
    return WordMatcher((Pattern(word, word) for word in WORDS), is_word=StaticEmbedder().knows)


def said(matcher: WordMatcher, text: str) -> list[tuple[str, str]]:
    return [(hit.pattern.word, hit.span.of(text)) for hit in matcher.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "症状很轻微。信用卡可以照常使用。",
        "症狀很輕微。信用卡可以照常使用。",
        "我们读博士的时候",
        "洗衣前钱包请取出",
        "这条单子，刷新一下即可。",
        "刷卡后单据请保留",
        "商品已传到销售部",
        "大家麻烦您了",
        "颜色、情况说明",
        "独立品牌",
        "獨特品質",
        "套装现货",
        "传奇销量",
        "微软信息安全",
        "卫星导航",
        "喂，新年好",
        "未信任的设备",
        "必死。ねばり強く対応いたします。",
        "馬と鹿が野原におります。",
        "1. mo\n2. ron",
        "Oxymoron and moronic",
    ],
)
def test_ordinary_sentences_hide_nothing(matcher: WordMatcher, text: str) -> None:
    assert said(matcher, text) == []


@pytest.mark.parametrize("hidden", ["微❤信", "賭博", "代开*票", "m0r0n", "死・ね", "沙比"])
@pytest.mark.parametrize("place", [0, 1, 150, 299, 300])
def test_a_long_text_is_searched_to_its_ends(matcher: WordMatcher, hidden: str, place: int) -> None:
    text = f"{FILLER * place}{hidden}。{FILLER * (300 - place)}"
    (hit,) = matcher.find(text)
    assert (hit.span.start, hit.span.of(text)) == (len(FILLER) * place, hidden)


def test_a_long_clean_text_stays_clean(matcher: WordMatcher) -> None:
    assert matcher.find(FILLER * 300) == ()


@pytest.mark.parametrize("char", ["微", "*", " ", "\u200b", "❤", "m", "0", "亻", "\u0301", "𠮷"])
def test_one_character_over_and_over(matcher: WordMatcher, char: str) -> None:
    assert matcher.find(char * 5000) == ()


def test_everything_planted_is_found_in_order(matcher: WordMatcher) -> None:
    random = Random(7)
    planted = [random.choice(["微信", "薇信", "賭*博", "m.o.r.o.n", "代開發票"]) for _ in range(120)]
    text = FILLER.join(planted)
    assert [found for _, found in said(matcher, text)] == planted


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (("微信", "微信号", "加微信"), "加微信号", [("加微信", "加微信")]),
        (("微信", "微信号"), "微信号", [("微信号", "微信号")]),
        (("ab", "abc", "bcd"), "abcd abc ab", [("abc", "abc"), ("ab", "ab")]),
        (("shut up", "up yours"), "shut up yours", [("up yours", "up yours")]),
        (("微信", "威信"), "威信", [("威信", "威信")]),  # a plain word counts before a disguise
        (("微信", "威信力"), "微信力", [("微信", "微信")]),
        (("大麻", "麻烦"), "大麻烦", [("大麻", "大麻")]),  # as long: the first
        (("a b", "b c"), "a b c", [("a b", "a b")]),
        (("moron", "moron "), "moron", [("moron", "moron")]),
        (("moron", "MORON"), "Moron", [("moron", "Moron")]),
    ],
)
def test_of_overlapping_words_one_counts(words: tuple[str, ...], text: str, found: list[tuple[str, str]]) -> None:
    assert said(WordMatcher(Pattern(word, word) for word in words), text) == found


def test_words_side_by_side_all_count() -> None:
    matcher = WordMatcher(Pattern(word, word) for word in ("微信", "赌博"))
    assert [word for word, _ in said(matcher, "微信赌博微信")] == ["微信", "赌博", "微信"]


def test_a_word_that_may_not_be_hidden_beside_one_that_may() -> None:
    matcher = WordMatcher([Pattern("moron", "plain", disguised=False), Pattern("idiot", "any")])
    text = "m0ron 1diot MORON m.oron"
    assert [(hit.pattern.key, hit.span.of(text)) for hit in matcher.find(text)] == [
        ("any", "1diot"),
        ("plain", "MORON"),
    ]


def test_known_words_keep_only_disguises_from_being_found() -> None:
    matcher = WordMatcher([Pattern("微信", "w")], is_word={"轻微", "信任", "威信"}.__contains__)
    assert said(matcher, "威信") == []
    assert said(matcher, "微信") == [("微信", "微信")]


@pytest.mark.parametrize("gap", ["*" * 6, " ❤ ❤ "])
def test_a_gap_may_be_six_characters_long(matcher: WordMatcher, gap: str) -> None:
    assert said(matcher, f"微{gap}信") == [("微信", f"微{gap}信")]
    assert said(matcher, f"微{gap}**信") == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [("s h u t u p", True), ("s h u t up", True), ("shut u p", True), ("sh ut up", True), ("shu t up", False)],
)
def test_each_word_of_a_phrase_is_whole_or_in_small_pieces(text: str, phrase: bool) -> None:
    spelling = next(symbol_spellings("shut up"))
    assert spelling == Spelling("shutup", None, frozenset({4}))
    places = [at for at, char in enumerate(text) if char != " "]
    assert hides(text, places, spelling, lambda _: False) is phrase


def test_a_list_of_thousands_finds_each_word_in_one_pass() -> None:
    random = Random(11)
    words = {"".join(random.choices("bcdfghjkmnpqrtvwxz", k=9)) for _ in range(3000)}
    matcher = WordMatcher(Pattern(word, word) for word in sorted(words))
    chosen = random.sample(sorted(words), 50)
    assert [word for word, _ in said(matcher, "; ".join(chosen))] == chosen
