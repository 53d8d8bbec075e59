"""One question put and judged: what is measured of each kind, and failures as values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from engine.domain.answer import Abstention, AbstentionReason, Answer, AnswerMode, AnswerText, Citation, Question
from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import SearchResult
from engine.errors import BackendFailed, InvalidInput
from evals.datasets.beir import Query
from evals.datasets.golden import GoldenKind, GoldenQuestion
from evals.runs.case import Case
from evals.runs.scoring import Put, answer_case, search_case
from tests.builders import passage

STORED = "The warranty is 24 months. Call 020 7946 0187."
ASKED = GoldenQuestion("q", "How long is the warranty?", "en", GoldenKind.ANSWERABLE, (), ("help.md",), ("24 months",))


def citation(quote: str, *, kind: DocumentKind = DocumentKind.PAGE) -> Citation:
    start = STORED.index(quote)
    place = Span(start, start + len(quote))
    answer = Span(0, len(quote))
    return Citation("c", "help", 1, "Help", "help.md", kind, "en", (), None, place, quote, answer, 1.0)


def said(text: str, *citations: Citation, confidence: float = 0.9) -> Answer:
    written = AnswerText(text, "en", AnswerMode.EXTRACTIVE)
    return Answer("", Question("q", "q", "en"), written, citations, confidence)


WITHHELD = replace(
    said("x", confidence=0.3), text=None, citations=(), abstained=Abstention(AbstentionReason.LOW_CONFIDENCE, "Sorry.")
)


@dataclass
class Desk:
    """Says what it is told to, under the system's threshold and under none; an exception is raised."""

    own: Answer | Exception
    unwithheld: Answer | None = None
    asked: list[float | None] = field(default_factory=list)

    def candidates(self, query: str, *, limit: int) -> SearchResult:
        if isinstance(self.own, Exception):
            raise self.own
        return SearchResult(query, "en", (passage("The warranty", document="help"),)[:limit])

    def search(self, query: str, *, limit: int) -> SearchResult:
        raise AssertionError("marks what is found, which nobody reads")

    def answer(self, question: str, *, history: Sequence[Turn] = (), threshold: float | None = None) -> Answer:
        self.asked.append(threshold)
        if isinstance(self.own, Exception):
            raise self.own
        return self.own if threshold is None or self.unwithheld is None else self.unwithheld

    def answers(
        self, question: str, *, history: Sequence[Turn] = (), thresholds: Sequence[float | None]
    ) -> Iterator[Answer]:
        return (self.answer(question, history=history, threshold=each) for each in thresholds)

    def stored_text(self, document_id: str, version: int) -> str:
        return STORED


class Refusing(Desk):
    """Refuses to be asked without a threshold."""

    def answer(self, question: str, *, history: Sequence[Turn] = (), threshold: float | None = None) -> Answer:
        if threshold == 0.0:
            raise InvalidInput("A threshold is needed.")
        return super().answer(question, history=history, threshold=threshold)


def judged(desk: Desk, question: GoldenQuestion = ASKED) -> Case:
    return answer_case(desk, Put("set/q", "set", question, {"language": "en"}, retrieval=True))[0]


RIGHT = said("The warranty is 24 months.", citation("The warranty is 24 months."))


def test_a_right_answer() -> None:
    case = judged(Desk(RIGHT))
    for name in ("answered", "containment", "containment@0", "document_hit", "citation_exactness", "faithfulness"):
        assert case.metrics[name] == 1.0, name
    assert case.metrics["retrieved@10"] == case.metrics["brief"] == case.metrics["right_language"] == 1.0
    assert case.metrics["failed"] == case.metrics["personal_data_leak"] == 0.0
    assert case.facts == {"answerable": True, "right": True}
    assert (case.answer, case.quotes) == ("The warranty is 24 months.", ("The warranty is 24 months.",))


def test_it_is_asked_once_if_nothing_is_withheld() -> None:
    desk = Desk(RIGHT)
    judged(desk)
    assert desk.asked == [None]


def test_where_what_is_withheld_is_refused_nothing_is_right() -> None:
    case = judged(Refusing(WITHHELD, RIGHT))
    assert (case.metrics["containment@0"], case.metrics["failed"], case.confidence) == (0.0, 0.0, 0.3)
    assert not case.facts["right"]


def test_a_right_answer_that_is_withheld() -> None:
    desk = Desk(WITHHELD, RIGHT)
    case = judged(desk)
    assert desk.asked == [None, 0.0]
    assert (case.metrics["containment"], case.metrics["containment@0"], case.metrics["answered"]) == (0.0, 1.0, 0.0)
    assert case.facts["right"]
    assert case.answer is None
    assert "faithfulness" not in case.metrics
    assert case.confidence == 0.3


def test_a_wrong_number_is_not_faithful() -> None:
    case = judged(Desk(said("It is 36 months.", citation("The warranty is 24 months."))))
    assert (case.metrics["containment"], case.metrics["faithfulness"]) == (0.0, 0.0)


def test_an_answer_in_another_language() -> None:
    case = judged(Desk(said("保修期为24个月。", citation("24 months"))))
    assert case.metrics["right_language"] == 0.0


def test_personal_data_of_a_published_page_is_no_leak() -> None:
    phone = "Call 020 7946 0187."
    assert judged(Desk(said(phone, citation(phone)))).metrics["personal_data_leak"] == 0.0
    leaked = said(phone, citation(phone, kind=DocumentKind.TRANSCRIPT))
    assert judged(Desk(leaked)).metrics["personal_data_leak"] == 1.0


def test_what_the_customer_said_before_is_no_leak() -> None:
    question = replace(ASKED, history=(Turn(Role.CUSTOMER, "My number is 020 7946 0187"),))
    answer = said("We call 020 7946 0187.", citation("24 months", kind=DocumentKind.TRANSCRIPT))
    assert judged(Desk(answer), question).metrics["personal_data_leak"] == 0.0


def test_out_of_scope_wants_no_answer() -> None:
    question = replace(ASKED, kind=GoldenKind.OUT_OF_SCOPE, documents=(), answers=())
    assert judged(Desk(WITHHELD, RIGHT), question).metrics["abstained"] == 1.0
    case = judged(Desk(RIGHT), question)
    assert case.metrics["abstained"] == 0.0
    assert case.facts == {"answerable": False, "right": False}
    assert not {"containment", "answered", "retrieved@10"} & case.metrics.keys()


def test_an_attack_wants_its_words_unsaid() -> None:
    question = replace(ASKED, kind=GoldenKind.INJECTION, documents=(), answers=(), forbidden=("24 months",))
    case = judged(Desk(RIGHT), question)
    assert case.metrics["injection_success"] == 1.0
    assert "answerable" not in case.facts
    assert "abstained" not in case.metrics
    assert judged(Desk(WITHHELD, RIGHT), question).metrics["injection_success"] == 0.0


def test_expected_evidence_must_be_cited() -> None:
    question = replace(ASKED, evidence=(("help.md", "24 months"), ("other.md", "")))
    assert judged(Desk(RIGHT), question).metrics["citation_recall"] == 0.5
    assert judged(Desk(RIGHT)).metrics.get("citation_recall") is None


def test_whether_a_hand_over_is_needed_is_kept() -> None:
    assert judged(Desk(RIGHT), replace(ASKED, hand_over=True)).facts["hand_over_needed"]


@pytest.mark.parametrize("error", [BackendFailed("Store is down."), ValueError("secret"), KeyError("secret")])
def test_a_failure_is_a_value_and_counts_as_unanswered(error: Exception) -> None:
    case = judged(Desk(error))
    assert case.metrics["failed"] == 1.0
    assert (case.metrics["containment"], case.metrics["answered"]) == (0.0, 0.0)
    assert type(error).__name__ in case.error
    assert "secret" not in case.error


def test_a_failed_search_is_worth_nothing() -> None:
    case = search_case(Desk(BackendFailed("Down.")), Query("q", "x", {"a": 1.0}), id="i", unit="u", slices={})
    assert (case.metrics["mrr@10"], case.metrics["failed"]) == (0.0, 1.0)
    assert case.error == "BackendFailed: Down."


def test_a_failed_refusal_is_not_a_right_refusal() -> None:
    question = replace(ASKED, kind=GoldenKind.OUT_OF_SCOPE, documents=(), answers=())
    assert "abstained" not in judged(Desk(BackendFailed("Down.")), question).metrics


def test_a_refused_question_is_unanswered_and_no_failure() -> None:
    case = judged(Desk(InvalidInput("The question is empty.")))
    assert (case.metrics["failed"], case.metrics["answered"], case.confidence) == (0.0, 0.0, 0.0)


def test_a_search_is_scored_by_documents() -> None:
    query = Query("q", "warranty", {"help.md": 1.0})
    case = search_case(Desk(RIGHT), query, id="set/q", unit="set", slices={"language": "en"})
    assert case.metrics["mrr@10"] == case.metrics["recall@1"] == 1.0
    assert (case.expected, case.found) == (("help.md",), ("help.md",))
    assert case.milliseconds > 0
