"""Visitors of pages, who chat with a public key: from where, and what they may send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic import BaseModel
from starlette.datastructures import Headers

from engine.domain.access import Principal
from engine.errors import Forbidden

__all__ = ["WRONG_PAGE", "check_sent", "is_on_its_page", "sender_of"]

MAY_SEND: Final[Mapping[str, frozenset[str]]] = {
    "AnswerIn": frozenset({"knowledge_base", "question", "conversation_id", "language", "channel", "stream"}),
    "FeedbackIn": frozenset({"knowledge_base", "conversation_id", "answer_id", "verdict", "csat", "comment"}),
}
WRONG_PAGE: Final = Forbidden(
    "A public key was sent from elsewhere than its pages.", remedy="Make one with the origin of this page."
)


def sender_of(headers: Headers, scheme: str) -> str:
    """Return the origin of the page that sent a request; empty if no page did.

    Browsers name it, but where a page only reads from its own origin: then they say that it is the same.
    """
    if origin := headers.get("origin"):
        return origin
    own = headers.get("sec-fetch-site") == "same-origin" and headers.get("host")
    return f"{scheme}://{own}" if own else ""


def is_on_its_page(principal: Principal | None, origin: str) -> bool:
    """Tell whether a principal may send from a page of that origin; who is no visitor may from anywhere."""
    return principal is None or principal.public is None or origin in principal.public.origins


def check_sent(principal: Principal, body: BaseModel) -> None:
    """Raise Forbidden for fields that visitors may not send: whose customer they are, what to search in, what was said.

    Who is no visitor may send all of them.
    """
    if principal.public is None:
        return
    if others := sorted(body.model_fields_set - MAY_SEND[type(body).__name__]):
        raise Forbidden(
            f"With a public key nobody may send: {', '.join(others)}.", remedy="Leave it out, or ask with another key."
        )
