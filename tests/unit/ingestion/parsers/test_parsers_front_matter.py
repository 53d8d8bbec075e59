from __future__ import annotations

from datetime import date

import pytest

from ingestion.parsers.front_matter import split_front_matter


def test_fields_and_text_are_told_apart() -> None:
    matter = split_front_matter("---\ntitle: Returns\ntags: [a, b]\neffective_from: 2026-03-01\n---\n# Text\n")
    assert matter.fields == {"title": "Returns", "tags": ["a", "b"], "effective_from": date(2026, 3, 1)}
    assert matter.body == "# Text\n"
    assert matter.warnings == ()


@pytest.mark.parametrize("fence", ["---", "..."])
def test_either_fence_ends_it(fence: str) -> None:
    assert split_front_matter(f"---\na: 1\n{fence}\nText").body == "Text"


def test_windows_line_ends_and_blank_lines_before_are_allowed() -> None:
    matter = split_front_matter("\r\n---\r\ntitle: Returns\r\n---\r\nText\r\n")
    assert matter.fields == {"title": "Returns"}
    assert matter.body == "Text\r\n"


def test_a_document_may_end_with_it() -> None:
    matter = split_front_matter("---\ntitle: Returns\n---")
    assert (matter.fields, matter.body) == ({"title": "Returns"}, "")


def test_empty_front_matter_vanishes() -> None:
    assert split_front_matter("---\n---\nText").body == "Text"


@pytest.mark.parametrize(
    "text",
    [
        "Text without front matter",
        "---\nA rule and a sentence.\n---\nText",
        "---\n- a\n- list\n---\nText",
        "---\ntitle: never closed\n",
        "Text\n---\ntitle: too late\n---\n",
        "",
    ],
)
def test_what_is_no_front_matter_stays(text: str) -> None:
    matter = split_front_matter(text)
    assert matter.body == text
    assert matter.fields == {}


def test_broken_yaml_is_read_line_by_line() -> None:
    matter = split_front_matter('---\ntitle: Billing: questions\nkind: "faq"\n\tbad\n---\nText')
    assert matter.fields == {"title": "Billing: questions", "kind": "faq"}
    assert matter.body == "Text"
    assert matter.warnings == ("The front matter is not plain YAML and was read line by line.",)


def test_an_impossible_date_does_not_stop_it() -> None:
    matter = split_front_matter("---\neffective_from: 2026-02-31\n---\nText")
    assert matter.fields == {"effective_from": "2026-02-31"}
    assert len(matter.warnings) == 1


def test_aliases_that_multiply_do_no_harm() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in zip("abcdefg", "bcdefgh", strict=True)
    ]
    matter = split_front_matter("---\n" + "\n".join(lines) + "\n---\nText")
    assert matter.body == "Text"


def test_tags_that_would_run_code_are_refused() -> None:
    matter = split_front_matter("---\na: !!python/object/apply:os.getcwd []\ntitle: Returns\n---\nText")
    assert matter.fields == {"a": "!!python/object/apply:os.getcwd []", "title": "Returns"}


def test_names_become_text() -> None:
    assert split_front_matter("---\n2: two\ntrue: yes\n---\n").fields == {"2": "two", "True": True}


def test_very_long_front_matter_is_text() -> None:
    text = "---\n" + "a: b\n" * 20_000 + "---\nText"
    assert split_front_matter(text).body == text
