"""Listed words, as they are and in disguise."""

from __future__ import annotations

import pytest

from engine.guard.words.matcher import Pattern, WordMatcher

WORDS = (
    "微信",
    "傻逼",
    "代开发票",
    "赌博",
    "加微信",
    "shit",
    "bitch",
    "shut up",
    "moron",
    "死ね",
    "ばかやろう",
    "加v信",
)
KNOWN = {"添加", "为空", "微软", "信息", "增加", "威力", "件人", "联播", "微信", "独播"}


@pytest.fixture(scope="module")
def matcher() -> WordMatcher:
    return WordMatcher((Pattern(word, word) for word in WORDS), is_word=KNOWN.__contains__)


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("请加微信联系", "加微信", "加微信"),
        ("薇信", "微信", "薇信"),
        ("我的微xin是", "微信", "微xin"),
        ("微 信", "微信", "微 信"),
        ("微❤信", "微信", "微❤信"),
        ("微\u200b信", "微信", "微\u200b信"),
        ("微亻言", "微信", "微亻言"),
        ("傻b逼", "傻逼", "傻b逼"),
        ("真是沙比", "傻逼", "沙比"),
        ("代開發票", "代开发票", "代開發票"),
        ("代开*票", "代开发票", "代开*票"),
        ("代*发*票", "代开发票", "代*发*票"),
        ("這是賭博", "赌博", "賭博"),
        ("杜博一下", "赌博", "杜博"),
        ("ｓｈｉｔ", "shit", "ｓｈｉｔ"),
        ("SHIT!", "shit", "SHIT"),
        ("$h!t", "shit", "$h!t"),
        ("s!h!i!t", "shit", "s!h!i!t"),
        ("s h i t", "shit", "s h i t"),
        ("s.h.i.t", "shit", "s.h.i.t"),
        ("ѕhіt", "shit", "ѕhіt"),
        ("shît", "shit", "shît"),
        ("🇸🇭🇮🇹", "shit", "🇸🇭🇮🇹"),
        ("b*tch", "bitch", "b*tch"),
        ("5hut up", "shut up", "5hut up"),
        ("sh-ut up", "shut up", "sh-ut up"),
        ("m0r0n", "moron", "m0r0n"),
        ("死 ね", "死ね", "死 ね"),
        ("バカヤロウ", "ばかやろう", "バカヤロウ"),
        ("加 V 信", "加v信", "加 V 信"),
    ],
)
def test_a_word_is_found_where_it_stands(matcher: WordMatcher, text: str, word: str, found: str) -> None:
    assert [(hit.pattern.word, hit.span.of(text)) for hit in matcher.find(text)] == [(word, found)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "将用户添加为空的微软账户",  # 加为 sounds like 加微, 微软 信息 holds 微…信
        "增加。微软信息",
        "push it to the limit",
        "we shut our shop up to now",
        "bi tch",
        "455 and 5417",
        "独播剧场",
        "The mushitake soup",
        "moronic",
        "b tch",  # no mask
        "微。请您信任",
    ],
)
def test_ordinary_words_are_left_alone(matcher: WordMatcher, text: str) -> None:
    assert matcher.find(text) == ()


def test_a_plain_word_is_no_disguise(matcher: WordMatcher) -> None:
    assert [hit.disguised for hit in matcher.find("微信和薇信")] == [False, True]


def test_the_longer_word_counts(matcher: WordMatcher) -> None:
    assert [hit.pattern.word for hit in matcher.find("请加微信")] == ["加微信"]


def test_disguises_can_be_left_out() -> None:
    plain = WordMatcher([Pattern("微信", "w", disguised=False)])
    assert [hit.span.of("薇信 微信 微*信") for hit in plain.find("薇信 微信 微*信")] == ["微信"]


def test_the_key_is_handed_back() -> None:
    (hit,) = WordMatcher([Pattern("Acme", "brand-7")]).find("ask ACME")
    assert (hit.pattern.key, hit.span.start, hit.span.end) == ("brand-7", 4, 8)


@pytest.mark.parametrize("words", [(), ("",), ("***",), ("，。",)])
def test_words_without_letters_find_nothing(words: tuple[str, ...]) -> None:
    assert WordMatcher(Pattern(word, word) for word in words).find("微信 *** ，。 shit") == ()


def test_sounds_are_not_heard_in_japanese(matcher: WordMatcher) -> None:
    assert matcher.find("こちらは沙比というものでございます。") == ()


def test_spans_count_characters_of_the_text_as_it_was(matcher: WordMatcher) -> None:
    text = "①ﬁ㈱ 薇\u200b信"
    (hit,) = matcher.find(text)
    assert hit.span.of(text) == "薇\u200b信"


def test_every_word_of_a_long_list_is_found() -> None:
    words = [f"{chr(0x4E00 + 7 * at)}{chr(0x5000 + 11 * at)}禁" for at in range(800)]
    found = WordMatcher(Pattern(word, word) for word in words).find("，".join(words))
    assert {hit.pattern.word for hit in found} == set(words)
