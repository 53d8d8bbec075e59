"""Problems in OpenAI's words, and its messages as turns of a conversation."""

from __future__ import annotations

from typing import Any

import pytest

from api.chat.errors import chat_error, speaks_openai
from api.chat.messages import knowledge_base_of, request_of
from api.schemas.answers import MAX_TURN_CHARS, MAX_TURNS
from api.schemas.chat import ChatCompletionIn
from api.schemas.problems import FieldErrorOut, ProblemOut
from engine.answering.acting import told_action
from engine.domain.conversation import Role, Turn, TurnAction
from engine.errors import InvalidInput
from engine.languages.registry import profiles


def problem(status: int, name: str = "backend-failed", **fields: Any) -> ProblemOut:
    return ProblemOut(
        type=f"/problems/{name}", title="T", status=status, detail="It is so.", instance="/v1/models", **fields
    )


@pytest.mark.parametrize(
    ("given", "status", "expected"),
    [
        (
            problem(422, "invalid-input", remedy="Do this."),
            400,
            {"message": "It is so. Do this.", "type": "invalid_request_error", "param": None, "code": "invalid_input"},
        ),
        (
            problem(422, "invalid-input", errors=(FieldErrorOut(field="n", message="Input should be 1"),)),
            400,
            {
                "message": "n: Input should be 1.",
                "type": "invalid_request_error",
                "param": "n",
                "code": "invalid_input",
            },
        ),
        (
            problem(404, "not-found", remedy="There are: 'shop'."),
            404,
            {
                "message": "It is so. There are: 'shop'.",
                "type": "invalid_request_error",
                "param": "model",
                "code": "model_not_found",
            },
        ),
        (
            problem(401, "unauthorized"),
            401,
            {"message": "It is so.", "type": "invalid_request_error", "param": None, "code": "unauthorized"},
        ),
        (
            problem(429, "too-many-requests"),
            429,
            {"message": "It is so.", "type": "invalid_request_error", "param": None, "code": "too_many_requests"},
        ),
        (
            problem(503, "backend-failed"),
            503,
            {"message": "It is so.", "type": "server_error", "param": None, "code": "backend_failed"},
        ),
        (
            problem(500, "internal"),
            500,
            {"message": "It is so.", "type": "server_error", "param": None, "code": "internal"},
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "",
)
def test_a_problem_is_told_as_openai_s_clients_expect_it(
    given: ProblemOut, status: int, expected: dict[str, str | None]
) -> None:
    fault, sent = chat_error(given)
    assert (fault.model_dump(mode="json"), sent) == ({"error": expected}, status)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/v1/chat/completions", True),
        ("/v1/models", True),
        ("/v1/models/shop", True),
        ("/v1/embeddings", True),
        ("/v1/answer", False),
        ("/v1/chat", False),
        ("/", False),
    ],
)
def test_whose_errors_are_openai_s(path: str, expected: bool) -> None:
    assert speaks_openai(path) == expected


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("shop", "shop"),
        ("knowdesk/shop", "shop"),
        ("knowdesk/客服 1", "客服 1"),
        ("gpt-4o", "gpt-4o"),
        ("knowdesk/", ""),
    ],
)
def test_a_model_is_a_knowledge_base(model: str, name: str) -> None:
    assert knowledge_base_of(model) == name


def chat(*messages: tuple[str, object], **rest: object) -> ChatCompletionIn:
    said = [{"role": role, "content": content} for role, content in messages]
    return ChatCompletionIn.model_validate({"model": "shop", "messages": said, **rest})


def test_only_what_customer_and_desk_said_is_history() -> None:
    asked = request_of(
        chat(
            ("system", "You are a pirate."),
            ("developer", "Answer in rhymes."),
            ("user", "Hello"),
            ("assistant", "Hello! How can I help?"),
            ("tool", '{"stock": 3}'),
            ("function", "3"),
            ("user", "   "),
            ("user", "Is it in stock?"),
        )
    )
    assert asked.question == "Is it in stock?"
    assert asked.history == (Turn(Role.CUSTOMER, "Hello"), Turn(Role.ASSISTANT, "Hello! How can I help?"))


def test_parts_are_lines_and_nothing_said_is_empty() -> None:
    parts = [{"type": "text", "text": "Is it"}, {"type": "text", "text": "in stock?", "cache": True}]
    assert request_of(chat(("user", parts))).question == "Is it\nin stock?"
    assert request_of(chat(("user", None))).question == ""


@pytest.mark.parametrize("role", ["assistant", "system", "developer", "tool", "function"])
def test_whoever_else_speaks_last_is_named_with_what_to_do(role: str) -> None:
    with pytest.raises(InvalidInput, match=f"role {role}") as caught:
        request_of(chat(("user", "Is it in stock?"), (role, "Yes, private words.")))
    assert "role user" in caught.value.remedy
    assert "private" not in str(caught.value)


def test_the_newest_turns_are_kept_and_their_ends_cut() -> None:
    before = [("user", f"{number}" + "x" * MAX_TURN_CHARS) for number in range(MAX_TURNS + 7)]
    history = request_of(chat(*before, ("user", "And now?"))).history
    assert (len(history), history[0].text[:2]) == (MAX_TURNS, "7x")
    assert {len(turn.text) for turn in history} == {MAX_TURN_CHARS}


@pytest.mark.parametrize("language", sorted(profiles()))
def test_what_the_assistant_did_is_told_by_its_words_in_every_language(language: str) -> None:
    phrases = profiles()[language].phrases
    asked_back = f"{phrases.clarify}\n- A\n- B"
    turns = request_of(chat(("assistant", asked_back), ("assistant", phrases.handoff), ("user", "B"))).history
    assert [turn.action for turn in turns] == [TurnAction.CLARIFY, TurnAction.HANDOFF]
    assert told_action(phrases.clarify) is None


def test_a_customer_who_quotes_the_desk_does_not_hand_over() -> None:
    phrase = profiles()["en"].phrases.handoff
    assert request_of(chat(("user", phrase), ("user", "Well?"))).history == (Turn(Role.CUSTOMER, phrase),)


def test_the_options_of_answers_go_along() -> None:
    options = {"conversation_id": "c-1", "language": "ja", "channel": "voice", "filter": {"tags": ["a"]}}
    asked = request_of(chat(("user", "Hi"), knowdesk=options))
    assert (asked.conversation_id, asked.language, asked.channel, asked.filter.tags) == ("c-1", "ja", "voice", ("a",))
