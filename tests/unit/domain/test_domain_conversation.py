"""Turns of a conversation."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from engine.domain.conversation import Role, Turn


@pytest.mark.parametrize("role", ["customer", "assistant", "agent"])
def test_roles_are_their_names(role: str) -> None:
    assert Role(role) == role


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(ValueError, match="robot"):
        Role("robot")


def test_turns_are_values() -> None:
    assert Turn(Role.CUSTOMER, "在吗？") == Turn(Role.CUSTOMER, "在吗？")
    assert Turn(Role.CUSTOMER, "在吗？") != Turn(Role.AGENT, "在吗？")


def test_what_was_said_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Turn(Role.CUSTOMER, "Hello").text = "Goodbye"  # type: ignore[misc]
