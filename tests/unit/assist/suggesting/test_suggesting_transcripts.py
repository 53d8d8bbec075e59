"""Transcripts as desks store them, and the replies that are taken from them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.assist.suggesting.cases import EACH, TRANSCRIPTS, case_candidates
from engine.assist.suggesting.exchanges import past_exchanges
from engine.assist.suggesting.situation import Situation
from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import DocumentKind
from engine.domain.search import Passage
from engine.domain.suggestion import SuggestionKind, SuggestionRequest
from tests.builders import passage


class Overlap:
    """A reranker that counts the words of the question."""

    def relevance(self, question: str, texts: Sequence[str]) -> list[float]:
        words = set(question.lower().split())
        return [float(len(words & set(text.lower().split()))) for text in texts]


def situation(question: str, language: str = "en", agent: str = "") -> Situation:
    request = SuggestionRequest(turns=(Turn(Role.CUSTOMER, question),), agent_language=agent)
    return Situation("shop", request, language, question, question, (question,), {})


def exchanges(text: str) -> list[tuple[str, str]]:
    return [(each.asked, each.reply.of(text)) for each in past_exchanges(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Customer: It leaks.\nAgent: Press the seal.", [("It leaks.", "Press the seal.")]),
        ("客户：漏水了\n客服：请压紧密封圈。", [("漏水了", "请压紧密封圈。")]),
        ("お客様：水が漏れます\n担当者：パッキンを押してください。", [("水が漏れます", "パッキンを押してください。")]),
        ("Kunde: Es tropft.\nMitarbeiter: Drücken Sie die Dichtung.", [("Es tropft.", "Drücken Sie die Dichtung.")]),
        ("[10:02] Customer: It leaks.\n[10:03] Agent: Press the seal.", [("It leaks.", "Press the seal.")]),
        (
            "Customer: It leaks.\nCustomer: At the lid.\nAgent: Press the seal.",
            [("It leaks. At the lid.", "Press the seal.")],
        ),
        (
            "Customer: It leaks.\nAgent: Press it.\nAgent: And dry it.",
            [("It leaks.", "Press it."), ("It leaks.", "And dry it.")],
        ),
        ("Customer: It leaks.\nAgent: Hello!\nAgent: Press the seal.", [("It leaks.", "Press the seal.")]),
        ("Agent: Press the seal.", []),
        ("Customer: It leaks.", []),
        ("Customer: It leaks.\nAgent: Hello!", []),
        ("", []),
        ("A page about kettles.\nIt has no speakers: none.", []),
        (
            "Customer: See https://shop.example: it leaks.\nAgent: Press it.",
            [("See https://shop.example: it leaks.", "Press it.")],
        ),
        (
            "Customer: It leaks.\nAgent: Do this:\n1. Open: gently.\n2. Close.",
            [("It leaks.", "Do this:\n1. Open: gently.\n2. Close.")],
        ),
        ("Customer: It leaks.\nAgent: Press it.\n\nResolved: yes", [("It leaks.", "Press it.")]),
        ("Customer: It leaks.\nBot: Read the manual.\nAgent: Press it.", [("It leaks.", "Press it.")]),
        ("Customer: It leaks.\nBot: Read the manual.", [("It leaks.", "Read the manual.")]),
    ],
)
def test_what_was_asked_and_what_the_desk_replied(text: str, expected: list[tuple[str, str]]) -> None:
    assert exchanges(text) == expected


def transcript(name: str, text: str, *, language: str = "en") -> Passage:
    return passage(text, document=name, title=f"Chat {name}", kind=DocumentKind.TRANSCRIPT, language=language)


def chat(*pairs: tuple[str, str]) -> str:
    return "\n".join(f"Customer: {asked}\nAgent: {said}" for asked, said in pairs)


def test_the_replies_to_what_is_most_alike_come_first() -> None:
    texts = {
        "a": chat(("the parcel is late", "It comes tomorrow."), ("the kettle leaks", "Press the seal.")),
        "b": chat(("my kettle leaks water", "Dry the lid.")),
    }
    found = [transcript(name, text) for name, text in texts.items()]
    candidates = list(case_candidates(situation("my kettle leaks"), found, lambda name, _: texts[name], Overlap()))  # type: ignore[arg-type]
    assert [each.text for each in candidates] == ["Dry the lid.", "Press the seal.", "It comes tomorrow."]
    assert [each.place for each in candidates] == [0, 1, 2]
    assert {each.kind for each in candidates} == {SuggestionKind.SIMILAR_CASE}


def test_a_few_replies_of_a_few_transcripts_are_enough() -> None:
    texts = {f"t{n}": chat(*((f"kettle leaks {m}", f"Reply {n}.{m}.") for m in range(9))) for n in range(9)}
    found = [transcript(name, text) for name, text in texts.items()]
    read: list[str] = []

    def text_of(document_id: str, version: int) -> str:
        read.append(document_id)
        return texts[document_id]

    candidates = list(case_candidates(situation("kettle leaks"), found, text_of, Overlap()))  # type: ignore[arg-type]
    assert len(candidates) == TRANSCRIPTS * EACH
    assert read == ["t0", "t1", "t2"]  # the best are read, each once


def test_passages_of_the_same_transcript_are_one_and_pages_are_none() -> None:
    text = chat(("kettle leaks", "Press the seal."))
    twice = [transcript("a", text), transcript("a", text), passage("The kettle leaks.", document="page")]
    (candidate,) = case_candidates(situation("kettle leaks"), twice, lambda *_: text, Overlap())  # type: ignore[arg-type]
    cited = candidate.evidence[0]
    assert (cited.document_id, cited.quote) == ("a", "Press the seal.")
    assert cited.span.of(text) == cited.quote
    assert cited.answer_span.of(candidate.text) == candidate.text


def test_what_was_scrubbed_from_a_past_case_is_to_be_filled_in() -> None:
    text = chat(("kettle leaks", "Dear [name 1], we sent it to [address 1]."))
    (candidate,) = case_candidates(situation("kettle leaks"), [transcript("a", text)], lambda *_: text, Overlap())  # type: ignore[arg-type]
    assert [(gap.name, gap.span.of(candidate.text)) for gap in candidate.gaps] == [
        ("name", "[name 1]"),
        ("address", "[address 1]"),
    ]


def test_a_reader_of_the_other_chinese_script_reads_it_in_their_own() -> None:
    text = "客户：软件打不开\n客服：请重新安装软件。"
    found = [transcript("a", text, language="zh-Hans")]
    (candidate,) = case_candidates(situation("軟體打不開", "zh-Hant", "en"), found, lambda *_: text, Overlap())  # type: ignore[arg-type]
    assert candidate.text == "請重新安裝軟體。"
    assert candidate.evidence[0].quote == "请重新安装软件。"
    assert candidate.reason == "An agent replied so in a similar case (“Chat a”)"
