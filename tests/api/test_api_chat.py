from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

from api.chat.messages import knowledge_base_of, request_of
from api.chat.usage import usage
from api.schemas.answers import MAX_TURN_CHARS, MAX_TURNS
from api.schemas.chat import ChatCompletionIn, ChatMessageIn
from engine.domain.answer import TokenEvent
from engine.domain.conversation import Role, Turn, TurnAction
from engine.errors import BackendFailed, InvalidInput
from engine.languages.registry import profile_for
from engine.service import Engine

CALL = "/v1/chat/completions"
BODY = {"model": "shop", "messages": [{"role": "user", "content": "How long does the warranty of the kettle last?"}]}


def _asked(*messages: tuple[str, str | None], **rest: object) -> ChatCompletionIn:
    said = [{"role": role, "content": text} for role, text in messages]
    return ChatCompletionIn.model_validate({"model": "shop", "messages": said, **rest})


@pytest.mark.parametrize(("model", "name"), [("shop", "shop"), ("knowdesk/shop", "shop"), ("knowdesk/", "")])
def test_the_model_names_the_knowledge_base(model: str, name: str) -> None:
    assert knowledge_base_of(model) == name


def test_the_last_message_is_the_question_and_the_rest_its_history() -> None:
    request = request_of(
        _asked(
            ("system", "You are kind."),
            ("user", "Hello."),
            ("assistant", None),
            ("assistant", "How can I help?"),
            ("tool", '{"order": 7}'),
            ("user", "How long is the warranty?"),
            knowdesk={"conversation_id": "7", "threshold": 0.4, "channel": "voice"},
        )
    )
    assert request.question == "How long is the warranty?"
    assert request.history == (Turn(Role.CUSTOMER, "Hello."), Turn(Role.ASSISTANT, "How can I help?"))
    assert (request.conversation_id, request.threshold, request.channel) == ("7", 0.4, "voice")


def test_what_we_said_before_is_recognised_by_its_words() -> None:
    phrases = profile_for("ja").phrases
    request = request_of(
        _asked(
            ("assistant", f"{phrases.clarify}\n- A\n- B"),
            ("assistant", f"It takes a week.\n{phrases.handoff}"),
            ("user", phrases.clarify),
            ("user", "?"),
        )
    )
    assert [turn.action for turn in request.history] == [TurnAction.CLARIFY, TurnAction.HANDOFF, None]


def test_long_histories_are_cut_from_the_front_and_long_messages_from_the_end() -> None:
    request = request_of(_asked(*[("user", f"{n}" * 9000) for n in range(80)], ("user", "Now?")))
    assert len(request.history) == MAX_TURNS
    assert request.history[-1].text == ("79" * 9000)[:MAX_TURN_CHARS]


@pytest.mark.parametrize("role", ["assistant", "system", "tool"])
def test_the_last_message_has_to_be_the_customers(role: str) -> None:
    with pytest.raises(InvalidInput, match=role):
        request_of(_asked(("user", "Hello."), (role, "Well.")))


def test_usage_counts_every_message_in_any_script() -> None:
    said = (ChatMessageIn(role="system", content="Be kind."), ChatMessageIn(role="user", content="保修期多长？"))
    both, one = usage(said, "24 months."), usage(said[1:], "24 months.")
    assert both.prompt_tokens > one.prompt_tokens >= 2
    assert both.completion_tokens == one.completion_tokens >= 2
    assert usage(said, "").completion_tokens == 0


def test_a_customer_who_wants_a_person_gets_one(client: TestClient) -> None:
    said = "I want to talk to a person, please."
    found = client.post(CALL, json={**BODY, "messages": [{"role": "user", "content": said}]}).json()
    message = found["choices"][0]["message"]
    assert message["knowdesk"]["handoff"]["reason"] == "requested"
    assert message["content"] == message["knowdesk"]["handoff"]["message"]


def test_a_question_back_lists_its_options_and_the_choice_is_understood(
    client: TestClient, shop: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = f"{profile_for('en').phrases.clarify}\n- The kettle\n- The grill"
    messages = [
        {"role": "user", "content": "How long does the warranty last?"},
        {"role": "assistant", "content": asked},
        {"role": "user", "content": "the first"},
    ]
    found = client.post(CALL, json={**BODY, "messages": messages, "knowdesk": {"threshold": 0}}).json()
    assert "24 months" in found["choices"][0]["message"]["content"]


def test_a_stream_that_breaks_says_so_in_openai_words(
    client: TestClient, shop: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> object:
        yield TokenEvent("It lasts ")
        raise BackendFailed("The store is away.", remedy="Wait.")

    monkeypatch.setattr(shop, "stream", breaks)
    response = client.post(CALL, json={**BODY, "stream": True})
    events = [line.removeprefix("data: ") for line in response.text.splitlines() if line.startswith("data: ")]
    assert json.loads(events[1])["choices"][0]["delta"] == {"content": "It lasts "}
    assert json.loads(events[-1]) == {
        "error": {
            "message": "The store is away. Wait.",
            "type": "server_error",
            "param": None,
            "code": "backend_failed",
        }
    }


def test_what_breaks_before_a_stream_starts_has_its_own_status(
    client: TestClient, shop: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> object:
        raise BackendFailed("The store is away.", remedy="Wait.")
        yield

    monkeypatch.setattr(shop, "stream", breaks)
    response = client.post(CALL, json={**BODY, "stream": True})
    assert (response.status_code, response.json()["error"]["code"]) == (503, "backend_failed")


def test_nothing_of_an_unexpected_error_is_shown(
    client: TestClient, shop: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("private words")

    monkeypatch.setattr(shop, "answer", fails)
    response = client.post(CALL, json=BODY)
    assert (response.status_code, response.json()["error"]["type"]) == (500, "server_error")
    assert "private words" not in response.text


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [(b"{", 400, "malformed_request"), (b"[]", 400, "invalid_input"), (b" " * 4_000_001, 413, "too_large")],
)
def test_bodies_that_cannot_be_read(client: TestClient, body: bytes, status: int, code: str) -> None:
    response = client.post(CALL, content=body, headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)


def test_other_methods_are_refused_in_the_same_shape(client: TestClient) -> None:
    response = client.get(CALL)
    assert (response.status_code, response.json()["error"]["code"]) == (405, "method_not_allowed")
    assert response.headers["allow"] == "POST"
