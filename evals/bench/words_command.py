"""Command: `knowdesk bench words`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from engine.embedding.static import StaticEmbedder
from engine.guard.words.matcher import WordMatcher
from evals.bench.words import (
    abuse_scores,
    clean_sentences,
    flagged,
    hidden_words,
    listed_words,
    patterns,
    recall_by_kind,
)
from evals.commands.common import reported_errors
from evals.fit_offensive import labelled

__all__ = ["words_command"]


def words_command(
    *,
    clean: Annotated[list[Path] | None, typer.Option("--clean", help="Folder of clean Markdown pages.")] = None,
    offensive: Annotated[
        Path | None, typer.Option("--offensive", help='JSON lines with "text" and "label" of COLDataset.')
    ] = None,
    count: Annotated[int, typer.Option("--count", min=1, help="Disguises to make.")] = 500,
    seed: Annotated[int, typer.Option("--seed", help="Of the disguises; the rules were tried out with 1.")] = 29,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Hide the words of the shipped packs and count what is found, and what is flagged in clean sentences.

    Abusive Chinese is reported on the half that the model was not fitted on.
    """
    with reported_errors():
        words = listed_words()
        matcher = WordMatcher(patterns(words), is_word=StaticEmbedder().knows)
        recalls = recall_by_kind(matcher, hidden_words(words, count, seed=seed))
        found: dict[str, object] = {"words": len(words)}
        found["recall"] = {kind: f"{right}/{total}" for kind, (right, total) in sorted(recalls.items())}
        found["recall_all"] = round(recalls["all"][0] / recalls["all"][1], 4)
        for folder in clean or ():
            texts = clean_sentences(folder)
            found[f"flagged {folder.name}"] = f"{len(flagged(matcher, texts))}/{len(texts)}"
        if offensive:
            found["offensive"] = abuse_scores(labelled(offensive)[1])
    text = json.dumps(found)
    if as_json:
        typer.echo(text)
    else:
        Console().print_json(text)
