from __future__ import annotations

import pytest

from api.problems import ENGINE_ERRORS, HTTP_ERRORS, problem_of, response_of
from engine.errors import BackendFailed, Conflict, EngineError, InvalidInput, Misconfigured, NotFound


@pytest.mark.parametrize(
    ("kind", "name", "status"),
    [
        (InvalidInput, "/problems/invalid-input", 422),
        (NotFound, "/problems/not-found", 404),
        (Conflict, "/problems/conflict", 409),
        (BackendFailed, "/problems/backend-failed", 503),
        (Misconfigured, "/problems/misconfigured", 500),
    ],
)
def test_each_engine_error_has_a_type_and_a_status(kind: type[EngineError], name: str, status: int) -> None:
    problem = problem_of(kind("What.", remedy="Do."), "/v1/x")
    assert (problem.type, problem.status) == (name, status)
    assert (problem.detail, problem.remedy, problem.instance) == ("What.", "Do.", "/v1/x")


def test_the_table_has_every_engine_error() -> None:
    assert set(ENGINE_ERRORS) == set(EngineError.__subclasses__())


def test_a_more_special_error_is_told_as_its_base() -> None:
    class Locked(Conflict):
        pass

    assert problem_of(Locked("Locked."), "/").status == 409


@pytest.mark.parametrize(
    "error", [RuntimeError("the question was: where do I live?"), KeyError("secret"), EngineError("x")]
)
def test_other_errors_show_nothing_of_themselves(error: Exception) -> None:
    problem = problem_of(error, "/v1/x")
    assert (problem.type, problem.status) == ("/problems/internal-error", 500)
    shown = problem.model_dump_json()
    assert "secret" not in shown
    assert "question" not in shown


def test_types_have_one_status_and_titles_are_theirs() -> None:
    rows = [*ENGINE_ERRORS.values(), *(row for row, _, _ in HTTP_ERRORS.values())]
    assert len({row.name for row in rows}) == len({(row.name, row.title, row.status) for row in rows})


def test_the_response_is_a_problem_document() -> None:
    response = response_of(problem_of(NotFound("Gone."), "/v1/x"), {"Retry-After": "3"})
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["retry-after"] == "3"
