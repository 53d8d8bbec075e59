"""What a language model's server gets to see, and what comes back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing

import pytest

from engine.answering import prompt as answering
from engine.answering import rewriting, translating
from engine.answering.prompt import build_prompt
from engine.assist.summaries import written
from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import Passage
from engine.domain.summary import SummaryRequest
from engine.errors import BackendFailed
from engine.generation.masked import MaskedGenerator
from engine.generation.openai_compatible import OpenAICompatibleGenerator
from engine.guard.findings import PersonalKind
from engine.guard.masking import Mask
from engine.ports import Generator, Prompt
from tests.fakes.conversations import PARCEL, summarizer
from tests.fakes.generation import ScriptedGenerator
from tests.fakes.openai_server import FakeOpenAI, Mode, fake_openai

SECRETS = ("lena@post.example", "+49 151 23456789", "Lena Fischer")
ASKS = Prompt("Rewrite it.", f"My name is {SECRETS[2]}, write to {SECRETS[0]} or call {SECRETS[1]}")


def sent(server: FakeOpenAI) -> str:
    return json.dumps(server.requests, ensure_ascii=False)


def reply(server: FakeOpenAI, prompt: Prompt = ASKS, kinds: Sequence[PersonalKind] = ()) -> str:
    with closing(OpenAICompatibleGenerator(server.url, "key", "m", timeout_s=60, retries=0)) as model:
        return "".join(MaskedGenerator(model, kinds).stream(prompt))


def passage(text: str) -> Passage:
    return Passage(
        "c", "d", 1, "Contact", "contact.md", DocumentKind.PAGE, "en", (), None, Span(0, len(text)), text, 1.0
    )


def test_personal_data_never_crosses_the_wire_and_comes_back() -> None:
    with fake_openai(pieces=("Dear [na", "me ", "1], we write to [email", " 1", "] and ring [Phone 1].")) as server:
        said = reply(server)
    assert said == f"Dear {SECRETS[2]}, we write to {SECRETS[0]} and ring {SECRETS[1]}."
    assert "[email 1]" in sent(server)
    assert not [secret for secret in SECRETS if secret in sent(server)]


def test_the_model_is_told_what_placeholders_are_only_where_there_are_any() -> None:
    with fake_openai() as server:
        reply(server)
        reply(server, Prompt("Rewrite it.", "Where is my kettle?"))
    first, second = (each["messages"] for each in server.requests)
    assert "placeholder" in str(first)
    assert second == [{"role": "system", "content": "Rewrite it."}, {"role": "user", "content": "Where is my kettle?"}]


def test_kinds_that_are_not_chosen_are_sent() -> None:
    with fake_openai(pieces=("[phone 1]",)) as server:
        assert reply(server, kinds=[PersonalKind.EMAIL]) == "[phone 1]"
    assert SECRETS[0] not in sent(server)
    assert SECRETS[1] in sent(server)


def test_instructions_are_masked_like_the_rest() -> None:
    with fake_openai(pieces=("[email 1]",)) as server:
        assert reply(server, Prompt(f"Sign as {SECRETS[0]}", "Where is my kettle?")) == SECRETS[0]
    assert SECRETS[0] not in sent(server)


def test_evidence_goes_out_as_it_is() -> None:
    published = "Call our support at +44 20 7946 0142 from 9 to 17."
    history = [Turn(Role.CUSTOMER, f"I am {SECRETS[2]}. My mail is {SECRETS[0]}")]
    prompt = build_prompt(f"Which number do I call? Mine is {SECRETS[1]}", "en", [passage(published)], history)
    with fake_openai(pieces=("Call +44 20 7946 0142 [1].",)) as server:
        assert reply(server, prompt) == "Call +44 20 7946 0142 [1]."
    assert published in sent(server)
    assert not [secret for secret in SECRETS if secret in sent(server)]


@pytest.mark.parametrize(
    "rules", [answering._SYSTEM, rewriting._SYSTEM, translating._SYSTEM, written._SYSTEM], ids=["a", "r", "t", "s"]
)
def test_our_own_instructions_hold_nothing_personal(rules: str) -> None:
    mask = Mask()
    assert mask.mask(rules) == (rules,)


def test_summaries_hold_what_was_masked() -> None:
    pieces = ("open: The customer's number is [pho", "ne 1]. [3]\n")
    with fake_openai(pieces=pieces) as server:
        model = OpenAICompatibleGenerator(server.url, "key", "m", timeout_s=60, retries=0)
        request = SummaryRequest(turns=PARCEL, language="en")
        text = summarizer(MaskedGenerator(model)).summary(request).text
        model.close()
    assert "The customer's number is +31 6 2417 8830" in text
    assert "2417" not in sent(server)


def test_a_follow_up_is_rewritten_with_its_data() -> None:
    history = [Turn(Role.CUSTOMER, f"I gave you {SECRETS[0]}"), Turn(Role.ASSISTANT, "Thank you.")]
    with fake_openai(
        pieces=(
            "Is [ema",
            "il 1] changed already?",
        )
    ) as server:
        model = OpenAICompatibleGenerator(server.url, "key", "m", timeout_s=60, retries=0)
        model.prepare()
        found = rewriting.standalone_question("Is it changed already?", "en", history, MaskedGenerator(model))
        model.close()
    assert found == f"Is {SECRETS[0]} changed already?"
    assert SECRETS[0] not in sent(server)


def test_failures_and_names_are_the_models_own() -> None:
    masked: Generator = MaskedGenerator(ScriptedGenerator("a [na", error=BackendFailed("It broke."), model="big"))
    assert masked.model == "big"
    stream = masked.stream(ASKS)
    assert next(stream) == "a "
    with pytest.raises(BackendFailed):
        list(stream)


def test_it_is_probed_where_the_model_is() -> None:
    MaskedGenerator(ScriptedGenerator()).probe()
    with fake_openai(Mode.UNAUTHORIZED) as server, pytest.raises(BackendFailed, match="refuses the key"):
        MaskedGenerator(OpenAICompatibleGenerator(server.url, "key", "m")).probe()
