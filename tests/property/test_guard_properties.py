"""What holds for finding and scrubbing whatever the text is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.guard.check_digits import is_luhn
from engine.guard.findings import PersonalKind
from engine.guard.personal_data import SCRUBBED, find, scrub

LANGUAGES = st.sampled_from(["", "en", "zh-Hans", "zh-Hant", "ja", "ko", "de", "fr", "es", "ru"])
SCRAPS = st.sampled_from(
    [
        *(
            "jo@example.com",
            "212-555-0187",
            "13812345678",
            "090-1234-5678",
            "4111 1111 1111 1111",
            "GB82 WEST 1234 5698 7654 32",
        ),
        *(
            "11010519491231002X",
            "A123456789",
            "123-45-6789",
            "203.0.113.9",
            "https://x.com/?token=abcdef",
            "my name is Peter Pan",
        ),
        *(
            "我叫王小明",
            "三浦と申します",
            "韩先生",
            "Address: 12 Mill Lane, Oxford",
            "[phone 1]",
            "[name 2]",
            "MV-2026-001387",
            "order no. ",
        ),
        *(
            "phone: ",
            "card ",
            "Hi Anna, ",
            "地址：",
            "。",
            "，",
            "\n",
            " ",
            "-",
            "1",
            "2026-03-14",
            "٣",
            "😀",
            "０９",
            "\ud800",
        ),
    ]
)
TEXTS = st.one_of(
    st.lists(SCRAPS, max_size=12).map("".join), st.text(max_size=80), st.text("0123456789 -+()./@", max_size=60)
)
FAST = settings(max_examples=120, deadline=None, derandomize=True)


@FAST
@given(TEXTS, LANGUAGES)
def test_scrubbing_again_changes_nothing(text: str, language: str) -> None:
    once = scrub(text, language).text
    again = scrub(once, language)
    assert (again.text, again.replaced) == (once, ())


@FAST
@given(TEXTS, LANGUAGES)
def test_spans_are_inside_the_text_in_order_and_apart(text: str, language: str) -> None:
    at = 0
    for datum in find(text, language, kinds=frozenset(PersonalKind)):
        assert at <= datum.span.start < datum.span.end <= len(text)
        value = datum.span.of(text)
        assert value == value.strip()
        assert 0.5 <= datum.confidence <= 1
        at = datum.span.end


@FAST
@given(TEXTS, LANGUAGES)
def test_nothing_that_is_found_is_left(text: str, language: str) -> None:
    assert find(scrub(text, language).text, language) == ()


@FAST
@given(TEXTS, LANGUAGES)
def test_text_before_the_first_finding_stays(text: str, language: str) -> None:
    found = find(text, language, kinds=SCRUBBED)
    before = text[: found[0].span.start] if found else text
    assert scrub(text, language).text.startswith(before)


@FAST
@given(st.text("0123456789", min_size=11, max_size=18))
def test_exactly_one_check_digit_fits(digits: str) -> None:
    assert sum(is_luhn(digits + last) for last in "0123456789") == 1
