from __future__ import annotations

import json

import pytest
from pydantic import BaseModel

from api.cli.output import complain, plain, print_json, print_table, print_text


class _Pair(BaseModel):
    left: str
    right: None = None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("退货 返品 🙂", "退货 返品 🙂"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("\x9b31m", "31m"),
        ("over\rwritten\x08", "overwritten"),
        ("nul\x00", "nul"),
    ],
)
def test_a_terminal_never_obeys_a_document(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_json_of_a_model_keeps_nulls_and_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    print_json(_Pair(left="退货"))
    out = capsys.readouterr().out
    assert json.loads(out) == {"left": "退货", "right": None}
    assert "退货" in out


def test_json_of_values_keeps_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"名": ["返品"]})
    out = capsys.readouterr().out
    assert json.loads(out) == {"名": ["返品"]}
    assert "返品" in out


def test_text_is_shown_as_it_is_not_as_markup(capsys: pytest.CaptureFixture[str]) -> None:
    print_text("[bold]offer[/bold] [link=x]", indent=2)
    assert capsys.readouterr().out.rstrip() == "  [bold]offer[/bold] [link=x]"


def test_tables_show_every_cell_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("Name", "Count"), [("[red]a\x1b[2J", 3), ("客服", 0)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Name", "Count"]
    assert lines[1].split() == ["[red]a[2J", "3"]
    assert lines[2].split() == ["客服", "0"]


def test_nothing_is_wrapped_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    long = "word " * 60 + "end"
    print_text(long)
    print_table(("A", "B"), [(long, long)])
    assert [line.split().count("end") for line in capsys.readouterr().out.splitlines()] == [1, 0, 2]


def test_every_line_of_a_text_is_indented(capsys: pytest.CaptureFixture[str]) -> None:
    print_text("one\ntwo", indent=4)
    assert capsys.readouterr().out == "    one\n    two\n"


def test_complaints_go_to_stderr_with_the_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    complain("It broke\x07.", "Mend it.")
    complain("Nothing helps.")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "Error: It broke.\nMend it.\nError: Nothing helps.\n"
