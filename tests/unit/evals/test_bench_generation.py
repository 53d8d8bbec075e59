"""A server process that misbehaves, through the official client: answers are verified or extractive, and in time."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest
from typer.testing import CliRunner

from engine.answering.request import AnswerRequest
from engine.domain.answer import Answer, AnswerMode
from engine.domain.knowledge import Span
from engine.errors import BackendFailed
from engine.generation.openai_compatible import OpenAICompatibleGenerator
from engine.ports import Prompt
from engine.service import Engine
from evals.bench.cli import app
from evals.bench.generation import judged
from evals.bench.llm_process import scripted_llm
from evals.bench.llm_server import BEHAVIOURS, reply
from tests.unit.engine.desk import KB, Desk, open_desk, page

TEXT = "A refund takes 5 working days after the goods arrive. A bank transfer takes 10 working days."
QUESTION = "How long does a refund take?"
BUDGET_S = 1.5
SAFE = {"faithful", "slow", "hanging_later", "endless"}  # these say something true before they fail
ENDLESS = {"endless", "thinking"}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with scripted_llm() as address:
        warm = OpenAICompatibleGenerator(address, "", "faithful")
        list(warm.stream(Prompt("", "")))  # loads the client library
        warm.close()
        yield address


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        opened.add(page("refunds", TEXT, title="Refunds"))
        yield opened


def ask(desk: Desk, url: str, behaviour: str) -> Answer:
    model = OpenAICompatibleGenerator(url, "", behaviour, timeout_s=BUDGET_S, retries=1)
    try:
        return Engine(replace(desk.engine.parts, generator=model), desk.engine.options).answer(
            KB, AnswerRequest(QUESTION, threshold=0.0)
        )
    finally:
        model.close()


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_every_answer_is_verified_or_extractive_and_in_time(desk: Desk, url: str, behaviour: str) -> None:
    began = time.monotonic()
    answer = ask(desk, url, behaviour)
    assert time.monotonic() - began < BUDGET_S + 10  # a model that hangs does so for minutes
    assert answer.text is not None
    assert judged(answer, desk.engine.parts.knowledge) in {"generated", "extractive"}
    assert "5 working days" in answer.text.text
    assert not any(wrong in answer.text.text for wrong in ("8 working", "evil", "not", "blorp", "Palautus"))
    if behaviour not in SAFE:
        assert answer.text.mode is AnswerMode.EXTRACTIVE
        assert answer.text.notes


def test_a_faithful_model_writes_the_answer(desk: Desk, url: str) -> None:
    answer = ask(desk, url, "faithful").text
    assert answer is not None
    assert (answer.mode, answer.notes) == (AnswerMode.GENERATED, ())


@pytest.mark.parametrize(
    "behaviour", ["cut_off", "length_limit", "broken_events", "no_protocol", "rate_limited", "down"]
)
def test_what_is_no_whole_reply_is_a_failure(url: str, behaviour: str) -> None:
    model = OpenAICompatibleGenerator(url, "", behaviour, timeout_s=5, retries=0)
    with pytest.raises(BackendFailed):
        list(model.stream(Prompt("secret", '<evidence-1 id="1">\nA refund takes 5 days.\n</evidence-1>')))
    model.close()


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_a_behaviour_is_the_same_each_time(behaviour: str) -> None:
    user = f'<evidence-1 id="1">\n{TEXT}\n</evidence-1>'
    first, again = (list(islice(reply(behaviour, user), 20)) for _ in range(2))
    assert first == again
    assert (len(first) == 20) is (behaviour in ENDLESS)


def test_the_number_of_a_quoted_step_is_no_claim(desk: Desk) -> None:
    knowledge = desk.engine.parts.knowledge
    steps, text = page("steps", "Cards.\n\n1. Open the form.\n2. Name the card.")
    desk.add((steps, text))
    answer = desk.engine.answer(KB, AnswerRequest(QUESTION, threshold=0.0))
    assert answer.text is not None
    first, start = answer.citations[0], text.index("2. Name")
    step = replace(first, document_id=steps.id, span=Span(start, len(text)), quote=text[start:])
    cited = (first, step)
    told = replace(answer, citations=cited, text=replace(answer.text, text=f"{first.quote} {step.quote}"))
    assert judged(told, knowledge) == "extractive"
    more = replace(told, text=replace(answer.text, text=f"{first.quote} 7 {step.quote}"))
    assert judged(more, knowledge) == "wrong"


def test_an_answer_with_another_number_is_judged_wrong(desk: Desk, url: str) -> None:
    answer = ask(desk, url, "faithful")
    assert answer.text is not None
    knowledge = desk.engine.parts.knowledge
    other = replace(answer, text=replace(answer.text, text="A refund takes 8 working days."))
    assert judged(other, knowledge) == "wrong"
    assert judged(replace(answer, text=None), knowledge) == "abstained"
    assert judged(replace(answer, citations=()), knowledge) == "wrong"
    assert judged(replace(answer, text=replace(answer.text, mode=AnswerMode.EXTRACTIVE)), knowledge) == "extractive"


def test_the_command_reports_each_behaviour() -> None:
    words = ["generation", "--behaviour", "wrong_number", "--behaviour", "empty", "--limit", "1", "--json"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    assert set(found) == {"wrong_number", "empty"}
    assert all(scores["safe"] == 1.0 and scores["within_budget"] == 1.0 for scores in found.values())
