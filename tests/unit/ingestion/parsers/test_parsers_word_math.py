from __future__ import annotations

import pytest

from ingestion.parsers.word_math import formula_text
from ingestion.parsers.xml_tree import parse_xml

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def read(inner: str) -> str:
    return formula_text(parse_xml(f'<m:oMath xmlns:m="{MATH}">{inner}</m:oMath>'.encode(), name="formula"))


def run(text: str) -> str:
    return f"<m:r><m:rPr><m:sty m:val='p'/></m:rPr><m:t>{text}</m:t></m:r>"


def part(name: str, text: str) -> str:
    return f"<m:{name}>{run(text)}</m:{name}>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (run("A=πr"), "A=πr"),
        (f"<m:f>{part('num', 'a+b')}{part('den', '2a')}</m:f>", "(a+b)/2a"),
        (f"<m:sSup>{part('e', 'x')}{part('sup', '2')}</m:sSup>", "x^2"),
        (f"<m:sSub>{part('e', 'x')}{part('sub', 'i+1')}</m:sSub>", "x_(i+1)"),
        (f"<m:sSubSup>{part('e', 'x')}{part('sub', 'i')}{part('sup', '2')}</m:sSubSup>", "x_i^2"),
        (f"<m:rad>{part('deg', '3')}{part('e', 'x+1')}</m:rad>", "3√(x+1)"),
        (f"<m:nary>{part('sub', 'i')}{part('sup', 'n')}{part('e', 'x')}</m:nary>", "∫_i^n x"),
        (f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr>{part('sub', 'i=0')}{part('e', 'x')}</m:nary>", "∑_(i=0) x"),
        (f"<m:func>{part('fName', 'sin')}{part('e', 'x')}</m:func>", "sin x"),
        (f"<m:limLow>{part('e', 'lim')}{part('lim', 'n→∞')}</m:limLow>", "lim_(n→∞)"),
        (f"<m:d>{part('e', 'a')}{part('e', 'b')}</m:d>", "(a|b)"),
        (f"<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=''/></m:dPr>{part('e', 'a')}</m:d>", "[a"),
        (f"<m:m><m:mr>{part('e', 'a')}{part('e', 'b')}</m:mr><m:mr>{part('e', 'c')}</m:mr></m:m>", "a, b; c"),
        (f"<m:acc>{part('e', 'x')}</m:acc>", "x"),
        ("", ""),
    ],
)
def test_formulas_are_written_as_people_type_them(inner: str, text: str) -> None:
    assert read(inner) == text


def test_deep_formulas_end() -> None:
    assert "x" in read("<m:e>" * 200 + run("x") + "</m:e>" * 200)
