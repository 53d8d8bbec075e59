from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind
from engine.errors import InvalidInput
from ingestion.parsers.formats.xml import PARSER
from ingestion.parsers.xml_tree import local_name, parse_xml

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>'


def text(body: str) -> str:
    return PARSER.parse((HEAD + body).encode(), name="a.xml").text


def test_records_become_rows_with_the_names_of_their_fields() -> None:
    body = "<faq><item><question>How long?</question><answer>14 days.</answer></item>"
    body += '<item lang="en"><question>Who pays?</question><answer>We do.</answer></item></faq>'
    assert text(body) == "question: How long?; answer: 14 days.\nquestion: Who pays?; answer: We do."


def test_attributes_are_fields_of_records() -> None:
    assert text('<l><c code="E1" days="3"/><c code="E2" days="4"/></l>') == "code: E1; days: 3\ncode: E2; days: 4"


def test_a_field_that_occurs_twice() -> None:
    assert text("<l><r><a>1</a><b>x</b><b>y</b></r><r><a>2</a><b>z</b></r></l>") == "a: 1; b: x, y\na: 2; b: z"


def test_running_text_with_marked_words_is_one_paragraph() -> None:
    assert text("<doc><p>Press <b>start</b> and <i>wait</i>.</p><p>Done.</p></doc>") == "Press start and wait.\n\nDone."


def test_titles_are_headings_by_depth() -> None:
    parsed = PARSER.parse(f"{HEAD}<a><title>One</title><s><title>Two</title><p>x</p></s></a>".encode(), name="a.xml")
    assert [(block.kind, block.level) for block in parsed.blocks][:2] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
    ]
    assert parsed.title == "One"


def test_nothing_is_lost_in_odd_mixtures() -> None:
    assert text("<a>one<b><c>two</c><d>three</d></b>four<e>five</e></a>") == "one\n\ntwo\n\nthree\n\nfour\n\nfive"


def test_the_declared_encoding_is_believed() -> None:
    data = '<?xml version="1.0" encoding="GB18030"?><a><p>退货政策</p></a>'.encode("gb18030")
    assert PARSER.parse(data, name="a.xml").text == "退货政策"


def test_the_language_is_read() -> None:
    assert PARSER.parse(f'{HEAD}<a xml:lang="zh-TW"><p>x</p></a>'.encode(), name="a.xml").language == "zh-Hant"


def test_broken_xml_is_read_as_far_as_it_goes_with_a_warning() -> None:
    parsed = PARSER.parse(f"{HEAD}<a><p>one</p><p>two</a>".encode(), name="a.xml")
    assert parsed.text == "one\n\ntwo"
    assert len(parsed.warnings) == 1


def test_a_billion_laughs_are_a_named_failure() -> None:
    with pytest.raises(InvalidInput, match=r"a\.xml defines entities that grow without measure"):
        PARSER.parse(BOMB.encode(), name="a.xml")


@pytest.mark.parametrize("forgiving", [True, False])
def test_bombs_and_loops_are_refused(forgiving: bool) -> None:
    loop = '<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]><x>&a;</x>'
    many = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]><x>{"&a;" * 5000}</x>'
    for data in (BOMB, loop, many):
        with pytest.raises(InvalidInput, match="grow without measure"):
            parse_xml(data.encode(), name="a.xml", forgiving=forgiving)


def test_entities_of_the_file_are_filled_in_those_of_others_are_not(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("x") / "secret.txt"
    secret.write_text("secret")
    own = '<!DOCTYPE x [<!ENTITY shop "Maruvale">]><x>&shop;</x>'
    assert "".join(parse_xml(own.encode(), name="a.xml").itertext()) == "Maruvale"
    foreign = f'<!DOCTYPE x [<!ENTITY f SYSTEM "{secret.as_uri()}">]><x>a&f;b</x>'
    assert "secret" not in "".join(parse_xml(foreign.encode(), name="a.xml", forgiving=True).itertext())


def test_too_much_xml_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.parsers.xml_tree.LARGEST_TREE", 10)
    with pytest.raises(InvalidInput, match=r"a\.xml has 0 MB of XML"):
        parse_xml(b"<a>12345678</a>", name="a.xml")


def test_names_without_namespaces() -> None:
    root = parse_xml(b'<a xmlns="urn:x"><b/></a>', name="a.xml")
    assert [local_name(each) for each in root.iter()] == ["a", "b"]


@pytest.mark.parametrize("body", ["", "<a/>", "<a>&#0;</a>"])
def test_xml_without_text_is_a_named_failure(body: str) -> None:
    with pytest.raises(InvalidInput, match=r"a\.xml"):
        text(body)
