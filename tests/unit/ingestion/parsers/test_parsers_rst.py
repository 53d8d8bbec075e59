from __future__ import annotations

from pathlib import Path

import pytest

from engine.domain.knowledge import BlockKind
from engine.errors import InvalidInput
from ingestion.parsers.formats.rst import PARSER


def text(source: str) -> str:
    return PARSER.parse(source.encode(), name="a.rst").text


def test_sections_by_their_underlines() -> None:
    parsed = PARSER.parse(b"One\n===\n\ntext\n\nTwo\n---\n\nmore\n\nThree\n=====\n\nend\n", name="a.rst")
    headings = [(block.span.of(parsed.text), block.level) for block in parsed.blocks if block.kind is BlockKind.HEADING]
    assert headings == [("One", 1), ("Two", 2), ("Three", 1)]


def test_inline_markup_is_taken_off() -> None:
    assert (
        text("Press **start**, *wait*, see `the page <http://x>`_ and ``code``.")
        == "Press start, wait, see the page and code."
    )


def test_wrapped_lines_are_joined() -> None:
    assert text("first line\nsecond line") == "first line second line"


def test_lists_nest_and_keep_numbers() -> None:
    assert text("3. three\n4. four\n\n   - deep\n") == "3. three\n4. four\n- deep"


def test_tables_carry_their_headers() -> None:
    source = "====  ====\nCode  Days\n====  ====\nE1    3\nE2    4\n====  ====\n"
    assert text(source) == "Code: E1; Days: 3\nCode: E2; Days: 4"


def test_a_list_table_with_a_title() -> None:
    source = ".. list-table:: Codes\n   :header-rows: 1\n\n   * - Code\n     - Days\n   * - E1\n     - 3\n"
    assert text(source) == "Codes\n\nCode: E1; Days: 3"


def test_definitions_and_fields() -> None:
    assert text("term\n   its meaning\n\n:author: Anna\n") == "term: its meaning\n\nauthor: Anna"


def test_notes_and_code() -> None:
    source = ".. note:: Mind the gap.\n\n.. code:: bash\n\n   ls -l\n"
    parsed = PARSER.parse(source.encode(), name="a.rst")
    assert parsed.text == "Mind the gap.\n\nls -l"
    assert parsed.blocks[-1].kind is BlockKind.CODE


def test_directives_and_roles_of_sphinx_keep_their_text() -> None:
    source = ".. versionadded:: 2.1\n   The :ref:`lid <lid>` is new.\n\n   More.\n\nSee :doc:`the manual </manual>`.\n"
    assert text(source) == "2.1 The lid is new.\n\nMore.\n\nSee the manual."


def test_options_of_unknown_directives_are_left_out() -> None:
    assert text(".. tabs::\n   :selected: yes\n\n   Inside.\n") == "Inside."


def test_nothing_is_included_or_passed_on(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    source = f"before\n\n.. include:: {secret}\n\n.. raw:: html\n\n   <b>raw</b>\n"
    source += f"\n.. csv-table::\n   :file: {secret}\n\nafter\n"
    found = text(source)
    assert "secret" not in found.replace(str(secret), "")
    assert found.startswith("before")
    assert found.endswith("after")


def test_broken_markup_is_still_read_silently(capsys: pytest.CaptureFixture[str]) -> None:
    assert "unclosed" in text("Title\n==\n\n**unclosed and `broken\n\n  odd\n indent\n")
    assert capsys.readouterr() == ("", "")


def test_only_comments_are_no_text() -> None:
    with pytest.raises(InvalidInput, match=r"a\.rst has no text"):
        text(".. just a comment\n")
