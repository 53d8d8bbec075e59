"""`knowdesk words`: the list of words that an owner does not want in replies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import Opened, over_knowledge_base
from api.cli.output import print_json, print_table, print_text
from engine.domain.check import ListedWord, Severity
from engine.errors import InvalidInput

if TYPE_CHECKING:
    from api.schemas.checks import WordsModel

__all__ = ["app"]

app = typer.Typer(
    help="Words that should not stand in replies: list, add, remove, import, export.", no_args_is_help=True
)
Word = Annotated[str, typer.Argument(help="A word or phrase.")]


@app.command("list")
@over_knowledge_base
def list_(opened: Opened) -> None:
    """List the words."""
    found = _words(opened)
    rows = [(item.word, item.severity.value, "yes" if item.disguised else "no", item.remedy) for item in found.items]
    opened.publish(found, lambda: print_table(("Word", "Severity", "Disguised", "Remedy"), rows))


@app.command()
@over_knowledge_base
def add(
    opened: Opened,
    *,
    word: Word,
    severity: Annotated[Severity, typer.Option(help="What it means for a reply.")] = Severity.BLOCK,
    remedy: Annotated[str, typer.Option(help="What the agent is told.")] = "",
    plain: Annotated[bool, typer.Option("--plain", help="Do not look for hidden spellings.")] = False,
) -> None:
    """Add a word, or change it."""
    opened.engine.checks.words.put(opened.knowledge_base, [ListedWord(word, severity, remedy, not plain)])
    opened.publish({"added": word}, lambda: print_text(f"Added {word}."))


@app.command()
@over_knowledge_base
def remove(opened: Opened, *, word: Word) -> None:
    """Remove a word."""
    opened.engine.checks.words.remove(opened.knowledge_base, word)
    opened.publish({"removed": word}, lambda: print_text(f"Removed {word}."))


@app.command("import")
@over_knowledge_base
def import_(
    opened: Opened,
    *,
    file: Annotated[Path, typer.Argument(help="JSON as `export` writes it, or text with one word a line.")],
    keep: Annotated[bool, typer.Option("--keep", help="Add to the list instead of replacing it.")] = False,
) -> None:
    """Read the list from a file."""
    words = _read(file)
    opened.engine.checks.words.put(opened.knowledge_base, words, replace_all=not keep)
    opened.publish({"imported": len(words)}, lambda: print_text(f"Imported {len(words)} words."))


@app.command()
@over_knowledge_base
def export(opened: Opened) -> None:
    """Print the list as JSON, to be imported elsewhere."""
    print_json(_words(opened))


def _words(opened: Opened) -> WordsModel:
    from api.schemas.checks import WordModel, WordsModel

    listed = opened.engine.checks.words.words(opened.knowledge_base)
    return WordsModel(items=tuple(map(WordModel.of, listed)))


def _read(file: Path) -> list[ListedWord]:
    from pydantic import ValidationError

    from api.schemas.checks import WordsModel

    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{file.name} cannot be read as UTF-8 text.", remedy="Check the path.") from error
    if file.suffix.lower() != ".json":
        return [ListedWord(line.strip()) for line in text.splitlines() if line.strip()]
    try:
        return WordsModel.model_validate_json(text).to_domain()
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise InvalidInput(f"{file.name} is wrong at {place}: {first['msg']}.", remedy="Correct it.") from error
