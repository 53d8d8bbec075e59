from __future__ import annotations

import dataclasses
from datetime import date
from types import ModuleType

import pytest
from pydantic import ValidationError

import api.schemas.answers
import api.schemas.documents
import api.schemas.filters
import api.schemas.health
import api.schemas.ingestion
import api.schemas.knowledge_bases
import api.schemas.problems
import api.schemas.search
import api.schemas.uploads
import api.schemas.versions
from api.schemas.answers import AnswerIn, AnswerOut
from api.schemas.base import Model
from api.schemas.documents import DocumentOut
from api.schemas.filters import FilterIn
from api.schemas.knowledge_bases import KnowledgeBaseIn, checked
from api.schemas.search import PassageOut, SearchIn
from engine.answering.request import AnswerRequest
from engine.domain.answer import (
    Abstention,
    AbstentionReason,
    Answer,
    AnswerMode,
    AnswerText,
    Citation,
    Question,
)
from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import Document, DocumentKind, Span
from engine.domain.search import Passage, SearchFilter
from engine.errors import InvalidInput

MODULES: tuple[ModuleType, ...] = (
    api.schemas.answers,
    api.schemas.documents,
    api.schemas.filters,
    api.schemas.health,
    api.schemas.ingestion,
    api.schemas.knowledge_bases,
    api.schemas.problems,
    api.schemas.search,
    api.schemas.uploads,
    api.schemas.versions,
)
MODELS: tuple[type[Model], ...] = tuple(
    getattr(module, name) for module in MODULES for name in module.__all__ if isinstance(getattr(module, name), type)
)

CITATION = Citation(
    "1", "d", 2, "Returns", "returns.md", DocumentKind.POLICY, "en", ("A", "B"), 3, Span(5, 9), "kept", Span(0, 4), 0.5
)
QUESTION = Question("and abroad?", "returns abroad?", "en")
ANSWER = Answer(
    "c",
    QUESTION,
    AnswerText("kept", "en", AnswerMode.EXTRACTIVE, ("a note",)),
    (CITATION,),
    0.75,
    None,
    ("more?",),
    {"search": 1.5},
)


def test_an_answer_has_exactly_the_agreed_shape() -> None:
    assert AnswerOut.of(ANSWER).model_dump(mode="json") == {
        "conversation_id": "c",
        "answer_id": "",
        "question": {"text": "and abroad?", "standalone": "returns abroad?", "language": "en"},
        "answer": {
            "text": "kept",
            "language": "en",
            "mode": "extractive",
            "notes": ["a note"],
            "presented_as": "text",
            "lead_in": "",
        },
        "citations": [
            {
                "id": "1",
                "document_id": "d",
                "version": 2,
                "title": "Returns",
                "uri": "returns.md",
                "kind": "policy",
                "language": "en",
                "section": ["A", "B"],
                "page": 3,
                "span": {"start": 5, "end": 9},
                "quote": "kept",
                "answer_span": {"start": 0, "end": 4},
                "score": 0.5,
            }
        ],
        "confidence": 0.75,
        "abstained": None,
        "clarify": None,
        "handoff": None,
        "conflicts": [],
        "follow_ups": ["more?"],
        "timings_ms": {"search": 1.5},
    }


def test_an_abstention_has_no_answer() -> None:
    withheld = dataclasses.replace(
        ANSWER, text=None, citations=(), abstained=Abstention(AbstentionReason.NO_EVIDENCE, "Sorry.")
    )
    shown = AnswerOut.of(withheld).model_dump(mode="json")
    assert shown["answer"] is None
    assert shown["abstained"] == {"reason": "no_evidence", "message": "Sorry."}
    assert shown["citations"] == []


def test_an_answer_survives_its_own_json() -> None:
    shown = AnswerOut.of(ANSWER)
    assert AnswerOut.model_validate_json(shown.model_dump_json()) == shown


def test_a_passage_keeps_every_field() -> None:
    passage = Passage(
        "k", "d", 1, "T", "u", DocumentKind.FAQ, "ja", ("S",), None, Span(0, 3), "abc", 0.1,
        {"dense": 1}, {"dense": 0.9}, (Span(0, 1),), ("t",), date(2025, 1, 1), None,
    )  # fmt: skip
    assert PassageOut.of(passage).model_dump() == dataclasses.asdict(passage)


def test_a_document_keeps_every_field() -> None:
    document = Document(
        "d",
        "kb",
        "upload",
        "u",
        "T",
        DocumentKind.MANUAL,
        "en",
        3,
        "hash",
        ("t",),
        None,
        date(2026, 1, 1),
        {"a": "b"},
        4,
        "now",
    )
    assert DocumentOut.of(document).model_dump() == dataclasses.asdict(document)


def test_a_question_becomes_a_request() -> None:
    body = AnswerIn.model_validate(
        {
            "knowledge_base": "kb",
            "question": "q",
            "history": [{"role": "agent", "text": "hello"}],
            "conversation_id": "c",
            "language": "zh-Hans",
            "filter": {
                "kinds": ["faq"],
                "languages": ["en"],
                "tags": ["t"],
                "document_ids": ["d"],
                "as_of": "2025-02-03",
            },
            "threshold": 0.25,
        }
    )
    wanted = SearchFilter((DocumentKind.FAQ,), ("en",), ("t",), ("d",), date(2025, 2, 3))
    assert body.to_domain() == AnswerRequest("q", (Turn(Role.AGENT, "hello"),), "c", "zh-Hans", wanted, 0.25)


@pytest.mark.parametrize("rest", [{}, {"filter": None, "language": None, "conversation_id": None, "threshold": None}])
def test_what_is_left_out_or_null_does_not_restrict(rest: dict[str, None]) -> None:
    body = AnswerIn.model_validate({"knowledge_base": "kb", "question": "q", **rest})
    assert body.to_domain() == AnswerRequest("q")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_unknown_fields_are_refused(model: type[Model]) -> None:
    with pytest.raises(ValidationError, match="surprise"):
        model.model_validate({"surprise": 1})


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_examples_fit_their_models(model: type[Model]) -> None:
    for example in model.model_json_schema().get("examples", ()):
        model.model_validate(example)


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": 7},
        {"question": None},
        {"knowledge_base": ""},
        {"knowledge_base": "k" * 101},
        {"knowledge_base": "a\x00b"},
        {"language": "en'; DROP TABLE"},
        {"language": ""},
        {"threshold": 1.01},
        {"threshold": -0.01},
        {"threshold": "nan"},
        {"conversation_id": ""},
        {"conversation_id": "c" * 201},
        {"history": [{"role": "king", "text": "x"}]},
        {"history": [{"role": "agent"}]},
        {"history": [{"role": "agent", "text": "x" * 20_001}]},
        {"history": [{"role": "agent", "text": "x"}] * 51},
        {"filter": {"kinds": ["poem"]}},
        {"filter": {"as_of": "2025-13-01"}},
        {"filter": {"tags": ["\x1b[31m"]}},
        {"filter": {"tags": ["\ud800"]}},
        {"filter": {"document_ids": ["d"] * 101}},
        {"filter": []},
        {"stream": "perhaps"},
    ],
    ids=str,
)
def test_wrong_questions_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        AnswerIn.model_validate({"knowledge_base": "kb", "question": "q", **wrong})


@pytest.mark.parametrize("limit", [0, 101, -1, 1.5, "many", None])
def test_wrong_limits_are_refused(limit: object) -> None:
    with pytest.raises(ValidationError):
        SearchIn.model_validate({"knowledge_base": "kb", "query": "q", "limit": limit})


@pytest.mark.parametrize("text", ["half an emoji \ud83d", "\udc00"])
def test_broken_characters_are_replaced(text: str) -> None:
    asked = AnswerIn.model_validate(
        {"knowledge_base": "kb", "question": text, "history": [{"role": "agent", "text": text}]}
    )
    wanted = SearchIn.model_validate({"knowledge_base": "kb", "query": text})
    mended = text[:-1] + "?"
    assert (asked.question, asked.history[0].text, wanted.query) == (mended, mended, mended)


def test_hostile_but_printable_filters_stay_text() -> None:
    hostile = ("' OR 1=1 --", '"}]}', "../../etc", "${x}", "<script>")
    assert FilterIn(tags=hostile, document_ids=hostile).to_domain() == SearchFilter(tags=hostile, document_ids=hostile)


@pytest.mark.parametrize("name", ["support", "客服", "サポート窓口", "a b", "v1.2", "x" * 100])
def test_names_of_knowledge_bases(name: str) -> None:
    assert checked(name) == KnowledgeBaseIn(name=name)


@pytest.mark.parametrize("name", ["", " x", ".", "..", ".hidden", "a/b", "a\\b", "a\nb", "a\x7f", "x" * 101, "\ud800"])
def test_names_that_cannot_stand_in_an_address(name: str) -> None:
    with pytest.raises(InvalidInput, match="name of a knowledge base") as error:
        checked(name)
    assert "Names have" in error.value.remedy


def test_descriptions_have_a_limit() -> None:
    assert checked("kb", "d" * 2000).description == "d" * 2000
    for wrong in ("d" * 2001, "\x00", "\ud800"):
        with pytest.raises(InvalidInput, match="description"):
            checked("kb", wrong)
