from __future__ import annotations

import pytest

from engine.domain.knowledge import Fingerprint
from ingestion.versions.fingerprints import fingerprint, similarity

WORDS = [f"word{number}" for number in range(400)]
LONG = " ".join(WORDS)


def edited(count: int) -> str:
    """Return the text with so many words replaced, evenly spread."""
    step = len(WORDS) // max(count, 1)
    return " ".join(
        "other" if count and at % step == 0 and at // step < count else word for at, word in enumerate(WORDS)
    )


def true_similarity(one: str, other: str) -> float:
    left, right = (
        {tuple(words[at : at + 5]) for at in range(len(words) - 4)} for words in (one.split(), other.split())
    )
    return len(left & right) / len(left | right)


def test_the_same_text_is_the_same() -> None:
    assert fingerprint(LONG) == fingerprint(LONG)
    assert similarity(fingerprint(LONG), fingerprint(LONG)) == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Keep it dry.", "KEEP  it\ndry"),
        ("ＡＢＣ １２３", "abc 123"),
        ("退货政策：30天。", "退货政策 30天"),
        ("", "?!…"),
    ],
)
def test_case_width_and_punctuation_do_not_matter(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize("count", [2, 5, 10, 20, 40])
def test_the_similarity_of_edited_texts_is_estimated(count: int) -> None:
    found = similarity(fingerprint(LONG), fingerprint(edited(count)))
    assert found == pytest.approx(true_similarity(LONG, edited(count)), abs=0.17)
    assert found < 1


def test_different_texts_are_not_alike() -> None:
    other = " ".join(f"term{number}" for number in range(400))
    assert similarity(fingerprint(LONG), fingerprint(other)) < 0.1
    assert not set(fingerprint(LONG).bands) & set(fingerprint(other).bands)


@pytest.mark.parametrize("count", [2, 5])
def test_texts_that_are_nearly_the_same_share_bands(count: int) -> None:
    shared = set(fingerprint(LONG).bands) & set(fingerprint(edited(count)).bands)
    assert len(shared) >= 3


def test_text_without_spaces_is_compared_by_characters() -> None:
    page = "机器人每次清扫完毕都会自动返回充电座，请保持充电座前方一米内没有障碍物。如果找不到充电座会显示E7。" * 3
    other = page.replace("一米", "两米")
    assert 0.3 < similarity(fingerprint(page), fingerprint(other)) < 1


def test_short_texts_share_no_band_for_being_empty() -> None:
    one, other = fingerprint("Hello."), fingerprint("Goodbye.")
    assert not set(one.bands) & set(other.bands)
    assert similarity(one, other) == 0.0
    assert fingerprint("").bands == ()


def test_bands_fit_a_signed_column_and_odd_texts_do_no_harm() -> None:
    assert all(0 <= band < 2**63 for band in fingerprint(f"{LONG}\ud800").bands)


def test_a_version_without_a_sketch_is_like_nothing() -> None:
    assert similarity(Fingerprint("a"), fingerprint(LONG)) == 0.0
