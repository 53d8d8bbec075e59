"""A desk with a few pages, and ways to have replies drafted there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from engine.assembly import build_assist, build_engine
from engine.assist.service import Assist
from engine.domain.canned_reply import CannedReply
from engine.domain.conversation import Role, Turn
from engine.domain.draft import Draft, DraftRequest
from engine.domain.knowledge import DocumentKind
from engine.ports import Generator
from engine.settings import load_settings
from tests.fakes.embedding import HashEmbedder
from tests.unit.engine.desk import KB, TODAY, Desk, page

__all__ = ["LATE", "PAGES", "assist_desk", "drafted", "turns"]

PAGES = {
    "returns": "You may return a kettle within 30 days of delivery. The return label is free of charge.",
    "descale": "How to descale the kettle:\n1. Dissolve 15 g of citric acid.\n2. Boil it once.\n3. Rinse it twice.",
    "leak": "A kettle that leaks at the lid is covered. Press the lid seal into its groove.",
    "henpin": "未使用の商品は到着後30日以内に返品できます。返送料は当店が負担します。",
}
CHAT = "[10:02] Customer: Is the toaster blue?\n[10:03] Agent: The toaster is blue and costs 40 EUR."
LATE = CannedReply(KB, "late", "en", "Where is my parcel?", "Order {order_number} comes soon.")


@contextmanager
def assist_desk(folder: Path, generator: Generator | None = None) -> Iterator[Assist]:
    """Open what helps agents over `PAGES` and a transcript."""
    settings = load_settings(data_dir=folder, intent_encoder="bundled", accepted_error=0.4)
    engine = build_engine(settings, embedder=HashEmbedder())
    object.__setattr__(engine.parts, "generator", generator)
    object.__setattr__(engine.options, "today", lambda: TODAY)
    engine.create_knowledge_base(KB)
    chat, said = page("chat", CHAT)
    pages = [page(name, text, title=name.title()) for name, text in PAGES.items() if name != "henpin"]
    first, text = pages[0]
    pages[0] = replace(first, effective_until=date(2026, 7, 8)), text
    japanese, text = page("henpin", PAGES["henpin"], title="返品")
    pages.append((replace(japanese, language="ja"), text))
    Desk(engine).add(*pages, (replace(chat, kind=DocumentKind.TRANSCRIPT), said))
    made = build_assist(engine, settings)
    made.canned.put(KB, [LATE])
    yield made
    engine.close()


def turns(*said: str) -> tuple[Turn, ...]:
    """Return a conversation; what begins with "agent:" is the desk's."""
    return tuple(
        Turn(Role.AGENT, text.removeprefix("agent:")) if text.startswith("agent:") else Turn(Role.CUSTOMER, text)
        for text in said
    )


def drafted(assist: Assist, *said: str, **fields: object) -> Draft:
    """Have a reply drafted."""
    return assist.drafts.draft(KB, DraftRequest(turns=turns(*said), **fields))  # type: ignore[arg-type]
