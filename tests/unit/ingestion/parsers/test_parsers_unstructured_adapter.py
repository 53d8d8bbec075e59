from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from engine.errors import InvalidInput
from ingestion.parsers.unstructured_adapter import Element, partition_word
from tests.unit.ingestion.documents import word

ROOT = Path(__file__).resolve().parents[4]


def test_elements_come_in_document_order() -> None:
    data = word(
        lambda document: (
            document.add_heading("Heading", 2),
            document.add_paragraph("Please read this page before you switch the machine on."),
            document.add_paragraph("one", style="List Number"),
        )
    )
    heading, paragraph, item = partition_word(data, name="a.docx")
    assert heading == Element("Title", "Heading", depth=1)
    assert paragraph.text == "Please read this page before you switch the machine on."
    assert item == Element("ListItem", "1. one")


def test_tables_carry_their_cells() -> None:
    def build(document: object) -> None:
        table = document.add_table(rows=1, cols=2)  # type: ignore[attr-defined]
        table.cell(0, 0).text, table.cell(0, 1).text = "a", "b"

    (element,) = partition_word(word(build), name="a.docx")
    assert element.category == "Table"
    assert "<td>a</td><td>b</td>" in element.html


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"text"])
def test_library_errors_become_ours(data: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"a\.docx is not a readable Word document"):
        partition_word(data, name="a.docx")


def test_it_works_without_a_network_and_says_nothing(tmp_path: Path) -> None:
    """In a process of its own, because what the library does at its first import is what matters."""
    (tmp_path / "a.docx").write_bytes(word(lambda document: document.add_paragraph("Is the dock plugged in? 请检查。")))
    script = """
        import socket, subprocess, sys
        from pathlib import Path

        def refused(*args, **kwargs):
            raise AssertionError("reached for the network or another program")

        socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refused
        subprocess.run = subprocess.Popen = refused
        from ingestion.parsers.unstructured_adapter import partition_word
        elements = partition_word(Path(sys.argv[1]).read_bytes(), name="a.docx")
        assert elements[0].text == "Is the dock plugged in? 请检查。", elements
        from unstructured.nlp.tokenize import sent_tokenize
        assert sent_tokenize("Is it on? 请检查。再试一次。") == ["Is it on?", "请检查。", "再试一次。"]
    """
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", textwrap.dedent(script), str(tmp_path / "a.docx")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
