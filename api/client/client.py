"""The calls that bots, agents' desks and administrators make; every other route is reached by `call`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar, cast

import httpx

from api.client.errors import checked
from api.client.events import lines, values
from api.schemas.answers import AnswerOut, CitationOut, QuestionIn, TokenOut
from api.schemas.base import Model
from api.schemas.checks import CheckIn, ReplyCheckOut
from api.schemas.documents import DocumentOut, DocumentPageOut, DocumentTextOut
from api.schemas.drafts import DraftIn, DraftOut
from api.schemas.feedback import FeedbackIn, FeedbackOut
from api.schemas.jobs import JobIn, JobOut
from api.schemas.search import SearchIn, SearchOut
from api.schemas.sentiment import SentimentIn, TrajectoryOut
from api.schemas.triage import TriageIn, TriageOut

__all__ = ["Client"]

Made = TypeVar("Made", bound=Model)
EVENTS: Final[Mapping[str, type[Model]]] = {"token": TokenOut, "citation": CitationOut, "done": AnswerOut}
Params = Mapping[str, str | int]


class Client:
    """Calls a service at `base_url`; use it as a context manager, from several threads if you like.

    Fields that a newer service adds are left unread. Every call raises ApiError if the service refuses or fails it,
    and httpx.HTTPError if it cannot be reached.
    """

    def __init__(self, base_url: str, *, api_key: str = "", timeout_s: float = 60.0) -> None:
        headers = {"authorization": f"Bearer {api_key}"} if api_key else {}
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=timeout_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def call(
        self, method: str, path: str, gives: type[Made], *, body: Model | None = None, params: Params | None = None
    ) -> Made:
        """Make any call whose result is one JSON document."""
        sent = {"json": body.model_dump(mode="json", exclude_unset=True)} if body else {}
        response = checked(self._http.request(method, path, params=params, **sent))  # type: ignore[arg-type]
        return gives.model_validate_json(response.content, extra="ignore")

    def answer(self, question: QuestionIn) -> AnswerOut:
        """Answer a question with citations, or tell why not."""
        return self.call("POST", "/v1/answer", AnswerOut, body=question)

    def stream(self, question: QuestionIn) -> Iterator[TokenOut | CitationOut | AnswerOut]:
        """Yield the answer as it is verified; the last value is the whole."""
        body = {**question.model_dump(mode="json", exclude_unset=True), "stream": True}
        with self._http.stream("POST", "/v1/answer", json=body) as response:
            found = values(lines(checked(response).iter_text()), EVENTS)
            yield from cast("Iterator[TokenOut | CitationOut | AnswerOut]", found)

    def search(self, query: SearchIn) -> SearchOut:
        """Find passages."""
        return self.call("POST", "/v1/search", SearchOut, body=query)

    def check(self, reply: CheckIn) -> ReplyCheckOut:
        """Check a reply before it is sent."""
        return self.call("POST", "/v1/checks", ReplyCheckOut, body=reply)

    def draft(self, request: DraftIn) -> DraftOut:
        """Draft a reply, or rewrite one."""
        return self.call("POST", "/v1/drafts", DraftOut, body=request)

    def sentiment(self, conversation: SentimentIn) -> TrajectoryOut:
        """Read the customer's mood."""
        return self.call("POST", "/v1/sentiment", TrajectoryOut, body=conversation)

    def triage(self, message: TriageIn) -> TriageOut:
        """Sort a message."""
        return self.call("POST", "/v1/triage", TriageOut, body=message)

    def feedback(self, said: FeedbackIn) -> FeedbackOut:
        """Tell what became of an answer."""
        return self.call("POST", "/v1/feedback", FeedbackOut, body=said)

    def documents(self, knowledge_base: str) -> Iterator[DocumentOut]:
        """Yield the documents of a knowledge base by uri, page after page."""
        params: dict[str, str | int] = {"knowledge_base": knowledge_base, "limit": 200}
        while True:
            page = self.call("GET", "/v1/documents", DocumentPageOut, params=params)
            yield from page.items
            if page.next_cursor is None:
                return
            params["cursor"] = page.next_cursor

    def text(self, citation: CitationOut) -> str:
        """Return the stored text that a citation quotes at its span."""
        address = f"/v1/documents/{citation.document_id}/text"
        return self.call("GET", address, DocumentTextOut, params={"version": citation.version}).text

    def upload(self, knowledge_base: str, *paths: Path) -> JobOut:
        """Queue a job that ingests files."""
        files = [("files", (path.name, path.read_bytes())) for path in paths]
        form = {"knowledge_base": knowledge_base, "wait": "false"}
        response = checked(self._http.post("/v1/documents", data=form, files=files))
        return JobOut.model_validate_json(response.content, extra="ignore")

    def submit(self, job: JobIn) -> JobOut:
        """Queue a job that reads folders, the web or a storage."""
        return self.call("POST", "/v1/jobs", JobOut, body=job)

    def follow(self, job_id: str) -> Iterator[JobOut]:
        """Yield a job whenever it has changed, up to its end."""
        with self._http.stream("GET", f"/v1/jobs/{job_id}/events", timeout=None) as response:
            found = values(lines(checked(response).iter_text()), {"progress": JobOut, "done": JobOut})
            yield from cast("Iterator[JobOut]", found)
