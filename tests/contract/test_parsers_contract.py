"""What every parser owes: exact blocks, clean text, one answer for the same bytes, and errors of ours only."""

from __future__ import annotations

import pkgutil
import random
import unicodedata
from collections.abc import Callable
from importlib import import_module

import pytest

from engine.domain.knowledge import BlockKind, ParsedDocument
from engine.errors import InvalidInput
from ingestion.parsers.description import DIRT
from ingestion.parsers.protocol import Parser
from ingestion.parsers.registry import parser_for, parsers
from ingestion.parsing import parse
from tests.contract import parser_samples
from tests.contract.parser_samples.sample import WHOLE, Sample


def _samples() -> dict[str, Sample]:
    """Collect the samples: each module of the folder `parser_samples` may offer some."""
    names = [module.name for module in pkgutil.iter_modules(parser_samples.__path__)]
    modules = [import_module(f"{parser_samples.__name__}.{name}") for name in names]
    return {name: sample for module in modules for name, sample in getattr(module, "SAMPLES", {}).items()}


SAMPLES = _samples()
FORMATS = [pytest.param(parser, id=parser.format) for parser in parsers() if parser.format in SAMPLES]


def sample(parser: Parser) -> Sample:
    return SAMPLES[parser.format]


def parsed(parser: Parser) -> ParsedDocument:
    return parser.parse(sample(parser).data, name=sample(parser).name)


def check(document: ParsedDocument) -> None:
    """Assert what holds for the text and blocks of any document."""
    text = document.text
    assert unicodedata.is_normalized("NFC", text)
    assert not {unicodedata.category(char) for char in text.replace("\n", "")} & {"Cc", "Cs"}
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b\xa0")
    assert not any(line.endswith((" ", "\u3000")) for line in text.split("\n"))
    assert document.title.strip()
    at = 0
    for block in document.blocks:
        assert text[at : block.span.start] == ("" if at == 0 else "\n" * (block.span.start - at))
        assert block.span.start - at in ((0,) if at == 0 else (1, 2))
        assert block.span.of(text).strip()
        assert (1 <= block.level <= 6) if block.kind is BlockKind.HEADING else block.level >= 0
        at = block.span.end
    assert at == len(text)


def test_every_parser_has_a_sample() -> None:
    assert {parser.format for parser in parsers()} == set(SAMPLES)


@pytest.mark.parametrize("parser", FORMATS)
def test_the_registry_finds_it_for_its_sample(parser: Parser) -> None:
    assert parser_for(sample(parser).name, sample(parser).data) is parser


@pytest.mark.parametrize("parser", FORMATS)
def test_the_same_document_reads_the_same_in_every_format(parser: Parser) -> None:
    document = parsed(parser)
    assert (document.text, document.title) == (sample(parser).text, sample(parser).title)
    if document.text == WHOLE:
        assert [block.kind for block in document.blocks[-2:]] == [BlockKind.LIST_ITEM, BlockKind.LIST_ITEM]
    check(document)


@pytest.mark.parametrize("parser", FORMATS)
def test_text_is_cleaned(parser: Parser) -> None:
    document = parser.parse(sample(parser).dirty, name=sample(parser).name)
    assert document.text == sample(parser).clean
    assert (DIRT in document.warnings) == sample(parser).warns
    assert DIRT not in parsed(parser).warnings
    check(document)


@pytest.mark.parametrize("parser", FORMATS)
def test_parsing_twice_gives_the_same(parser: Parser) -> None:
    assert parsed(parser) == parsed(parser)


@pytest.mark.parametrize("parser", FORMATS)
def test_a_document_without_text_is_refused_by_name(parser: Parser) -> None:
    with pytest.raises(InvalidInput) as caught:
        parser.parse(sample(parser).blank, name=f"folder/{sample(parser).name}")
    assert f"folder/{sample(parser).name}" in caught.value.message
    assert caught.value.remedy


def mangled(kind: str) -> Callable[[bytes, random.Random], bytes]:
    def cut(data: bytes, chance: random.Random) -> bytes:
        return data[: chance.randrange(1, len(data))]

    def overwritten(data: bytes, chance: random.Random) -> bytes:
        damaged = bytearray(data)
        for _ in range(1 + len(data) // 200):
            damaged[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(damaged)

    def hollow(data: bytes, chance: random.Random) -> bytes:
        start = chance.randrange(len(data))
        return data[:start] + data[start + len(data) // 5 :]

    def noise(data: bytes, chance: random.Random) -> bytes:
        return data[:8] + chance.randbytes(300)

    return {"cut": cut, "overwritten": overwritten, "hollow": hollow, "noise": noise}[kind]


@pytest.mark.filterwarnings("ignore::UserWarning")  # of zipfile, about names that occur twice
@pytest.mark.parametrize("kind", ["cut", "overwritten", "hollow", "noise"])
@pytest.mark.parametrize("parser", FORMATS)
def test_a_damaged_file_is_parsed_or_refused_and_nothing_else(parser: Parser, kind: str) -> None:
    chance = random.Random(f"{parser.format} {kind}")
    for _ in range(15):
        data = mangled(kind)(sample(parser).data, chance)
        outcome = parsed_or_refused(data, sample(parser).name)
        if isinstance(outcome, InvalidInput):
            assert sample(parser).name in outcome.message
            assert outcome.remedy
        else:
            check(outcome)


def parsed_or_refused(data: bytes, name: str) -> ParsedDocument | InvalidInput:
    try:
        return parse(data, name=name)
    except InvalidInput as error:
        return error
