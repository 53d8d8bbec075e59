"""What a language model may get wrong when it calls a tool, and what it is told."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest

from api.access.rules import RULES
from api.mcp.tools import TOOLS, Reach, Tool
from engine.errors import InvalidInput

UNREACHED = cast("Reach", object())  # what is wrong is told before anything is called
SECRET = "Lena Roth, 12 Harbour Street"
TURN = {"role": "customer", "text": SECRET}
BY_NAME = {tool.name: tool for tool in TOOLS}
WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("search", {}, "knowledge_base"),
    ("search", {"knowledge_base": "shop"}, "query"),
    ("search", {"knowledge_base": "shop", "query": [SECRET]}, "query"),
    ("search", {"knowledge_base": "shop", "query": "x", "limit": SECRET}, "limit"),
    ("search", {"knowledge_base": "shop", "query": "x", "filter": {"kinds": [SECRET]}}, "filter.kinds.0"),
    ("answer", {"knowledge_base": "shop", "question": "x", "stream": True}, "stream"),
    ("answer", {"knowledge_base": "shop", "question": "x", "history": [{**TURN, "role": SECRET}]}, "history.0.role"),
    ("answer", {"knowledge_base": "shop", "question": "x", "language": SECRET}, "language"),
    ("check", {"knowledge_base": "shop", "text": ""}, "text"),
    ("suggest", {"knowledge_base": "shop", "turns": []}, "turns"),
    ("suggest", {"knowledge_base": "shop", "turns": [TURN], "now": "tomorrow"}, "now"),
    ("suggest", {"knowledge_base": "shop", "turns": [{**TURN, "at": "2026-01-01T00:00:00"}]}, "turns.0.at"),
    ("summarise", {"turns": [{"role": "customer"}]}, "turns.0.text"),
    ("summarise", {"turns": [TURN], "purpose": SECRET}, "purpose"),
    ("sentiment", {"turns": SECRET}, "turns"),
    ("triage", {"knowledge_base": "shop", "text": "x", "tier": SECRET}, "tier"),
]


@pytest.mark.parametrize(("name", "arguments", "field"), WRONG, ids=[f"{name}-{field}" for name, _, field in WRONG])
def test_a_wrong_argument_is_named_and_its_value_never_said(name: str, arguments: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput, match="Some arguments are wrong") as caught:
        BY_NAME[name](UNREACHED, arguments)
    assert f"{field}:" in caught.value.message
    assert "Lena" not in str(caught.value)
    assert caught.value.remedy == "See the tool's input schema."
    assert caught.value.__cause__ is None


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        BY_NAME["search"](UNREACHED, {"limit": 0, "language": "!"})
    assert all(f"{field}:" in caught.value.message for field in ("knowledge_base", "query", "limit", "language"))


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_a_tool_says_what_it_takes_and_gives_in_schemas_of_its_own(tool: Tool[Any]) -> None:
    """Clients hand the schemas to language models: they hold all they refer to, and are JSON."""
    for schema in (tool.takes.model_json_schema(), tool.gives.model_json_schema(mode="serialization")):
        assert schema["type"] == "object"
        refers = {part.split('"')[0] for part in json.dumps(schema).split('"#/$defs/')[1:]}
        assert refers <= set(schema.get("$defs", {}))


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_a_tool_has_the_rule_of_a_route_that_changes_nothing(tool: Tool[Any]) -> None:
    rule = RULES[tool.route]
    assert rule.roles
    assert not rule.audited


def test_tools_are_told_apart_by_name_and_description() -> None:
    assert (
        len(BY_NAME) == len({tool.description for tool in TOOLS}) == len({tool.title for tool in TOOLS}) == len(TOOLS)
    )
    assert all(tool.description.endswith(".") and len(tool.description) > 60 for tool in TOOLS)
