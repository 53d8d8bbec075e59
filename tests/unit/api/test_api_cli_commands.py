"""Commands that share their options: what typer sees of them, what they are given, and when the engine is open."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner, Result

import engine.assembly
import engine.settings
from api.cli.commands import Opened, in_session, over_knowledge_base
from api.cli.main import ErrorsToStatus, build_app
from api.cli.session import AsJson, Config, DataDir, Session, given
from engine.assembly import build_engine
from engine.errors import NotFound
from engine.service import Engine
from engine.settings import Settings, load_settings
from tests.fakes.embedding import HashEmbedder
from tests.fakes.repositories import publish

COMMON = ["data_dir", "config", "as_json"]


@in_session
def plain(
    session: Session,
    *,
    word: Annotated[str, typer.Argument(help="A word.")],
    loud: Annotated[bool, typer.Option("--loud", help="Shout.")] = False,
) -> None:
    """Say a word."""
    said = word.upper() if loud else word
    session.publish({"said": said, "data_dir": str(session.data_dir)}, lambda: typer.echo(f"It says {said}."))


@over_knowledge_base
def count(opened: Opened, *, times: Annotated[int, typer.Option(help="How often.")] = 1) -> None:
    """Count documents."""
    found = len(opened.engine.parts.knowledge.documents(opened.knowledge_base)) * times
    opened.publish({"documents": found}, lambda: typer.echo(f"{found} documents."))


@over_knowledge_base
def named(opened: Opened, *, id: Annotated[str, typer.Argument(help="Of a document.")]) -> None:
    """Name a document."""
    typer.echo(opened.document(id).title)


@over_knowledge_base
def intents(opened: Opened) -> None:
    """Count intents, twice."""
    found = [len(opened.assist().taxonomy(opened.knowledge_base).intents) for _ in range(2)]
    typer.echo(f"{found}")


def app() -> typer.Typer:
    made = typer.Typer(cls=ErrorsToStatus)

    @made.callback()
    def common(data_dir: DataDir = None, config: Config = None, as_json: AsJson = False) -> None:
        """Share options."""

    for each in (plain, count, named, intents):
        made.command()(each)
    return made


def run(*words: str) -> Result:
    result = CliRunner().invoke(app(), list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def opened_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    made = build_engine(load_settings(data_dir=tmp_path / "data"), embedder=HashEmbedder())
    for name in ("default", "shop"):
        made.create_knowledge_base(name)
    publish(made.parts.knowledge, "a", knowledge_base="shop")
    publish(made.parts.knowledge, "b", knowledge_base="shop")
    closed = made.close
    monkeypatch.setattr(made, "close", lambda: None)
    monkeypatch.setattr(engine.assembly, "build_engine", lambda _: made)
    yield made
    closed()


@pytest.mark.parametrize(
    ("command", "options"),
    [
        (plain, ["ctx", "word", "loud", *COMMON]),
        (count, ["ctx", "times", "kb", *COMMON]),
        (named, ["ctx", "id", "kb", *COMMON]),
    ],
)
def test_typer_sees_the_commands_own_options_first(command: object, options: list[str]) -> None:
    assert callable(command)
    signature = inspect.signature(command)
    assert list(signature.parameters) == options
    assert list(inspect.get_annotations(command)) == options
    assert signature.parameters["ctx"].annotation is typer.Context


def test_a_command_keeps_its_name_and_what_it_says_of_itself() -> None:
    assert [(each.__name__, each.__doc__) for each in (plain, count)] == [
        ("plain", "Say a word."),
        ("count", "Count documents."),
    ]
    assert "Count documents." in run("count", "--help").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("plain", "hi", "--loud", "--json", "--data-dir", "there"),
        ("--data-dir", "there", "--json", "plain", "hi", "--loud"),
        ("--data-dir", "elsewhere", "plain", "--loud", "hi", "--data-dir", "there", "--json"),
    ],
    ids=["after", "before", "both"],
)
def test_common_options_stand_before_or_after_and_the_latter_win(words: tuple[str, ...]) -> None:
    assert json.loads(run(*words).stdout) == {"said": "HI", "data_dir": "there"}


def test_people_are_shown_text() -> None:
    assert run("plain", "hi").stdout == "It says hi.\n"


@pytest.mark.parametrize(("words", "told"), [(("--kb", "shop"), 2), ((), 0), (("--kb", "shop", "--times", "3"), 6)])
@pytest.mark.usefixtures("opened_engine")
def test_the_engine_is_there_with_the_knowledge_base(words: tuple[str, ...], told: int) -> None:
    assert run("count", *words).stdout == f"{told} documents.\n"
    assert json.loads(run("count", *words, "--json").stdout) == {"documents": told}


@pytest.mark.usefixtures("opened_engine")
def test_an_unknown_knowledge_base_is_told_before_the_command_runs() -> None:
    result = run("named", "a", "--kb", "nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'nowhere'" in result.stderr
    assert "'default', 'shop'" in result.stderr


@pytest.mark.usefixtures("opened_engine")
def test_documents_of_another_knowledge_base_are_not_found() -> None:
    assert run("named", "a", "--kb", "shop").stdout == "A\n"
    result = run("named", "a", "--kb", "default")
    assert result.exit_code == 2
    assert "not in knowledge base 'default'" in result.stderr
    assert "--kb" in result.stderr
    assert run("named", "z", "--kb", "shop").exit_code == 2


def test_the_engine_is_closed_at_the_end_and_after_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = list[str]()
    real = build_engine

    def build(settings: Settings) -> Engine:
        made = real(settings, embedder=HashEmbedder())
        close = made.close

        def noted() -> None:
            closed.append("closed")
            close()

        monkeypatch.setattr(made, "close", noted)
        return made

    monkeypatch.setattr(engine.assembly, "build_engine", build)
    assert run("count", "--data-dir", str(tmp_path)).exit_code == 2
    assert closed == ["closed"]
    with pytest.raises(NotFound), Session(tmp_path, None, as_json=False).engine() as opened:
        opened.parts.knowledge.knowledge_base("nowhere")
    assert closed == ["closed"] * 2


@pytest.mark.parametrize("words", [("count",), ("intents",)], ids=str)
@pytest.mark.usefixtures("opened_engine")
def test_the_settings_are_read_once(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    reads = list[object]()

    def read(*given_options: object, **named_options: object) -> Settings:
        reads.append(given_options)
        return load_settings(intent_encoder="bundled")

    monkeypatch.setattr(engine.settings, "load_settings", read)
    assert run(*words).exit_code == 0
    assert len(reads) == 1


@pytest.mark.usefixtures("opened_engine")
def test_what_helps_agents_reads_the_settings_once_too(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = list[object]()

    def read(*given_options: object, **named_options: object) -> Settings:
        reads.append(given_options)
        return load_settings(intent_encoder="bundled")

    monkeypatch.setattr(engine.settings, "load_settings", read)
    with Session(None, None, as_json=False).assist() as assist:
        assert assist.taxonomy("shop").intents == ()
    assert len(reads) == 1


@pytest.mark.parametrize(
    ("before", "accepted", "passed"),
    [
        ((), {"--data-dir", "--json"}, []),
        (("--data-dir", "x"), {"--data-dir"}, ["--data-dir", "x"]),
        (("--data-dir", "x", "--json"), {"--json"}, ["--json"]),
        (("--config", "c", "--json"), {"--data-dir"}, []),
    ],
)
def test_plug_ins_are_given_the_common_options_that_they_know(
    before: tuple[str, ...], accepted: set[str], passed: list[str]
) -> None:
    seen = list[list[str]]()
    made = build_app()

    @made.command("told")
    def told(ctx: typer.Context) -> None:
        seen.append(given(ctx, accepted))

    CliRunner().invoke(made, [*before, "told"])
    assert seen == [passed]
