"""Made identity numbers against published examples and against all other check characters."""

from __future__ import annotations

import pytest

from engine.guard.check_digits import is_cn_resident_id, is_hk_id, is_jp_my_number, is_tw_id
from engine.guard.findings import PersonalKind
from engine.guard.personal_data import find
from evals.bench.identifiers import IDENTIFIERS, identifier_texts

CHECKS = {
    PersonalKind.CN_RESIDENT_ID: ("0123456789X", is_cn_resident_id),
    PersonalKind.HK_ID: ("0123456789A", is_hk_id),
    PersonalKind.TW_ID: ("0123456789", is_tw_id),
    PersonalKind.JP_MY_NUMBER: ("0123456789", is_jp_my_number),
}


def bare(number: str) -> str:
    return number.replace("(", "").replace(")", "")


@pytest.mark.parametrize("seed", [1, 2])
def test_of_all_check_characters_exactly_one_is_right(seed: int) -> None:
    for text in identifier_texts(160, seed=seed):
        for kind, span in text.gold:
            possible, is_right = CHECKS[kind]
            body = bare(span.of(text.text))[:-1]
            assert [each for each in possible if is_right(body + each)] == [bare(span.of(text.text))[-1]]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("11010519491231002X", PersonalKind.CN_RESIDENT_ID),
        ("440524188001010014", PersonalKind.CN_RESIDENT_ID),
        ("A123456789", PersonalKind.TW_ID),
        ("A1234563", PersonalKind.HK_ID),
        ("123456789018", PersonalKind.JP_MY_NUMBER),
    ],
)
def test_published_examples_hold_with_no_other_check_character(number: str, kind: PersonalKind) -> None:
    possible, is_right = CHECKS[kind]
    assert [each for each in possible if is_right(number[:-1] + each)] == [number[-1]]


def test_every_kind_comes_as_often_and_every_gold_place_is_exact() -> None:
    texts = identifier_texts(400)
    kinds = [kind for text in texts for kind, _ in text.gold]
    assert {kinds.count(kind) for kind in IDENTIFIERS} == {50}
    for text in texts:
        for _, span in text.gold:
            number = span.of(text.text)
            assert number.strip() == number
            assert not text.text[span.end : span.end + 1].isalnum() or not text.text[span.end].isascii()


def test_a_decoy_is_nobody_s_number() -> None:
    for text in identifier_texts(120)[1::2]:
        assert not text.gold
        assert not {each.kind for each in find(text.text, text.language)} & set(IDENTIFIERS)


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_as_many_texts_as_asked_for(count: int) -> None:
    assert len(identifier_texts(count)) == count
