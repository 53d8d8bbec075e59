"""A desk that has been at work for eight weeks: questions with moods, failures, corrections and solved talks."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from api.ingesting import Batch, ingest_batches
from engine.assembly import build_assist, build_engine
from engine.domain.answer import AbstentionReason
from engine.domain.canned_reply import CannedReply
from engine.domain.conversation import Role, Turn
from engine.domain.exchange import Exchange
from engine.domain.feedback import Feedback, Verdict
from engine.domain.handoff import HandoffReason
from engine.service import Engine
from engine.settings import Settings
from ingestion.sources import MemoryFile

__all__ = ["GAP", "write_past", "write_runs"]

KB = "shop"
WEEKS = 8
GAP = "Why does my kettle not switch off any more?"
CURE = "Boil the kettle once with citric acid and rinse it twice. The sensor then switches off again."
ASKED = {  # wordings of what customers ask, with how the desk fared: answered, abstained or handed over
    ("How long may I return an opened coffee machine?", "Can I send my coffee machine back?"): "answered",
    ("Where is my parcel? It is late again!", "My parcel has not arrived, where is it?"): "handed",
    ("净化器滤芯多久换一次", "空气净化器的滤芯什么时候换"): "answered",
    ("電子發票載具可以改嗎", "我想改電子發票的載具"): "answered",
    ("領収書を発行してください", "領収書はどこで発行できますか"): "answered",
    (GAP, "My kettle does not switch off any more, why?"): "abstained",
}
PAGES = {
    "returns.md": "---\nkind: policy\n---\n# Returns\n\n## Time limit\n\nUnused goods may go back within 30 days.\n",
    "desk.md": "# Desk notes\n\n## Returns\n\nUnused goods may go back within 14 days.\n",
    "billing.md": "---\nkind: faq\ntags: billing\n---\n# Billing\n\n## When is my card charged?\n\nWhen you order.\n",
    "summer.md": "---\neffective_until: 2026-01-31\n---\n# Summer offer\n\nFree shipping. [More](gone.md)\n",
}
REPLIES = (
    CannedReply(KB, "track", "en", "Where is my parcel?", "Parcel {tracking_number} is on its way.", "delivery"),
    CannedReply(KB, "track", "ja", "荷物はどこですか", "{tracking_number} は配送中です。", "delivery"),
)
TALK = (
    f"[09:12] Customer: Hello, {GAP[0].lower()}{GAP[1:]}\n[09:13] Agent Tom: {CURE}\n"
    "[09:21] Customer: That solved it, thank you!\n"
)


def write_past(settings: Settings) -> None:
    """Write a small shop with eight weeks of questions into an empty data folder, and read them into topics."""
    engine = build_engine(settings)
    drawn = random.Random(7)
    now = datetime.now(UTC)
    _fill(engine, settings, KB, PAGES)
    _fill(engine, settings, "talks", {"kettle.txt": TALK})
    for day in range(7 * WEEKS, 0, -1):
        for number in range(drawn.randint(1, 2)):
            _ask(engine, drawn, f"past-{day}-{number}", now - timedelta(days=day, minutes=drawn.randint(0, 600)))
    assist = build_assist(engine, settings)
    for reply in REPLIES:
        assist.canned.add(reply)
    assist.questions.update(KB)
    engine.close()


def _fill(engine: Engine, settings: Settings, knowledge_base: str, pages: dict[str, str]) -> None:
    engine.create_knowledge_base(knowledge_base)
    files = [MemoryFile(name, text.encode()) for name, text in pages.items()]
    list(ingest_batches(engine, settings, knowledge_base, [Batch("pages", files, complete=True)]))


def _ask(engine: Engine, drawn: random.Random, name: str, at: datetime) -> None:
    wordings, fared = drawn.choice(list(ASKED.items()))
    text = drawn.choice(wordings)
    asked = Exchange(
        answer_id=name,
        conversation_id=name,
        knowledge_base=KB,
        question=text,
        standalone=text,
        language="en" if text.isascii() else "ja" if "書を" in text or "どこ" in text else "zh-Hans",
        answer="As the policy says." if fared == "answered" else "",
        citations=(),
        created_at=at,
        abstained=AbstentionReason.NO_EVIDENCE if fared == "abstained" else None,
        handoff=HandoffReason.EMOTION if fared == "handed" else None,
    )
    engine.parts.conversations.append(name, [Turn(Role.CUSTOMER, text)], exchange=asked)
    if fared == "abstained" and drawn.random() < 0.5:
        engine.parts.feedback.add(Feedback(f"f-{name}", name, Verdict.EDITED, CURE, 4, "", at))
    elif drawn.random() < 0.3:
        engine.parts.feedback.add(Feedback(f"f-{name}", name, None, "", drawn.randint(1, 5), "", at))


def write_runs(folder: Path) -> Path:
    """Write two runs of an evaluation with their comparison, as `knowdesk eval` does; return the folder."""
    for name, right in (("october", 0.71), ("november", 0.79)):
        run = folder / name
        (run / "cases").mkdir(parents=True)
        (run / "manifest.json").write_text(json.dumps(_manifest(name)), encoding="utf-8")
        (run / "summary.json").write_text(json.dumps(_summary(name, right)), encoding="utf-8")
        rows = "".join(json.dumps(_case(number)) + "\n" for number in range(12))
        (run / "cases" / "shop.jsonl").write_text(rows, encoding="utf-8")
    (folder / "november" / "comparisons").mkdir()
    (folder / "november" / "comparisons" / "october.json").write_text(json.dumps(_compared()), encoding="utf-8")
    return folder


def _manifest(name: str) -> dict[str, object]:
    units = [{"name": "shop", "data_hash": "x", "documents": 64, "cases": 120}]
    made = {"settings": {"embedding_model": "", "candidates": 100}, "options": {"seed": 13}, "code": "0b8a4a539d6b4a2b"}
    started = {"october": "2026-10-01T09:00:00+00:00", "november": "2026-11-02T09:00:00+00:00"}[name]
    return {"units": units, **made, "versions": {"python": "3.11.9"}, "started": started, "format": 1}


def _summary(name: str, right: float) -> dict[str, object]:
    slices = {"all": 0.0, "language=en": 0.06, "language=ja": -0.09, "language=zh-Hans": 0.01, "kind=typo": -0.12}
    figures = [_figure(slice_name, "containment", right + change) for slice_name, change in slices.items()]
    figures += [_figure("all", "abstained", 0.9), _figure("all", "answer_p95_ms", 160.0, spread=40.0)]
    measures = [_measure("containment", "share"), _measure("abstained", "share"), _measure("answer_p95_ms", "ms")]
    counts = {"complete": True, "cases": 120, "planned": 120, "failed": 0, "not_indexed": []}
    headlines = ["containment", "abstained", "answer_p95_ms"]
    return {"name": name, **counts, "figures": figures, "measures": measures, "headlines": headlines}


def _figure(slice: str, measure: str, value: float, *, spread: float = 0.08) -> dict[str, object]:
    bounds = [round(value - spread, 6), round(value + spread, 6)]
    return {"slice": slice, "measure": measure, "n": 40, "value": round(value, 6), "interval": bounds}


def _measure(name: str, unit: str) -> dict[str, object]:
    return {"name": name, "label": name, "explanation": "", "higher_is_better": unit != "ms", "unit": unit}


def _case(number: int) -> dict[str, object]:
    question = ("How long may I return unused goods?", "返品はいつまでできますか", "滤网多久换一次")[number % 3]
    told = {"id": f"shop/{number}", "unit": "shop", "task": "answer", "question": question}
    judged = {"slices": {"language": ("en", "ja", "zh-Hans")[number % 3]}, "metrics": {"containment": number / 12}}
    got: dict[str, object] = {
        "answer": "Within 14 days." if number % 2 else None,
        "quotes": [],
        "confidence": 0.4,
        "error": "",
    }
    return {**told, **judged, "milliseconds": 31.5, "expected": ["within 30 days"], "found": ["returns.md"], **got}


def _compared() -> dict[str, object]:
    row = {"slice": "all", "measure": "containment", "n": 40, "before": 0.71, "after": 0.79, "change": 0.08}
    tested = {"interval": {"low": 0.02, "high": 0.13}, "p": 0.004, "adjusted_p": 0.012, "verdict": "better"}
    changed = [{"id": "shop/1", "measure": "containment", "gain": -1.0, "question": "How long may I return it?"}]
    kept = {"before": "october", "after": "november", "cases": 120, "only_before": 0, "only_after": 0}
    settings = [{"name": "candidates", "before": "50", "after": "100"}]
    return {**kept, "settings": settings, "differences": [{**row, **tested}], "changed": changed}
