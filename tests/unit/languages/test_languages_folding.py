from __future__ import annotations

import pytest

from engine.domain.knowledge import Span
from engine.languages.folding import converted, fold, fold_with_offsets, original_span, to_script

FOLDED = [
    ("How do I RETURN the Kettle?", "how do i return the kettle?"),
    ("Straße, GRÖSSE, Ärger", "straße, grösse, ärger"),
    ("Čeština ŁÓDŹ", "čeština łódź"),
    ("ПОСЫЛКА Ёлка", "посылка ёлка"),
    ("ΟΔΟΣ", "οδος"),
    ("ＡＢＣ１２３", "abc123"),
    ("１，１９０元", "1,190元"),
    ("ｶﾞｽｹｯﾄ", "ガスケット"),
    ("ﾊﾟｽﾜｰﾄﾞ", "パスワード"),
    ("コーヒーメーカー", "コーヒーメーカー"),
    ("40℃", "40°c"),
    ("50㎡", "50m2"),
    ("①②", "12"),
    ("ﬁlter", "filter"),
    ("「はい。」", "「はい。」"),
    ("退貨後多久可以收到退款？", "退货后多久可以收到退款?"),
    ("掃地機器人", "扫地机器人"),
    ("空氣清淨機", "空气清净机"),
    ("統一發票", "统一发票"),
    ("乾燥", "干燥"),
    ("乾坤", "乾坤"),
    ("退货政策", "退货政策"),
    ("한국어", "한국어"),
    ("Hủy đơn hàng", "hủy đơn hàng"),
    ("Hủy", "hủy"),
    ("ราคาเท่าไหร่", "ราคาเท่าไหร่"),
    ("مُحَمَّد", "مُحَمَّد"),
    ("حـــساب", "حساب"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_fold_with_offsets_folds_alike(text: str, expected: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == expected
    assert len(offsets) == len(expected) + 1
    assert offsets[-1] == len(text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("扫地机器人", "掃地機器人"),
        ("运费", "運費"),
        ("国际", "國際"),
        ("里面", "裡面"),
        ("电热水壶", "電熱水壺"),
        ("ﾏﾙﾍﾞｰﾙ", "マルベール"),
        ("Ｂｒｅｖａ　Ｋ２", "breva k2"),
        ("Cafe\u0301", "café"),
        ("ＭＶ－２０２６", "mv-2026"),
        ("葛\U000e0100", "葛"),
        ("co\u00adoperate", "cooperate"),
        ("zero\u200bwidth", "zerowidth"),
        ("\ufeffstart", "start"),
    ],
)
def test_variants_of_the_same_text_fold_together(first: str, second: str) -> None:
    assert fold(first) == fold(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("für", "fur"),
        ("año", "ano"),
        ("はは", "ばば"),
        ("きよう", "きょう"),
        ("E12", "E7"),
        ("ma", "má"),
    ],
)
def test_different_words_stay_different(first: str, second: str) -> None:
    assert fold(first) != fold(second)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b", "a b"),
        ("a\x07b", "a b"),
        ("a\x7fb", "a b"),
        ("退\ud83d货", "退 货"),
        ("\udfff", " "),
        ("a\tb\nc\r\nd", "a\tb\nc\r\nd"),
    ],
)
def test_control_characters_and_lone_surrogates_become_spaces(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_folding_twice_changes_nothing() -> None:
    for text, _ in FOLDED:
        assert fold(fold(text)) == fold(text)


def test_a_capital_without_a_composed_form_is_composed_after_lower_casing() -> None:
    assert fold("H\u0331") == "\u1e96"


def test_turkish_capital_i_takes_two_characters() -> None:
    folded, offsets = fold_with_offsets("aİb")
    assert folded == "ai\u0307b"
    assert offsets == [0, 1, 1, 2, 3]


def test_offsets_of_ascii_are_the_identity() -> None:
    assert fold_with_offsets("Return") == ("return", [0, 1, 2, 3, 4, 5, 6])


def test_offsets_of_traditional_chinese_are_the_identity() -> None:
    folded, offsets = fold_with_offsets("運費由誰負擔？")
    assert folded == "运费由谁负担?"
    assert offsets == list(range(8))


def test_offsets_where_two_characters_become_one() -> None:
    folded, offsets = fold_with_offsets("ｶﾞス")
    assert folded == "ガス"
    assert offsets == [0, 2, 3]


def test_offsets_where_one_character_becomes_several() -> None:
    folded, offsets = fold_with_offsets("㌔½")
    assert folded == "キロ1⁄2"
    assert offsets == [0, 0, 1, 1, 1, 2]


def test_offsets_skip_deleted_characters() -> None:
    folded, offsets = fold_with_offsets("a\u200bb\u00adc")
    assert folded == "abc"
    assert offsets == [0, 2, 4, 5]


def test_offsets_keep_the_place_of_control_characters() -> None:
    folded, offsets = fold_with_offsets("é\x00B")
    assert folded == "é b"
    assert offsets == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("text", "needle", "expected"),
    [
        ("Zum ＦＩＬＴＥＲ wechseln", "filter", "ＦＩＬＴＥＲ"),
        ("請更換濾網。", "滤网", "濾網"),
        ("ﾌｨﾙﾀｰを交換", "フィルター", "ﾌｨﾙﾀｰ"),
        ("up to 50㎡ only", "50m2", "50㎡"),
        ("the oﬃce", "office", "oﬃce"),
        ("Cafe\u0301 au lait", "café", "Cafe\u0301"),
        ("ein Trenn\u00adstrich", "trennstrich", "Trenn\u00adstrich"),
    ],
)
def test_original_span_finds_the_characters_that_were_folded(text: str, needle: str, expected: str) -> None:
    folded, offsets = fold_with_offsets(text)
    start = folded.index(needle)
    assert original_span(offsets, start, start + len(needle)).of(text) == expected


def test_original_span_covers_a_character_that_is_only_partly_matched() -> None:
    folded, offsets = fold_with_offsets("a㎡")
    assert folded == "am2"
    assert original_span(offsets, 1, 2) == Span(1, 2)


def test_original_span_of_nothing_is_empty() -> None:
    _, offsets = fold_with_offsets("退货")
    assert original_span(offsets, 1, 1) == Span(1, 1)


@pytest.mark.parametrize(
    ("text", "script", "expected"),
    [
        ("鼠标和软件", "zh-Hant", "滑鼠和軟體"),
        ("滑鼠和軟體", "zh-Hans", "鼠标和软件"),
        ("退货后重新下单", "zh-Hant", "退貨後重新下單"),
        ("Breva K2", "zh-Hant", "Breva K2"),
        ("", "zh-Hans", ""),
        ("货\ud800", "zh-Hant", "貨 "),
    ],
)
def test_to_script_converts_characters_and_wording(text: str, script: str, expected: str) -> None:
    assert to_script(text, script) == expected


def test_to_script_knows_two_scripts() -> None:
    with pytest.raises(KeyError):
        to_script("退货", "ja")


def test_converted_uses_the_named_configuration() -> None:
    assert converted("國", "t2s") == "国"
    assert converted("国", "s2t") == "國"
