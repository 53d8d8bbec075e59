"""A shop that asks for keys, with a page whose visitors chat, and a page of somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from api.app import create_app
from engine.api_keys import KeyRequest
from engine.assembly import build_engine
from engine.domain.access import AccessRole, PublicUse
from engine.records import open_api_keys
from engine.settings import Settings, load_settings
from tests.api.isolation import KB, fill
from tests.fakes.embedding import HashEmbedder

__all__ = ["DESK", "EVIL", "QUESTION", "SHOP", "Shop", "opened"]

SHOP, DESK, EVIL = "https://shop.example", "https://desk.example", "https://evil.example"
QUESTION = "How many months does the warranty of the zirconium kettle last?"


class Shop:
    """The service with keys of several kinds."""

    def __init__(self, client: TestClient, settings: Settings) -> None:
        self.client, self.settings = client, settings
        self.visitor = self.key((), public=PublicUse((SHOP,), KB))
        self.agent = self.key([AccessRole.AGENT])

    def key(self, roles: Any, **more: Any) -> str:
        with open_api_keys(self.settings) as keys:
            return keys.create(KeyRequest("k", roles, **more))[1]

    def visit(self, method: str, path: str, *, key: str = "", origin: str | None = SHOP, **sent: Any) -> Any:
        """Send a request as a page does."""
        headers = {"Authorization": f"Bearer {key or self.visitor}", **sent.pop("headers", {})}
        if origin is not None:
            headers["Origin"] = origin
        return self.client.request(method, path, headers=headers, **sent)

    def ask(self, question: str = QUESTION, **more: Any) -> Any:
        body = {"knowledge_base": KB, "question": question, **more.pop("body", {})}
        return self.visit("POST", "/v1/answer", json=body, **more)


@contextmanager
def opened(folder: Path, **chosen: Any) -> Iterator[Shop]:
    """Give the shop; one document is open, the others are behind access lists, another knowledge base stands beside."""
    settings = load_settings(
        data_dir=folder / "data",
        parse_workers=0,
        auth="required",
        intent_encoder="bundled",
        page_origins=[DESK],
        **{"visitor_rate_limits": "", **chosen},
    )
    engine = build_engine(settings, embedder=HashEmbedder())
    fill(engine, settings, "default", folder / "pages")
    engine.create_knowledge_base("secret-base")
    with TestClient(create_app(settings, engine=engine)) as client:
        yield Shop(client, settings)
    engine.close()
