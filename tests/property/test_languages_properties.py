"""What holds for any text, lone surrogates and control characters included."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.languages.detection import ScriptDetector
from engine.languages.folding import fold, fold_with_offsets, original_span, to_script
from engine.languages.numerals import canonical, read_chinese, read_number
from engine.languages.quantities import quantities, quantities_supported
from engine.languages.registry import profile_for, profiles
from engine.languages.sentences import MAX_SENTENCE, sentences
from engine.languages.terms import TermKind, content_terms, term_id, terms

quick = settings(derandomize=True, max_examples=60, deadline=None)

ANY = st.text(st.characters(exclude_categories=()), max_size=60)
PIECES = st.sampled_from(
    [
        "退货", "退貨", "送料は", "返品", "배송", "คืนเงิน", "возврат", "طلب", "refund", "Straße", "K2",
        "E12", "MV-2026-004512", "2.4 GHz", "30天", "三十天", "3 working days", "EUR 4.90", "1,190",
        "2026年3月1日", "1. März 2026", "14:00", "民國115年", "Dr.", "z. B.", "e.g.", "No. 5", "v2.3.1",
        "...", "。", "！", "？", ".", "!", "?", ",", "，", "；", "\n", " ", "\u3000", "「", "」", "“", "”",
        "(", ")", "ｶﾞ", "㌔", "½", "İ", "H\u0331", "Σ", "\u0301", "\u200b", "\u00ad", "\x00", "\ud800",
        "\u1100", "\u1161", "\u11a8", "ﷺ", "😀", "a@b.example", "https://a.example/x?y=1", "[1]", "1.",
        "半年", "万", "%",
    ]
)  # fmt: skip
MIXED = st.lists(PIECES, max_size=30).map("".join)
TEXT = ANY | MIXED
LANGUAGE = st.sampled_from(["und", *sorted(profiles())])


@quick
@given(TEXT)
@example("\ud800")
@example("H\u0331\u0323")
@example("ﾞﾟ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@quick
@given(TEXT)
def test_folded_text_has_no_surrogates_or_control_characters(text: str) -> None:
    folded = fold(text)
    folded.encode()
    assert all(char.isprintable() or char.isspace() or ord(char) > 0x9F for char in folded)


@quick
@given(TEXT)
@example("e\u0323\u0302\u0301")
@example("\u1100\u1161\u11a8")
@example("aİＡ㌔ｶﾞ")
def test_offsets_lead_back_into_the_text(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert all(0 <= offset < len(text) for offset in offsets[:-1])


@quick
@given(MIXED, PIECES, MIXED)
def test_a_folded_stretch_maps_to_text_that_folds_to_it(before: str, piece: str, after: str) -> None:
    text = f"{before} {piece} {after}"
    folded, offsets = fold_with_offsets(text)
    wanted = fold(piece).strip()
    start = folded.find(wanted)
    while wanted and start >= 0:
        span = original_span(offsets, start, start + len(wanted))
        assert wanted in fold(span.of(text))
        start = folded.find(wanted, start + 1)


@quick
@given(TEXT)
def test_traditional_and_simplified_fold_together(text: str) -> None:
    assert len(fold(text)) == len(fold_with_offsets(text)[1]) - 1
    for script in ("zh-Hans", "zh-Hant"):
        to_script(text, script).encode()


@quick
@given(TEXT)
@example("a" * 2000)
@example("长，" * 900)
def test_sentences_cover_everything_but_white_space(text: str) -> None:
    spans = sentences(text)
    end = 0
    for span in spans:
        assert span.start >= end
        assert text[end : span.start].strip() == ""
        assert 0 < len(span) <= MAX_SENTENCE
        assert span.of(text) == span.of(text).strip()
        end = span.end
    assert text[end:].strip() == ""


@quick
@given(TEXT, st.integers(0, 10**6))
def test_an_offset_moves_sentences(text: str, offset: int) -> None:
    plain = [(span.start + offset, span.end + offset) for span in sentences(text)]
    assert [(span.start, span.end) for span in sentences(text, offset=offset)] == plain


@quick
@given(MIXED, MIXED)
def test_a_line_break_separates_sentences(first: str, second: str) -> None:
    together = [span.of(f"{first}\n{second}") for span in sentences(f"{first}\n{second}")]
    assert together == [span.of(part) for part in (first, second) for span in sentences(part)]


@quick
@given(TEXT, LANGUAGE)
def test_terms_depend_on_the_text_alone(text: str, language: str) -> None:
    found = terms(text, language)
    assert found == terms(text, language) == terms(fold(text), language)
    assert found.length >= found.characters.total()
    assert all(found.of(kind).total() >= len(found.of(kind)) for kind in TermKind)


@quick
@given(TEXT, LANGUAGE)
def test_ids_are_unsigned_32_bit_and_keep_the_counts(text: str, language: str) -> None:
    found = terms(text, language)
    for kind in TermKind:
        ids = found.ids(kind)
        assert set(ids) == {term_id(kind, term) for term in found.of(kind)}
        assert all(0 <= key < 2**32 for key in ids)
        assert sum(ids.values()) == found.of(kind).total()


@quick
@given(MIXED, LANGUAGE)
def test_content_terms_are_not_longer_than_all_terms(text: str, language: str) -> None:
    assert content_terms(text, language).length <= terms(text, language).length
    assert bool(content_terms(text, language).length) == bool(terms(text, language).length)


@quick
@given(TEXT)
def test_quantities_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for quantity in quantities(text):
        assert end <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.value
        assert len(set(quantity.values)) == len(quantity.values)
        end = quantity.span.end


@quick
@given(TEXT)
def test_a_text_supports_itself(text: str) -> None:
    assert quantities_supported(text, text)
    assert quantities_supported("", text)


@quick
@given(
    st.integers(1, 999),
    st.sampled_from(["{} days", "{}天", "{}日以内", "{} Tage", "{} jours", "{} días", "{} дней", "{}일"]),
)
def test_days_agree_across_languages(days: int, template: str) -> None:
    assert quantities_supported(template.format(days), f"within {days} days")
    assert not quantities_supported(template.format(days), f"within {days + 1} days")


@quick
@given(st.dates())
def test_dates_agree_across_languages(day: object) -> None:
    year, month, date = map(int, str(day).split("-"))
    written = f"{year}年{month}月{date}日"
    if year >= 1900:
        assert quantities_supported(written, str(day)) or year >= 2100
        assert quantities_supported(f"民國{year - 1911}年{month}月{date}日", written) or year <= 1911


@quick
@given(st.decimals(0, 10**9, places=2))
def test_grouped_numbers_are_read(number: Decimal) -> None:
    assert number in read_number(f"{number:,}")
    assert number in read_number(f"{number:,}".translate(str.maketrans(",.", ".,")))
    assert canonical(number) == canonical(Decimal(canonical(number)))


@quick
@given(st.text("〇零一二三四五六七八九十百千万亿两", min_size=1, max_size=12))
def test_any_run_of_chinese_numerals_has_a_value(text: str) -> None:
    assert read_chinese(text) >= 0


@quick
@given(TEXT)
def test_detection_gives_a_tag_for_anything(text: str) -> None:
    detect: Callable[[str], str] = ScriptDetector().detect
    tag = detect(text)
    assert 2 <= len(tag) <= 7
    assert tag == detect(text)


@quick
@given(TEXT)
def test_any_tag_has_a_profile(text: str) -> None:
    assert profile_for(text).phrases.no_evidence
