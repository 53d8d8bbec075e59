"""Ask back: where the knowledge splits on something that the customer did not say, that is the one question to ask.

It splits where the best evidence is one row of a table whose rows answer the same question for different cases, or
where passages about different products fit equally well. Whoever names a case or a product is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from engine.answering.coverage import QuestionTerms, TermSet, term_set
from engine.answering.extract import Extraction, Quote
from engine.answering.questions import question_types
from engine.answering.script import readable
from engine.domain.handoff import Clarification
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import Passage
from engine.languages.folding import fold
from engine.languages.profile import QuestionType
from engine.languages.quantities import QuantityKind, quantities
from engine.languages.registry import profile_for
from engine.languages.terms import TermKind, content_terms

__all__ = ["chosen_case", "clarification"]

MAX_OPTIONS = 8
OPTION_CHARS = 60
CLOSE = 0.85  # of the best passage's score: fits as well
CONTENDERS = 5  # passages compared
FITS = 0.5  # of the question's content terms
_VALUES = {QuantityKind.MONEY, QuantityKind.DURATION, QuantityKind.DATE, QuantityKind.TIME, QuantityKind.NUMBER}
_QUANTITIES = {QuestionType.WHEN, QuestionType.HOW_MUCH, QuestionType.NUMBER}
_CELL = re.compile(r"\s*([^:：;；]{1,60})[:：]\s*([^;；]+)")
_PRODUCT = re.compile(r"(?:[A-Z][A-Za-z]+ )?(?<![A-Za-z0-9])[A-Z]{1,3}-?\d{1,4}(?![A-Za-z0-9-])")
_ASIDE = re.compile(r"\s*[（(][^（）()]*[)）]\s*")


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    headers: tuple[str, ...]
    case: str
    values: tuple[str, ...]


def clarification(
    question: str, language: str, passages: Sequence[Passage], extraction: Extraction
) -> Clarification | None:
    """Return what to ask back, with options from the knowledge itself; None if the question can be answered as it is.

    Options in Chinese are written in the customer's script.
    """
    if not extraction.quotes:
        return None
    best = passages[extraction.quotes[0].passage]
    close = [each for each in passages[:CONTENDERS] if each.score >= CLOSE * best.score and each is not best]
    fitting = [each for each in (best, *close) if _fits(question, language, each)]
    quoted = frozenset(quote.text for quote in extraction.quotes)
    options, written = _products(question, language, fitting), best.language
    for passage in sorted(fitting, key=lambda each: each.language != language):
        if not options:
            options, written = _cases(question, language, passage, quoted), passage.language
    shown = dict.fromkeys(readable(option, language=written, reader=language) for option in options)
    return Clarification(profile_for(language).phrases.clarify, tuple(shown)) if len(shown) > 1 else None


def chosen_case(option: str, passages: Sequence[Passage]) -> Extraction | None:
    """Return the row that is about the option which the customer chose; None if the passages have none.

    Its coverage is 1: the customer has said which one it is.
    """
    for place, passage in enumerate(passages):
        for row in (row for rows in _tables(passage.text) for row in rows):
            if option and fold(_option(row)) == fold(option):
                start = passage.span.start + passage.text.index(row.text)
                quote = Quote(place, Span(start, start + len(row.text)), row.text)
                return Extraction((quote,), coverage=1.0)
    return None


def _option(row: _Row) -> str:
    return _ASIDE.sub("", row.case)[:OPTION_CHARS] or row.case


def _fits(question: str, language: str, passage: Passage) -> bool:
    """Tell whether most of what the question says stands in the passage or its headings; past cases never fit."""
    if passage.kind in {DocumentKind.TRANSCRIPT, DocumentKind.CASE}:
        return False
    whole = term_set("\n".join((passage.title, *passage.section, passage.text)), passage.language)
    return QuestionTerms.among(question, language, ()).coverage(whole) >= FITS


def _cases(question: str, language: str, passage: Passage, quoted: frozenset[str]) -> tuple[str, ...]:
    """Return the cases that the rows of a table are about which answers the question, if it names none of them."""
    for rows in _tables(passage.text):
        meant = any(row.text in quoted for row in rows) or _asked_for(question, language, rows[0], passage.language)
        cases = [row.case for row in rows]
        named = partial(_named, question, language, cases, written=passage.language, header=rows[0].headers[0])
        if meant and _are_cases(rows) and not named():
            return tuple(map(_option, rows))
    return ()


def _asked_for(question: str, language: str, row: _Row, written: str) -> bool:
    """Tell whether a quantity is asked for, and the heading of a column of values has a word of the question."""
    if _QUANTITIES.isdisjoint(question_types(question, language)):
        return False
    return bool(_words(" ".join(row.headers[1:]), written) & _content(question, language))


def _are_cases(rows: Sequence[_Row]) -> bool:
    """Tell whether the rows of a table are cases of one matter.

    All but one at most give a quantity of one kind, and none is named by a quantity itself: else the table lists
    properties of one thing, or the levels of a scale.
    """
    values = {row.values for row in rows}
    if not 2 <= len(rows) <= MAX_OPTIONS or len(values) < 2 or len({row.case for row in rows}) < len(rows):
        return False
    kinds = [{quantity.kind for value in row.values for quantity in quantities(value)} & _VALUES for row in rows]
    named = [quantity.kind for row in rows for quantity in quantities(row.case)]
    common = max((sum(kind in found for found in kinds) for kind in _VALUES), default=0)
    return common >= max(2, len(rows) - 1) and not set(named) - {QuantityKind.CODE}


def _tables(text: str) -> Iterator[tuple[_Row, ...]]:
    """Yield the tables of a passage: rows that follow each other and have the same headings."""
    rows: list[_Row] = []
    for line in (*text.split("\n"), ""):
        row = _row(line)
        if rows and (row is None or row.headers != rows[0].headers):
            yield tuple(rows)
            rows = []
        if row is not None:
            rows.append(row)


def _row(line: str) -> _Row | None:
    """Read "header: value; header: value"; a part without a header belongs to the value before it."""
    cells: list[tuple[str, str]] = []
    for part in re.split("[;；]", line):
        if found := _CELL.fullmatch(part):
            cells.append((found[1].strip(), found[2].strip()))
        elif not cells:
            return None
        else:
            cells[-1] = (cells[-1][0], f"{cells[-1][1]}; {part.strip()}")
    if len(cells) < 2:
        return None
    headers, values = zip(*cells, strict=True)
    return _Row(line.strip(), headers, values[0], values[1:])


def _products(question: str, language: str, fitting: Sequence[Passage]) -> tuple[str, ...]:
    """Return the products whose documents fit as well as the best one's, if the question names none of them."""
    alike = [passage for passage in fitting if passage.language == fitting[0].language]
    products = {found[0]: passage.title for passage in alike if (found := _PRODUCT.search(passage.title))}
    if len(products) < 2 or not _PRODUCT.search(fitting[0].title):
        return ()
    return () if _named(question, language, list(products.values()), written=alike[0].language) else tuple(products)


def _named(question: str, language: str, cases: Sequence[str], *, written: str, header: str = "") -> bool:
    """Tell whether the question has a word of some of the cases that not all of them share, or a code of theirs.

    Words of the cases' own `header` tell nothing. The language of the cases is `written`.
    """
    bags = [_content(case, written) for case in cases]
    told = frozenset.intersection(*bags) | _words(header, written)
    asked = _content(question, language) | _content(question, written)
    codes = [fold(q.span.of(case)) for case in cases for q in quantities(case) if q.kind is QuantityKind.CODE]
    return any(asked & (bag - told) for bag in bags) or any(code in fold(question) for code in codes)


def _content(text: str, language: str) -> TermSet:
    counted = content_terms(text, language)
    return frozenset((kind, term) for kind in (TermKind.BIGRAM, TermKind.WORD) for term in counted.of(kind))


def _words(text: str, language: str) -> TermSet:
    return frozenset(term for term in term_set(text, language) if term[0] is not TermKind.CHARACTER)
