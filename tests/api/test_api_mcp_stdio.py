"""The official mcp client against `knowdesk mcp`, a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from mcp import Client, StdioServerParameters, stdio_client
from mcp_types import TextContent

from api.ingesting import Batch, ingest_batches
from engine.assembly import build_engine
from engine.settings import load_settings
from ingestion.sources import open_source
from tests.api.desk import Desk
from tests.fakes.postgres import environment

QUESTION = {"knowledge_base": "shop", "question": "Within how many days may I return unused goods?", "threshold": 0}


@pytest.fixture
def data(pages: Path, tmp_path: Path) -> Path:
    settings = load_settings(data_dir=tmp_path / "data", parse_workers=0)
    engine = build_engine(settings)
    source = open_source(pages)
    list(ingest_batches(engine, settings, "shop", [Batch(source.name, source.files, source.complete)]))
    engine.close()
    return settings.data_dir


def _command(data_dir: Path) -> StdioServerParameters:
    code = "from api.cli.main import main; main()"
    words = ["-c", code, "mcp", "--data-dir", str(data_dir)]
    return StdioServerParameters(command=sys.executable, args=words, env=environment(data_dir))


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_client_starts_asks_and_ends_it(data: Path, mode: str) -> None:
    async with Client(stdio_client(_command(data)), mode=mode) as client:
        assert {"search", "answer", "check"} <= {tool.name for tool in (await client.list_tools()).tools}
        result = await client.call_tool("answer", QUESTION)
        assert result.structured_content is not None
        assert "within 30 days" in result.structured_content["answer"]["text"]
        assert len((await client.list_resources()).resources) == 4
        wrong = await client.call_tool("answer", {**QUESTION, "knowledge_base": "shoop"})
        assert isinstance(wrong.content[0], TextContent)
        assert "'shoop'" in wrong.content[0].text
    assert Desk(data).json("kb", "list")["items"][0]["name"] == "shop"
