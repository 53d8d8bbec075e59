"""Every model of the package: its examples, its limits, and what it makes of text that no encoding can say."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped, unused-ignore]
from pydantic import ValidationError

import api.schemas
from api.schemas.base import Lenient, Model

Path = tuple[str | int, ...]

for _module in pkgutil.iter_modules(api.schemas.__path__):
    importlib.import_module(f"api.schemas.{_module.name}")


def _subclasses(model: type[Model]) -> Iterator[type[Model]]:
    for each in model.__subclasses__():
        yield each
        yield from _subclasses(each)


MODELS = sorted({each for each in _subclasses(Model) if each is not Lenient}, key=lambda model: model.__name__)
REQUESTS = [model for model in MODELS if model.__name__.endswith(("In", "Query"))]


def examples_of(model: type[Model]) -> list[Any]:
    said: Any = model.model_config.get("json_schema_extra") or {}
    return list(said.get("examples", ()))


EXAMPLES = [
    pytest.param(model, example, id=f"{model.__name__}-{number}")
    for model in MODELS
    for number, example in enumerate(examples_of(model))
]
CALLS = [case for case in EXAMPLES if case.values[0] in REQUESTS]
BOUNDED_BY_THE_ENGINE = {  # by `max_question_chars`, which is a setting
    ("AnswerIn", "question"),
    ("ExplainIn", "question"),
    ("SearchIn", "query"),
    ("TriageIn", "text"),
    ("ChatCompletionIn", "content"),
}
COMPARED_ONLY = {("ChatwootIn", "event"), ("ChatwootIn", "message_type"), ("ChatwootIn", "status")}


def texts(value: object, path: Path = ()) -> Iterator[Path]:
    """Yield the places of all texts in a JSON value."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from texts(each, (*path, name))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from texts(each, (*path, at))
    elif isinstance(value, str):
        yield path


def with_text(value: Any, path: Path, text: str) -> Any:
    """Return a JSON value with another text in one place."""
    changed = json.loads(json.dumps(value))
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = text
    return changed


def sets_sorted(name: str, value: Any) -> Any:
    return sorted(value) if name in {"events", "roles"} else value


def last_name(path: Path) -> str:
    return next(str(step) for step in reversed(path) if isinstance(step, str))


def test_the_package_is_looked_at_as_a_whole() -> None:
    assert len(MODELS) > 150
    assert len(CALLS) > 20


@pytest.mark.parametrize(("model", "example"), EXAMPLES)
def test_an_example_is_what_the_model_says_and_its_schema_and_does_not_change(
    model: type[Model], example: dict[str, Any]
) -> None:
    read = model.model_validate_json(json.dumps(example))
    said = read.model_dump(mode="json", exclude_unset=True)
    assert {name: sets_sorted(name, value) for name, value in said.items()} == {
        name: sets_sorted(name, value) for name, value in example.items()
    }
    mode = "validation" if model in REQUESTS else "serialization"
    schema = model.model_json_schema(mode=mode)  # type: ignore[arg-type]
    assert [error.json_path for error in Draft202012Validator(schema).iter_errors(example)] == []
    with pytest.raises(ValidationError, match="frozen"):
        setattr(read, next(iter(example)), None)


def test_every_field_that_clients_send_is_described() -> None:
    said = {
        (model.__name__, name): field.get("description") or field.get("$ref") or field.get("allOf")
        for model in REQUESTS
        for name, field in model.model_json_schema()["properties"].items()
    }
    assert [place for place, text in said.items() if not text] == []


def test_fields_that_there_are_not() -> None:
    """Other systems' own fields are left unread where their payloads are taken; everywhere else they are a mistake."""
    for model in MODELS:
        try:
            model.model_validate({"fieldThatIsNot": 1})
            surprised = False
        except ValidationError as error:
            surprised = any(each["loc"] == ("fieldThatIsNot",) for each in error.errors())
        assert surprised != issubclass(model, Lenient), model


@pytest.mark.parametrize(("model", "example"), CALLS)
def test_half_a_character_is_refused_or_replaced_and_never_kept(model: type[Model], example: dict[str, Any]) -> None:
    """What was kept could not be sent back: answers are UTF-8."""
    for path in texts(example):
        if (model.__name__, last_name(path)) in COMPARED_ONLY:
            continue
        for broken in ("\ud83d", "half \udc00 of it"):
            try:
                read = model.model_validate(with_text(example, path, broken))
            except ValidationError:
                continue
            assert read.model_dump_json().encode(), path


@pytest.mark.parametrize(("model", "example"), CALLS)
def test_every_text_has_a_limit(model: type[Model], example: dict[str, Any]) -> None:
    for path in texts(example):
        place = (model.__name__, last_name(path))
        if place not in BOUNDED_BY_THE_ENGINE | COMPARED_ONLY:
            with pytest.raises(ValidationError):
                model.model_validate(with_text(example, path, "x" * 100_001))
