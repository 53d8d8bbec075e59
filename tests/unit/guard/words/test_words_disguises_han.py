"""Chinese words in disguise: what is found is exactly what hides them, in either script."""

from __future__ import annotations

import pytest

from engine.guard.words.matcher import Pattern, WordMatcher

WORDS = ("微信", "代开发票", "赌博", "毒品", "刷单", "洗钱", "加v信", "加qq", "高利贷", "傻瓜", "他妈的")
BEFORE, AFTER = "您好，", "。谢谢"


@pytest.fixture(scope="module")
def matcher() -> WordMatcher:
    return WordMatcher(Pattern(word, word) for word in WORDS)


def found(matcher: WordMatcher, text: str) -> list[tuple[str, str, bool]]:
    return [(hit.pattern.word, hit.span.of(text), hit.disguised) for hit in matcher.find(text)]


def alone(matcher: WordMatcher, hidden: str) -> tuple[str, bool]:
    """Return what is found of a hidden word amid a sentence, after checking that its span is exact."""
    ((word, said, disguised),) = found(matcher, f"{BEFORE}{hidden}{AFTER}")
    assert said == hidden
    return word, disguised


@pytest.mark.parametrize("word", WORDS)
def test_a_word_as_it_is_listed(matcher: WordMatcher, word: str) -> None:
    assert alone(matcher, word) == (word, False)


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("代開發票", "代开发票"),
        ("賭博", "赌博"),
        ("刷單", "刷单"),
        ("洗錢", "洗钱"),
        ("高利貸", "高利贷"),
        ("他媽的", "他妈的"),
        ("代開发票", "代开发票"),
        ("加Ｖ信", "加v信"),
        ("加ＱＱ", "加qq"),
        ("加QQ", "加qq"),
    ],
)
def test_script_width_and_case_are_no_disguise(matcher: WordMatcher, written: str, word: str) -> None:
    assert alone(matcher, written) == (word, False)


def test_a_word_listed_in_traditional_characters_is_found_in_both_scripts() -> None:
    matcher = WordMatcher([Pattern("賭博", "k")])
    assert found(matcher, "赌博，賭博，杜博") == [
        ("賭博", "赌博", False),
        ("賭博", "賭博", False),
        ("賭博", "杜博", True),
    ]


@pytest.mark.parametrize(
    "separator",
    [
        "*",
        ".",
        "-",
        "_",
        " ",
        "·",
        "~",
        "❤",
        "❤️",
        "😀",
        "👨‍👩‍👧",
        "|",
        "/",
        "，",
        "、",
        "^",
        "★",
        "\t",
        "\u3000",
        "&",
        "“",
    ],
)
@pytest.mark.parametrize("word", ["微信", "代开发票", "賭博"])
def test_signs_and_emoji_between_characters(matcher: WordMatcher, word: str, separator: str) -> None:
    assert alone(matcher, separator.join(word))[1]


@pytest.mark.parametrize(
    "invisible", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\U000e0041"]
)
def test_invisible_characters_are_within_the_span(matcher: WordMatcher, invisible: str) -> None:
    assert alone(matcher, invisible.join("微信"))[0] == "微信"
    assert alone(matcher, invisible.join("代開發票"))[0] == "代开发票"


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("薇信", "微信"),
        ("威信", "微信"),
        ("微心", "微信"),
        ("薇芯", "微信"),
        ("代开发飘", "代开发票"),
        ("带开发票", "代开发票"),
        ("读博", "赌博"),
        ("独品", "毒品"),
        ("唰单", "刷单"),
        ("洗前", "洗钱"),
        ("高力代", "高利贷"),
        ("高麗貸", "高利贷"),
    ],
)
def test_characters_of_the_same_sound(matcher: WordMatcher, hidden: str, word: str) -> None:
    assert alone(matcher, hidden) == (word, True)


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("weixin", "微信"),
        ("wei信", "微信"),
        ("微xin", "微信"),
        ("WeiXin", "微信"),
        ("wei xin", "微信"),
        ("dubo", "赌博"),
    ],
)
def test_pinyin_beside_han(matcher: WordMatcher, hidden: str, word: str) -> None:
    assert alone(matcher, hidden) == (word, True)


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("微亻言", "微信"),
        ("微人言", "微信"),
        ("彳攵信", "微信"),
        ("贝者博", "赌博"),
        ("主母品", "毒品"),
        ("洗金戋", "洗钱"),
        ("亻弋开发票", "代开发票"),
        ("代开发西示", "代开发票"),
        ("他女马的", "他妈的"),
    ],
)
def test_characters_in_pieces(matcher: WordMatcher, hidden: str, word: str) -> None:
    assert alone(matcher, hidden) == (word, True)


@pytest.mark.parametrize("mask", [*"*#_●○□■◯×✕✖▇█※~〇", "＊", "**", "□□", "〇〇"])
def test_a_mask_for_a_character(matcher: WordMatcher, mask: str) -> None:
    assert alone(matcher, f"代开{mask}票") == ("代开发票", True)
    assert alone(matcher, f"高{mask}貸") == ("高利贷", True)


@pytest.mark.parametrize("text", ["代*票", "*开发票", "代开发*", "代开，票", "代开？票", "微*", "高贷"])
def test_too_little_is_left(matcher: WordMatcher, text: str) -> None:
    assert found(matcher, f"{BEFORE}{text}{AFTER}") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("👍🏽加 ❤ Ｖ\u200b信👍🏽", "加 ❤ Ｖ\u200b信"),
        ("㈱①ﬁ代 開*發．票", "代 開*發．票"),
        ("e\u0301e\u0301薇\u200d信e\u0301", "薇\u200d信"),
        ("\ud800微\ufe0f信\udfff", "微\ufe0f信"),
        ("𠮷𠮷賭~博𠮷", "賭~博"),
        ("İİ洗·錢İ", "洗·錢"),
        ("1\u20e3 刷⭐️單", "刷⭐️單"),
    ],
)
def test_spans_are_exact_amid_characters_that_fold_to_more_or_fewer(matcher: WordMatcher, text: str, said: str) -> None:
    assert [hit[1] for hit in found(matcher, text)] == [said]


def test_latin_inserted_among_han(matcher: WordMatcher) -> None:
    assert alone(matcher, "代a开b发c票") == ("代开发票", True)
    assert alone(matcher, "微a信") == ("微信", True)


def test_several_disguises_in_one_text_are_told_apart(matcher: WordMatcher) -> None:
    text = "加V信，薇信；賭博。洗*钱！傻 瓜"
    assert found(matcher, text) == [
        ("加v信", "加V信", False),
        ("微信", "薇信", True),
        ("赌博", "賭博", False),
        ("洗钱", "洗*钱", True),
        ("傻瓜", "傻 瓜", True),
    ]


def test_a_word_over_and_over(matcher: WordMatcher) -> None:
    text = "微信" * 500
    assert len(found(matcher, text)) == 500
    assert {hit[1] for hit in found(matcher, text)} == {"微信"}
