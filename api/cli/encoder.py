"""`knowdesk encoder`: train the multilingual encoder, tune it to a knowledge base, or prepare another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.commands import in_session
from api.cli.encoder_prepare import prepare
from api.cli.output import print_text
from api.cli.session import KnowledgeBaseOption, Session

if TYPE_CHECKING:
    from engine.encoder.gain import Asked
    from engine.encoder.own_pairs import OwnPage
    from engine.encoder.training import Progress
    from engine.service import Engine

__all__ = ["app"]

app = typer.Typer(
    help="Train the multilingual encoder, tune it to a knowledge base, or prepare another one.", no_args_is_help=True
)
app.command(epilog="Example: knowdesk encoder prepare all-MiniLM-L6-v2 --precision int8")(prepare)


@app.command()
def train(
    *,
    material: Annotated[Path, typer.Option(help="Folder with aligned segments (*.jsonl.gz) and pages.jsonl.gz.")],
    output: Annotated[Path, typer.Option(help="Folder to write; work that can be resumed goes to OUTPUT.work.")],
    steps: Annotated[int | None, typer.Option(min=1, help="Batches to learn from; default: 1600.")] = None,
    dimension: Annotated[int | None, typer.Option(min=8, help="Numbers a vector has; default: 352.")] = None,
    pieces: Annotated[
        int | None, typer.Option(min=16_000, help="Words and parts of words that get a vector; default: 80000.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same encoder.")] = 0,
) -> None:
    """Train an encoder from aligned texts and open dictionaries; run again to go on with a run that was cut off.

    Needs the packages of the optional dependency group `encoder`.
    """
    from dataclasses import replace

    from engine.encoder.building import EncoderOptions, build_encoder

    base = EncoderOptions()
    training = replace(base.training, seed=seed, steps=steps or base.training.steps)
    options = EncoderOptions(pieces or base.pieces, dimension or base.dimension, training)
    _follow(build_encoder(material, output, options), training.steps)
    print_text(f"Wrote {output}.")


@app.command(epilog="Example: knowdesk encoder adapt --kb shop --output my-encoder --golden questions.jsonl")
@in_session
def adapt(
    session: Session,
    *,
    output: Annotated[Path, typer.Option(help="Folder to write; it must not be there yet.")],
    kb: KnowledgeBaseOption = "default",
    model: Annotated[Path | None, typer.Option(help="Encoder to start from; default: the bundled one.")] = None,
    golden: Annotated[
        Path | None, typer.Option(help="Questions (*.jsonl, or a folder of them) to choose and measure with.")
    ] = None,
) -> None:
    """Tune the encoder to a knowledge base: its titles, headings and translated pages.

    Languages that would find less keep the old vectors, or some of them: the questions of --golden show it, or else
    the titles of an eighth of the pages, which are not learnt from.
    """
    from engine.embedding.static import BUNDLED
    from engine.encoder.adapting import ADAPT_OPTIONS, HeldOut, adapt
    from engine.encoder.gain import Asked, read_questions
    from engine.encoder.own_pairs import own_pairs, set_apart

    questions = read_questions(golden) if golden else []
    with session.engine() as engine:
        pages = learnt = list(_pages(engine, kb))
    if not golden:
        learnt, apart = set_apart(pages)
        questions = [Asked(page.title, frozenset({page.uri}), page.language) for page in apart]
    start = model or BUNDLED
    pairs = own_pairs(learnt)
    _follow(adapt(start, pairs, output, ADAPT_OPTIONS, held_out=HeldOut(questions, pages)), ADAPT_OPTIONS.steps)
    gains = _gains(questions, pages, start, output)

    def tell() -> None:
        print_text(f"Wrote {output}, learnt from {len(pairs)} pairs; {start} is as it was.")
        _print_gains(gains, len(questions))
        print_text(f"To use it: KNOWDESK_EMBEDDING_MODEL={output}")

    session.publish({"output": str(output), "pairs": len(pairs), "questions": len(questions), **gains}, tell)


def _pages(engine: Engine, kb: str) -> Iterator[OwnPage]:
    from engine.encoder.own_pairs import OwnPage, OwnPassage

    knowledge = engine.parts.knowledge
    knowledge.knowledge_base(kb)
    for document in knowledge.documents(kb):
        chunks = knowledge.chunks(document.id, document.version)
        passages = tuple(OwnPassage(chunk.text, chunk.section) for chunk in chunks)
        yield OwnPage(document.uri, document.title, document.language, passages)


def _gains(questions: list[Asked], pages: list[OwnPage], before: Path, after: Path) -> dict[str, object]:
    """Return the mean reciprocal rank before and after, of all questions and of each language."""
    from engine.embedding.static import StaticEmbedder
    from engine.encoder.gain import gain_of

    old, new = (gain_of(StaticEmbedder(folder), questions, pages) for folder in (before, after))
    languages = {name: {"before": old[name], "after": new[name]} for name in old if name}
    return {"before": old[""], "after": new[""], "languages": languages}


def _print_gains(gains: Mapping[str, Any], questions: int) -> None:
    if not questions:
        return
    print_text(f"MRR@10 of the encoder alone on {questions} questions that it did not learn from:")
    for name, each in (*gains["languages"].items(), ("all", gains)):
        print_text(f"{name:8} {each['before']:.3f} before, {each['after']:.3f} after")


def _follow(work: Iterator[str | Progress] | Iterator[Progress], steps: int) -> None:
    """Do the work, showing on stderr how far it is."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading", total=steps)
        for done in work:
            if isinstance(done, str):
                bar.update(task, description=done)
            else:
                bar.update(task, completed=done.step, description=f"{done.kind} {done.loss:.2f}")
