from __future__ import annotations

import pytest

from engine.errors import InvalidInput
from ingestion.parsers.description import DIRT
from ingestion.parsers.text_source import read_text


def test_clean_text_has_no_warnings() -> None:
    source = read_text("退货政策 – 5 €\n".encode(), name="a.txt")
    assert (source.text, source.warnings) == ("退货政策 – 5 €\n", ())


@pytest.mark.parametrize("dirt", ["\x00", "\x07", "\u202e", "\uffff"])
def test_what_does_not_belong_into_text_is_warned_of(dirt: str) -> None:
    assert read_text(
        f"a long enough {dirt} text about kettles and robots, and more of it".encode(), name="a"
    ).warnings == (DIRT,)


def test_a_lone_surrogate_is_warned_of() -> None:
    data = "水壶使用说明：请先清空水箱，再加清水。\ud800".encode("utf-8", "surrogatepass")
    source = read_text(data, name="a.txt")
    assert source.text.startswith("水壶使用说明")
    assert source.warnings == ("Some characters are broken and show as \ufffd.",)


def test_mojibake_is_repaired_with_a_warning() -> None:
    source = read_text("GrÃ¼ÃŸe".encode(), name="a.txt")
    assert source.text == "Grüße"
    assert len(source.warnings) == 1


def test_the_declared_encoding_is_passed_on() -> None:
    assert read_text("café".encode("cp1250"), name="a", declared="cp1250").text == "café"


def test_noise_is_refused_by_name() -> None:
    with pytest.raises(InvalidInput, match=r"a\.txt is not text"):
        read_text(bytes(range(256)) * 4, name="a.txt")
