from __future__ import annotations

import time

import pytest

from engine.errors import InvalidInput
from engine.plain_yaml import MAX_DEPTH, read_yaml

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_plain_values_are_read() -> None:
    assert read_yaml("- id: late\n  since: 2026-01-02\n  examples: {en: [a, b]}\n", name="x.yaml")
    assert read_yaml("a: '*not an alias'\nb: &anchor alone\n", name="x.yaml") == {"a": "*not an alias", "b": "alone"}


@pytest.mark.parametrize("text", [BOMB, "a: &a [*a]", "&a {b: *a}", "- &x {k: v}\n- <<: *x"])
def test_aliases_are_refused_before_they_unfold(text: str) -> None:
    began = time.perf_counter()
    with pytest.raises(InvalidInput, match=r"x\.yaml uses a YAML alias") as raised:
        read_yaml(text, name="x.yaml")
    assert raised.value.remedy
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("text", ["[" * 50_000, "- " * 20_000, "{a: " * 10_000, "[" * 100 + "]" * 100])
def test_deep_nesting_is_refused_before_the_reader_recurses(text: str) -> None:
    with pytest.raises(InvalidInput, match="nested too deeply"):
        read_yaml(text, name="x.yaml")


def test_what_people_nest_is_read() -> None:
    assert read_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, name="x.yaml")


@pytest.mark.parametrize("text", ["a: [", "\x00", "!!python/object/apply:os.system [ls]", "d: 2026-02-31", "a: b: c"])
def test_what_is_no_plain_yaml_is_refused_without_a_quote(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"^x\.yaml is not valid YAML\. Correct the file"):
        read_yaml(text, name="x.yaml")
