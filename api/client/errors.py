"""What a call that failed raises."""

from __future__ import annotations

import httpx
from pydantic import ValidationError

from api.schemas.problems import ProblemOut

__all__ = ["ApiError", "checked"]


class ApiError(Exception):
    """The service refused a call, or failed; `problem` says why, None if something else than the service answered."""

    def __init__(self, status: int, problem: ProblemOut | None) -> None:
        super().__init__(f"{problem.detail} {problem.remedy}".strip() if problem else f"status {status}")
        self.status = status
        self.problem = problem


def checked(response: httpx.Response) -> httpx.Response:
    """Return a response of success that has been read as far as it is needed; raise ApiError for another."""
    if response.is_success:
        return response
    try:
        problem = ProblemOut.model_validate_json(response.read(), extra="ignore")
    except ValidationError:
        problem = None
    raise ApiError(response.status_code, problem)
