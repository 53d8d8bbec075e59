"""Errors as problem documents (RFC 9457): one table from error types to statuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from api.chat.errors import chat_error, speaks_openai
from api.schemas.problems import FieldErrorOut, ProblemOut
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
from engine.serving import served

__all__ = [
    "IN_PROGRESS",
    "KEY_REUSED",
    "MEDIA_TYPE",
    "OVERLOADED",
    "PRECONDITION",
    "ProblemType",
    "Refused",
    "TooManyRequests",
    "install_handlers",
    "problem",
    "problem_of",
    "refusal",
    "response_of",
]

MEDIA_TYPE: Final = "application/problem+json"
MAX_FIELD_CHARS: Final = 100


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One row of the table: the last part of `type`, the title and the HTTP status."""

    name: str
    title: str
    status: int


INTERNAL: Final = ProblemType("internal-error", "Internal error", 500)
MALFORMED: Final = ProblemType("malformed-request", "Malformed request", 400)
INVALID: Final = ProblemType("invalid-input", "Invalid input", 422)
NO_ROUTE: Final = ProblemType("not-found", "Not found", 404)
NO_METHOD: Final = ProblemType("method-not-allowed", "Method not allowed", 405)
TOO_LARGE: Final = ProblemType("too-large", "Request too large", 413)
PRECONDITION: Final = ProblemType("precondition-failed", "Changed since it was read", 412)
KEY_REUSED: Final = ProblemType("idempotency-key-reused", "The key was sent with another request", 422)
IN_PROGRESS: Final = ProblemType("idempotency-in-progress", "The same request is under way", 409)
RATE_LIMITED: Final = ProblemType("rate-limited", "Too many requests", 429)
OVERLOADED: Final = ProblemType("overloaded", "The server is overloaded", 503)

ENGINE_ERRORS: Final[Mapping[type[EngineError], ProblemType]] = {
    InvalidInput: INVALID,
    NotFound: NO_ROUTE,
    Forbidden: ProblemType("forbidden", "Not allowed", 403),
    Conflict: ProblemType("conflict", "Conflict with the present state", 409),
    BackendFailed: ProblemType("backend-failed", "A backend failed", 503),
    Stopped: ProblemType("deadline-exceeded", "The request took too long", 504),
    Misconfigured: ProblemType("misconfigured", "The server is misconfigured", 500),
}
HTTP_ERRORS: Final[Mapping[int, tuple[ProblemType, str, str]]] = {
    400: (MALFORMED, "The request body cannot be read.", "Send JSON, or multipart/form-data for uploads."),
    401: (
        ProblemType("unauthorized", "Credentials are missing or wrong", 401),
        "The request carries no credentials that are valid here.",
        "Send a key as Authorization: Bearer …; keys are made by `knowdesk keys create`.",
    ),
    404: (NO_ROUTE, "There is no such route.", "See /openapi.json for the routes."),
    405: (NO_METHOD, "The route does not take this method.", "See the Allow header."),
    413: (TOO_LARGE, "The request body is larger than the server takes.", "Send less at once."),
    429: (RATE_LIMITED, "More requests than this caller or tenant may send.", "Wait as long as Retry-After says."),
    503: (OVERLOADED, "More requests than the server can work on.", "Wait as long as Retry-After says."),
}


class Refused(HTTPException):
    """The request is refused as a row of the table says, with words of its own."""

    def __init__(self, kind: ProblemType, detail: str, remedy: str) -> None:
        super().__init__(kind.status)
        self.said = (kind, detail, remedy)


class TooManyRequests(HTTPException):
    """The caller is over a limit and may come back after so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(429, headers={"Retry-After": str(seconds)})


def problem_of(error: Exception, instance: str) -> ProblemOut:
    """Describe an error for a caller; nothing of an error that is not an `EngineError` is shown.

    `instance` is the path of the request.
    """
    for kind, row in ENGINE_ERRORS.items():
        if isinstance(error, kind):
            return _problem(row, error.message, error.remedy, instance)
    return _problem(INTERNAL, "The server failed to handle the request.", "Try again; see the server's log.", instance)


def problem(kind: ProblemType, instance: str) -> ProblemOut:
    """Describe a refusal that the table of HTTP errors has words for."""
    _, detail, remedy = HTTP_ERRORS[kind.status]
    return _problem(kind, detail, remedy, instance)


def response_of(problem: ProblemOut, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return the response that carries a problem document, or what OpenAI's clients expect in its place."""
    if speaks_openai(problem.instance):
        fault, status = chat_error(problem)
        return JSONResponse(fault.model_dump(mode="json"), status, dict(headers or {}))
    content = problem.model_dump(mode="json")
    return JSONResponse(content, problem.status, dict(headers or {}), media_type=MEDIA_TYPE)


def install_handlers(app: FastAPI) -> None:
    """Make the app answer the engine's errors and refused requests with problem documents."""
    app.exception_handler(EngineError)(_failed)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_refused)


def refusal(status: int, instance: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return the response to a request that is refused with one of the `HTTP_ERRORS`."""
    return response_of(_problem(*HTTP_ERRORS[status], instance), headers)


async def _failed(request: Request, error: EngineError) -> JSONResponse:
    return response_of(problem_of(error, request.url.path))


async def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    found = error.errors()
    instance = request.url.path
    if any(one["type"] == "json_invalid" for one in found):
        return response_of(_problem(MALFORMED, "The body is not valid JSON.", "Send one JSON object.", instance))
    fields = tuple(FieldErrorOut(field=_field(one["loc"]), message=str(one["msg"])) for one in found)
    problem = _problem(INVALID, "Some fields of the request are wrong.", "See `errors` and /openapi.json.", instance)
    return response_of(problem.model_copy(update={"errors": fields}))


async def _refused(request: Request, error: HTTPException) -> JSONResponse:
    phrase = HTTPStatus(error.status_code).phrase
    said = f"{phrase}." if error.detail == phrase else error.detail
    other = (ProblemType(phrase.lower().replace(" ", "-"), phrase, error.status_code), said, "")
    known = HTTP_ERRORS.get(error.status_code, other)
    kind, detail, remedy = error.said if isinstance(error, Refused) else known
    if error.detail != phrase and not isinstance(error, Refused):
        detail = said
    return response_of(_problem(kind, detail, remedy, request.url.path), error.headers)


def _problem(kind: ProblemType, detail: str, remedy: str, instance: str) -> ProblemOut:
    return ProblemOut(
        type=f"/problems/{kind.name}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        remedy=remedy,
        instance=instance,
        request_id=served().id,
    )


def _field(location: tuple[int | str, ...]) -> str:
    """Return the path of a field without where it was sent ("body", "query")."""
    path = ".".join(str(part)[:MAX_FIELD_CHARS] for part in location[1:] or location)
    return path.encode("utf-8", "replace").decode("utf-8")
