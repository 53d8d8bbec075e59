from __future__ import annotations

import threading
from collections import Counter

import pytest

from engine.languages.terms import TermKind, Terms, content_terms, term_id, terms


def words(text: str, language: str = "en") -> set[str]:
    return set(terms(text, language).words)


def test_chinese_gives_characters_and_bigrams() -> None:
    found = terms("退货运费", "zh-Hans")
    assert found.characters == Counter("退货运费")
    assert found.bigrams == Counter(["退货", "货运", "运费"])
    assert found.words == Counter()
    assert found.length == 4


def test_repeated_terms_are_counted() -> None:
    found = terms("退货，退货", "zh-Hans")
    assert found.characters["退"] == 2
    assert found.bigrams["退货"] == 2
    assert found.length == 4


def test_bigrams_do_not_cross_punctuation() -> None:
    assert "货款" not in terms("退货。款到", "zh-Hans").bigrams
    assert "バー" in terms("カバー・フィルター", "ja").bigrams
    assert "ーフ" not in terms("カバー・フィルター", "ja").bigrams


def test_a_single_character_has_no_bigram() -> None:
    found = terms("退", "zh-Hans")
    assert found.bigrams == Counter()
    assert found.characters == Counter("退")


def test_traditional_and_simplified_text_have_the_same_terms() -> None:
    assert terms("掃地機器人的濾網", "zh-Hant") == terms("扫地机器人的滤网", "zh-Hans")


def test_japanese_long_vowel_and_iteration_marks_belong_to_the_run() -> None:
    assert {"コー", "ーヒ", "ヒー"} <= set(terms("コーヒー", "ja").bigrams)
    assert "人々" in terms("人々", "ja").bigrams


def test_half_width_katakana_matches_full_width() -> None:
    assert terms("ﾌｨﾙﾀｰ", "ja") == terms("フィルター", "ja")


def test_latin_words_are_stemmed_for_the_language() -> None:
    assert words("Returning returned returns") == {"return"}
    assert words("Rücksendungen Rücksendung", "de") == {"rucksend"}
    assert words("devoluciones devolución", "es") == {"devolu"}
    assert words("remboursements remboursement", "fr") == {"rembours"}
    assert words("посылки посылка посылку", "ru") == {"посылк"}
    assert words("spedizioni spedizione", "it") == {"spedizion"}
    assert words("devoluções devolução", "pt") == {"devolu"}


def test_latin_words_in_chinese_and_unknown_text_are_stemmed_as_english() -> None:
    assert words("支持 payments 吗", "zh-Hans") == {"payment"}
    assert words("warranties", "und") == {"warranti"}
    assert words("warranties", "sw") == {"warranti"}


def test_vietnamese_is_not_stemmed() -> None:
    assert words("bảo hành sản phẩm", "vi") == {"bảo", "hành", "sản", "phẩm"}


def test_stems_of_different_forms_are_added_up() -> None:
    assert terms("return returns returned", "en").words == Counter({"return": 3})


@pytest.mark.parametrize(
    ("text", "code", "parts"),
    [
        ("order MV-2026-004512", "mv-2026-004512", {"mv", "2026", "004512"}),
        ("app v2.3.1", "v2.3.1", {"v2", "3", "1"}),
        ("Wi-Fi 2.4 GHz", "2.4", {"2", "4"}),
        ("filter AF-5", "af-5", {"af", "5"}),
        ("on 2026-03-01", "2026-03-01", {"2026", "03", "01"}),
        ("at 14:00", "14:00", {"14", "00"}),
        ("JPY 5,480", "5,480", {"5", "480"}),
        ("KB#1234", "kb#1234", {"kb", "1234"}),
        ("订单MV-2026-004512未收到", "mv-2026-004512", {"mv", "2026", "004512"}),
    ],
)
def test_codes_are_words_beside_their_parts(text: str, code: str, parts: set[str]) -> None:
    assert parts | {code} <= words(text)


@pytest.mark.parametrize("code", ["E12", "0x80070005", "K2", "H13", "R3"])
def test_codes_without_separators_are_words(code: str) -> None:
    assert code.lower() in words(f"error {code} again")
    assert code.lower() in words(f"显示{code}错误", "zh-Hans")


def test_codes_add_nothing_to_the_length() -> None:
    assert terms("MV-2026-004512").length == 3
    assert terms("E12").length == 1


def test_words_without_digits_are_not_codes() -> None:
    assert words("step-by-step and/or") == {"step", "by", "and", "or"}


def test_hangul_gives_words_and_bigrams() -> None:
    found = terms("환불 정책은", "ko")
    assert set(found.words) == {"환불", "정책은"}
    assert set(found.bigrams) == {"환불", "정책", "책은"}
    assert found.characters == Counter()
    assert found.length == 2


def test_thai_gives_bigrams() -> None:
    found = terms("คืนเงิน", "th")
    assert "คื" in found.bigrams
    assert found.words == Counter()
    assert found.length == len("คืนเงิน")


@pytest.mark.parametrize("word", ["हिन्दी", "مُحَمَّد", "שָׁלוֹם", "й́"])
def test_marks_do_not_split_words(word: str) -> None:
    assert terms(f"a {word} b", "und").length == 3


def test_mixed_text_has_all_kinds() -> None:
    found = terms("Breva K2 保修 2 年", "zh-Hans")
    assert {"breva", "k2", "2"} <= set(found.words)
    assert found.bigrams == Counter(["保修"])
    assert set(found.characters) == set("保修年")
    assert found.length == 6


@pytest.mark.parametrize("text", ["", "   ", "!?。…", "😀", "\ud800", "---", "_"])
def test_text_without_letters_has_no_terms(text: str) -> None:
    empty = Terms(Counter(), Counter(), Counter(), 0)
    assert terms(text, "en") == empty
    assert content_terms(text, "en") == empty


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("How long do I have to return the kettle?", "en", {"long", "return", "kettl"}),
        ("Wie lange ist die Garantie?", "de", {"lang", "garanti"}),
        ("Comment annuler ma commande ?", "fr", {"annul", "command"}),
        ("¿Cuánto cuesta el envío?", "es", {"cuest", "envi"}),
        ("Как вернуть чайник?", "ru", {"вернут", "чайник"}),
        ("Quanto costa la spedizione?", "it", {"cost", "spedizion"}),
        ("Como cancelo a encomenda?", "pt", {"cancel", "encomend"}),
        ("배송은 언제 되나요", "ko", {"배송은"}),
        ("đổi trả như thế nào", "vi", {"đổi", "trả"}),
    ],
)
def test_content_terms_leave_function_words_out(text: str, language: str, expected: set[str]) -> None:
    assert set(content_terms(text, language).words) == expected


def test_content_terms_of_chinese_have_no_bigrams_across_function_words() -> None:
    found = content_terms("请问退货怎么退款呢", "zh-Hans")
    assert set(found.bigrams) == {"退货", "退款"}
    assert set(content_terms("請問退貨怎麼退款呢", "zh-Hant").bigrams) == {"退货", "退款"}


def test_content_terms_of_japanese() -> None:
    assert set(content_terms("返品はどうすればいいですか", "ja").bigrams) == {"返品", "品は"}


def test_content_terms_of_thai() -> None:
    assert content_terms("ส่งฟรีไหม", "th").bigrams == terms("ส่งฟรี", "th").bigrams


def test_a_question_of_function_words_keeps_them() -> None:
    assert content_terms("what is it", "en") == terms("what is it", "en")
    assert content_terms("怎么", "zh-Hans") == terms("怎么", "zh-Hans")


def test_an_unknown_language_has_no_function_words() -> None:
    assert content_terms("the kettle", "und") == terms("the kettle", "und")


def test_term_ids_are_stable() -> None:
    assert term_id(TermKind.WORD, "return") == 3656917840
    assert term_id(TermKind.CHARACTER, "退") == 4146991617
    assert term_id(TermKind.BIGRAM, "退货") == 4192277183


def test_kinds_are_separate_namespaces() -> None:
    assert len({term_id(kind, "退") for kind in TermKind}) == len(TermKind)


def test_ids_carry_the_counts() -> None:
    found = terms("退货 退货 K2", "zh-Hans")
    assert found.ids(TermKind.BIGRAM) == {term_id(TermKind.BIGRAM, "退货"): 2}
    assert found.ids(TermKind.WORD) == {term_id(TermKind.WORD, "k2"): 1}
    assert sum(found.ids(TermKind.CHARACTER).values()) == 4


def test_of_returns_the_counts_of_a_kind() -> None:
    found = terms("退货 K2", "zh-Hans")
    assert [found.of(kind) for kind in TermKind] == [found.characters, found.bigrams, found.words]


def test_threads_do_not_disturb_each_other() -> None:
    text = "Returning the damaged kettles within thirty working days of delivery"
    expected = terms(text, "en")
    wrong: list[Terms] = []

    def work() -> None:
        wrong.extend(found for _ in range(50) if (found := terms(text, "en")) != expected)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_long_word_takes_linear_time() -> None:
    assert terms("a" * 100_000 + "-" * 1000, "en").length == 1
