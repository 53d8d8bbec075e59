"""Ask back: where the knowledge splits on something that the customer did not say, that is the one question to ask.

It splits where the best evidence is one row of a table whose rows answer the same question for different cases, or
where passages about different products fit equally well. Whoever names a case or a product is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from engine.answering.coverage import QuestionTerms, TermSet, term_lookup, term_set
from engine.answering.extract import Extraction, Quote
from engine.answering.questions import question_types, without_cues
from engine.answering.script import readable
from engine.domain.handoff import Clarification
from engine.domain.knowledge import PAST_KINDS, Span
from engine.domain.search import Passage
from engine.languages.folding import fold
from engine.languages.kinship import Kinship, kinship
from engine.languages.profile import QuestionType
from engine.languages.quantities import QuantityKind, quantities
from engine.languages.registry import profile_for
from engine.languages.terms import TermKind, content_terms

__all__ = ["chosen_case", "clarification"]

MAX_OPTIONS = 8
OPTION_CHARS = 60
CONTENDERS = 5  # passages in which products are compared, and tables that the question does not name
TABLES = 10  # passages in which tables are looked for that the question names
FITS = 0.5  # of the question's content terms
NEARLY = 0.45  # the same, of a table that a row was quoted from and that has a heading of the question's words
LEAST = 0.35  # the same, of a table that has neither
AS_WELL = 0.8  # of the best passage's share of them
_VALUES = {QuantityKind.MONEY, QuantityKind.DURATION, QuantityKind.DATE, QuantityKind.TIME, QuantityKind.NUMBER}
_ASKED_FOR = {
    QuestionType.WHEN: frozenset({QuantityKind.DURATION, QuantityKind.DATE, QuantityKind.TIME}),
    QuestionType.HOW_MUCH: frozenset({QuantityKind.MONEY}),
    QuestionType.NUMBER: frozenset({QuantityKind.NUMBER, QuantityKind.DURATION}),
}
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

    Options in Chinese are written in the customer's script. Only the order of the passages counts, not their scores.
    """
    if not extraction.quotes:
        return None
    asked = _Asked(question, language, frozenset(quote.text for quote in extraction.quotes))
    best = passages[extraction.quotes[0].passage]
    options, written = _products(asked, best, passages[:CONTENDERS]), best.language
    ranked = sorted(enumerate(passages[:TABLES]), key=lambda each: each[1].language != language)
    for rank, passage in ranked:
        if not options:
            near = rank < CONTENDERS and kinship(passage.language, language) is Kinship.LANGUAGE
            rival = best if near else None
            options, written = _cases(asked, passage, rival), passage.language
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, and what was quoted to answer it."""

    question: str
    language: str
    quoted: frozenset[str]

    @property
    def kinds(self) -> frozenset[QuantityKind]:
        """The kinds of quantity that are asked for."""
        types = question_types(self.question, self.language)
        if QuestionType.HOW_MUCH in types:
            types -= {QuestionType.NUMBER}  # "how much" begins like "how many" in some languages
        return frozenset().union(*(_ASKED_FOR[each] for each in types if each in _ASKED_FOR))

    def share(self, passage: Passage) -> float:
        """Return how much of what is asked stands in the passage or its headings, question words or not.

        Past cases have nothing of it.
        """
        if passage.kind in PAST_KINDS:
            return 0.0
        whole = term_lookup(passage.whole, passage.language)
        asked = (self.question, without_cues(self.question, self.language))
        return max(QuestionTerms.among(each, self.language, ()).coverage(whole) for each in asked)

    def names(self, *texts: str, written: str) -> bool:
        """Tell whether texts, such as the headings of columns, have a word of the question."""
        return bool(_words(" ".join(texts), written) & _content(self.question, self.language))

    def is_about(self, passage: Passage) -> bool:
        """Tell whether the headings above a passage have a word of the question that is no question word."""
        matter = _content(without_cues(self.question, self.language), self.language)
        return bool(_words(" ".join((passage.title, *passage.section)), passage.language) & matter)


def _cases(asked: _Asked, passage: Passage, rival: Passage | None) -> tuple[str, ...]:
    """Return the cases that the rows of a table are about which answers the question, if it names none of them."""
    for rows in _tables(passage.text):
        cases = [row.case for row in rows]
        named = partial(_named, asked, cases, written=passage.language, header=rows[0].headers[0])
        if _are_cases(rows) and _is_meant(asked, passage, rows, rival) and not named():
            return tuple(map(_option, rows))
    return ()


def _is_meant(asked: _Asked, passage: Passage, rows: Sequence[_Row], rival: Passage | None) -> bool:
    """Tell whether a table answers the question.

    A row was quoted, or it gives quantities of the kind asked for in a column that the question names; and the passage
    fits. Or it gives them, its place is what the question is about, and it fits as well as the `rival`.
    """
    row_quoted = any(row.text in asked.quoted for row in rows)
    kinds = {quantity.kind for row in rows for value in row.values for quantity in quantities(value)} & _VALUES
    wanted = bool(asked.kinds & kinds)
    named = wanted and asked.names(*rows[0].headers[1:], written=passage.language)
    share = asked.share(passage)
    if (row_quoted or named) and share >= (NEARLY if row_quoted and named else FITS):
        return True
    fits = rival is not None and share >= max(LEAST, AS_WELL * asked.share(rival))
    return fits and wanted and asked.is_about(passage)


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


def _products(asked: _Asked, best: Passage, passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return the products whose documents fit as well as the best one's, if the question names none of them."""
    least = max(FITS, AS_WELL * asked.share(best))
    alike = [each for each in (best, *passages) if each.language == best.language and asked.share(each) >= least]
    products = {found[0]: passage.title for passage in alike if (found := _PRODUCT.search(passage.title))}
    if len(products) < 2 or not _PRODUCT.search(best.title):
        return ()
    return () if _named(asked, list(products.values()), written=best.language) else tuple(products)


def _named(asked: _Asked, cases: Sequence[str], *, written: str, header: str = "") -> bool:
    """Tell whether the question has a word of some of the cases that not all of them share, or a code of theirs.

    Words of the cases' own `header` tell nothing. The language of the cases is `written`.
    """
    bags = [_content(case, written) for case in cases]
    told = frozenset.intersection(*bags) | _words(header, written)
    said = _content(asked.question, asked.language) | _content(asked.question, written)
    codes = [fold(q.span.of(case)) for case in cases for q in quantities(case) if q.kind is QuantityKind.CODE]
    return any(said & (bag - told) for bag in bags) or any(code in fold(asked.question) for code in codes)


def _content(text: str, language: str) -> TermSet:
    counted = content_terms(text, language)
    return frozenset((kind, term) for kind in (TermKind.BIGRAM, TermKind.WORD) for term in counted.of(kind))


def _words(text: str, language: str) -> TermSet:
    return frozenset(term for term in term_set(text, language) if term[0] is not TermKind.CHARACTER)
