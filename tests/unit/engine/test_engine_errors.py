"""Errors: what they say, and what they are."""

from __future__ import annotations

import pytest

from engine import errors
from engine.errors import (
    BackendFailed,
    Conflict,
    EngineError,
    Forbidden,
    InvalidInput,
    Misconfigured,
    NotFound,
    Stopped,
)

KINDS = [InvalidInput, NotFound, Forbidden, Conflict, BackendFailed, Misconfigured, Stopped]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_can_be_handled_as_an_engine_error(kind: type[EngineError]) -> None:
    with pytest.raises(EngineError, match="There is no knowledge base"):
        raise kind("There is no knowledge base.")


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_is_caught_as_another(kind: type[EngineError]) -> None:
    assert [other for other in KINDS if issubclass(kind, other)] == [kind]


def test_an_error_says_what_is_wrong_and_then_what_to_do() -> None:
    error = NotFound("There is no document d1.", remedy="List them with `knowdesk documents list`.")
    assert str(error) == "There is no document d1. List them with `knowdesk documents list`."
    assert error.message == "There is no document d1."
    assert error.remedy == "List them with `knowdesk documents list`."


def test_an_error_without_a_remedy_ends_with_its_message() -> None:
    assert str(Conflict("The name is taken.")) == "The name is taken."
    assert Conflict("The name is taken.").remedy == ""


def test_all_kinds_are_exported() -> None:
    assert set(errors.__all__) == {"EngineError", *(kind.__name__ for kind in KINDS)}
