"""Command: `knowdesk bench suggestions`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from engine.assembly import build_assist, build_engine
from engine.assist.canned.files import read_replies
from engine.assist.service import Assist
from engine.assist.suggesting.suggesting import Suggesting
from engine.domain.knowledge import KnowledgeBase
from engine.persistence.database import open_database
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.suggestions import SqlSuggestionRepository
from engine.settings import load_settings
from evals.bench.latency import Latency, time_side_by_side
from evals.bench.sample import ingest_folder
from evals.bench.suggestions.feedback import AGENTS, Agent, gain, replay
from evals.bench.suggestions.replaying import EQUAL, Replayed, request_of, says_the_same, scores
from evals.commands.common import reported_errors
from evals.datasets.golden import SAMPLE_FOLDER
from evals.datasets.suggestions import SentReply, asked_replies, load_sent_replies
from evals.sampling import halves

__all__ = ["KNOWLEDGE_BASE", "SEED", "prepared", "replayed", "suggestions_command"]

KNOWLEDGE_BASE = "bench"
SEED = 17
FEEDBACKS = 500


def suggestions_command(
    *,
    half: Annotated[
        Literal["development", "reported", "all"],
        typer.Option("--half", help="The weights were fitted on development."),
    ] = "reported",
    feedbacks: Annotated[int, typer.Option("--feedbacks", min=0, help="To replay; 0: none.")] = FEEDBACKS,
    data_dir: Annotated[
        Path | None,
        typer.Option("--data-dir", help="Data folder with the sample in knowledge base `bench`; else made."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Replay the sample's conversations: is what was sent among the top three, what does feedback gain, how fast.

    The conversation's own record is left out. Feedback of simulated agents is replayed on one half of these
    conversations and of the sample's golden questions, and measured on the other half, both ways round.
    """
    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        replies = load_sent_replies(SAMPLE_FOLDER / "golden" / "suggestions")
        fitted, held_out = halves(replies, seed=SEED, key=lambda each: each.id)
        chosen = {"development": fitted, "reported": held_out}.get(half, replies)
        engine = build_engine(load_settings(data_dir=data_dir or Path(scratch) / "data"))
        try:
            assist = prepared(build_assist(engine, load_settings()))
            found = {"equal": EQUAL, "half": half, **scores(replayed(assist, assist.suggesting, chosen))}
            if feedbacks:
                folds = halves((*replies, *asked_replies()), seed=SEED, key=lambda each: each.id)
                found["feedback"] = [_learnt(assist, agent, folds, feedbacks, Path(scratch)) for agent in AGENTS]
            found["speed"] = _speed(assist, replies)
        finally:
            engine.close()
    if as_json:
        typer.echo(json.dumps(found))
    else:
        Console().print_json(json.dumps(found))


def prepared(assist: Assist) -> Assist:
    """Put the sample's knowledge and canned replies into the knowledge base, unless they are there."""
    engine = assist.engine
    if not any(each.name == KNOWLEDGE_BASE for each in engine.parts.knowledge.knowledge_bases()):
        ingest_folder(engine, KNOWLEDGE_BASE)
    replies = read_replies(SAMPLE_FOLDER / "canned.yaml", KNOWLEDGE_BASE)
    assist.canned.put(KNOWLEDGE_BASE, replies, replace_all=True)
    return assist


def replayed(assist: Assist, suggesting: Suggesting, replies: Sequence[SentReply]) -> list[Replayed]:
    """Return the suggestions for each conversation, compared with what was sent."""
    return [_replayed(assist, suggesting, reply) for reply in replies]


def _replayed(assist: Assist, suggesting: Suggesting, reply: SentReply) -> Replayed:
    items = suggesting.suggest(KNOWLEDGE_BASE, request_of(reply)).items
    shortcuts = {each.id: each.shortcut for each in assist.canned.repository.replies(KNOWLEDGE_BASE)}
    equal = tuple(says_the_same(item, reply, lambda key: shortcuts.get(key, "")) for item in items)
    return Replayed(reply, items, equal)


def _learnt(
    assist: Assist, agent: Agent, folds: tuple[Sequence[SentReply], Sequence[SentReply]], count: int, scratch: Path
) -> dict[str, object]:
    """Learn on each fold with an empty memory, and measure on the other one."""
    before: list[Replayed] = []
    after: list[Replayed] = []
    sent = 0
    for at, (learnt, measured) in enumerate((folds, folds[::-1])):
        database = open_database(f"sqlite:///{scratch / f'{agent.preferred.value}{at}.db'}")
        SqlKnowledgeRepository(database).add_knowledge_base(KnowledgeBase(KNOWLEDGE_BASE))
        memory = replace(assist.suggesting.parts, repository=SqlSuggestionRepository(database))
        suggesting = Suggesting(assist.engine, memory)
        before += replayed(assist, suggesting, measured)
        sent += replay(suggesting, partial(_replayed, assist, suggesting), learnt, agent, count=count)
        after += replayed(assist, suggesting, measured)
        database.dispose()
    return {"prefers": agent.preferred.value, "feedbacks": count, "sent": sent, **asdict(gain(before, after, agent))}


def _speed(assist: Assist, replies: Sequence[SentReply]) -> dict[str, object]:
    """Time suggestions beside the embedding of the same conversations' last words."""
    suggest, embed = time_side_by_side(
        [
            lambda reply: assist.suggesting.suggest(KNOWLEDGE_BASE, request_of(reply)),
            lambda reply: assist.engine.parts.embedder.embed_query(reply.turns[-1].text),
        ],
        [*replies, *replies],
        warm_up=len(replies),
    )
    model = assist.engine.parts.embedder.info.model
    times = {"encoder": model, "p95_ratio": round(suggest.p95_ms / embed.p95_ms, 1)}
    return {**times, "suggest": _rounded(suggest), "embed": _rounded(embed)}


def _rounded(latency: Latency) -> dict[str, float]:
    return {name: round(value, 2) for name, value in asdict(latency).items()}
