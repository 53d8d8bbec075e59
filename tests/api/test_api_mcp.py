"""The official mcp client against the API on a real port."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from mcp import Client, MCPError
from mcp_types import TextContent, TextResourceContents

from api.app import create_app
from engine.service import Engine
from engine.settings import load_settings
from tests.serving import serving

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("anyio_backend", ["asyncio"])]
QUESTION = {"knowledge_base": "shop", "question": "Within how many days may I return unused goods?", "threshold": 0}
ASKED = [{"role": "customer", "text": "How long does the warranty of the kettle last?"}]
TOOLS = {"search", "answer", "check", "sentiment", "triage", "suggest", "draft", "summarise"}


@pytest.fixture(scope="module")
def address(shop: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = load_settings(data_dir=tmp_path_factory.mktemp("mcp"), parse_workers=0, intent_encoder="bundled")
    with serving(create_app(settings, engine=shop)) as found:
        yield f"{found}/mcp"


@pytest.fixture(params=["auto", "legacy"])
async def client(address: str, request: pytest.FixtureRequest) -> AsyncIterator[Client]:
    async with Client(address, mode=request.param) as made:
        yield made


async def test_tools_tell_what_they_take_and_give(client: Client) -> None:
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == TOOLS
    for tool in tools.values():
        assert tool.title
        assert tool.description
        assert tool.input_schema["type"] == "object"
        assert tool.output_schema is not None
        assert tool.output_schema["type"] == "object"
        assert tool.annotations is not None
    assert {"knowledge_base", "question"} == set(tools["answer"].input_schema["required"])


async def test_an_answer_is_structured_and_its_evidence_can_be_read(client: Client) -> None:
    result = await client.call_tool("answer", QUESTION)
    assert not result.is_error
    answer = result.structured_content
    assert answer is not None
    assert "within 30 days" in answer["answer"]["text"]
    said = result.content[0]
    assert isinstance(said, TextContent)
    assert json.loads(said.text) == answer
    cited = answer["citations"][0]
    read = await client.read_resource(f"knowdesk://documents/{cited['document_id']}/versions/{cited['version']}")
    stored = read.contents[0]
    assert isinstance(stored, TextResourceContents)
    assert stored.text[cited["span"]["start"] : cited["span"]["end"]] == cited["quote"]


@pytest.mark.parametrize(
    ("tool", "arguments", "path", "value"),
    [
        (
            "search",
            {"knowledge_base": "shop", "query": "kettle warranty", "limit": 1},
            ("passages", 0, "title"),
            "Warranty",
        ),
        ("check", {"knowledge_base": "shop", "text": "Your refund is 100% guaranteed."}, ("verdict",), "warn"),
        ("sentiment", {"turns": [{"role": "customer", "text": "I am furious!"}]}, ("overall", "polarity"), "negative"),
        ("triage", {"knowledge_base": "shop", "text": "Where is my parcel?"}, ("language",), "en"),
        ("suggest", {"knowledge_base": "shop", "turns": ASKED}, ("language",), "en"),
        ("draft", {"knowledge_base": "shop", "turns": ASKED}, ("mode",), "composed"),
        ("summarise", {"turns": ASKED}, ("language",), "en"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_every_tool_works(
    client: Client, tool: str, arguments: dict[str, object], path: tuple[str | int, ...], value: str
) -> None:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    found: object = result.structured_content
    for part in path:
        found = found[part]  # type: ignore[index]
    assert found == value


@pytest.mark.parametrize(
    ("tool", "arguments", "part"),
    [
        ("answer", {**QUESTION, "knowledge_base": "shoop"}, "'shoop'"),
        ("answer", {**QUESTION, "question": " "}, "The question is empty. Send a question"),
        ("answer", {**QUESTION, "threshold": 7}, "threshold: Input should be less than or equal to 1. See"),
        ("answer", {**QUESTION, "stream": True}, "stream: Extra inputs are not permitted"),
        ("search", {}, "knowledge_base: Field required; query: Field required"),
    ],
    ids=str,
)
async def test_what_is_wrong_is_said_with_a_remedy(
    client: Client, tool: str, arguments: dict[str, object], part: str
) -> None:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    said = result.content[0]
    assert isinstance(said, TextContent)
    assert part in said.text


async def test_a_wrong_argument_is_not_repeated(client: Client) -> None:
    result = await client.call_tool("answer", {**QUESTION, "language": "private words"})
    assert result.is_error
    assert "private words" not in str(result)


async def test_an_unknown_tool_is_an_error_of_the_protocol(client: Client) -> None:
    with pytest.raises(MCPError, match="There is no tool 'guess'"):
        await client.call_tool("guess", {})


async def test_documents_are_listed_and_read(client: Client) -> None:
    listed = (await client.list_resources()).resources
    assert {resource.name.rpartition("/")[2] for resource in listed} == {
        "returns.md",
        "warranty.md",
        "henpin.md",
        "tuihuo.md",
    }
    warranty = next(resource for resource in listed if resource.title == "Warranty")
    stored = (await client.read_resource(str(warranty.uri))).contents[0]
    assert isinstance(stored, TextResourceContents)
    assert "24 months" in stored.text
    templates = (await client.list_resource_templates()).resource_templates
    assert {template.uri_template for template in templates} == {
        "knowdesk://documents/{id}",
        "knowdesk://documents/{id}/versions/{version}",
    }


@pytest.mark.parametrize(
    ("uri", "part"),
    [
        ("knowdesk://documents/nothing", "nothing"),
        ("knowdesk://documents/nothing/versions/0", "not the address of a document. Use knowdesk://"),
        ("file:///etc/passwd", "not the address of a document"),
    ],
)
async def test_what_cannot_be_read_is_an_error(client: Client, uri: str, part: str) -> None:
    with pytest.raises(MCPError, match=part):
        await client.read_resource(uri)


@pytest.mark.parametrize(
    ("header", "status"), [({"host": "evil.example"}, 403), ({"origin": "https://evil.example"}, 403)]
)
async def test_pages_of_other_hosts_cannot_reach_it(address: str, header: dict[str, str], status: int) -> None:
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"accept": "application/json, text/event-stream"}
    async with httpx.AsyncClient() as made:
        assert (await made.post(address, json=asked, headers=accept)).status_code == 200
        assert (await made.post(address, json=asked, headers={**accept, **header})).status_code == status


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[]", 400), (b'"' + b" " * 4_000_000 + b'"', 413)])
async def test_bodies_that_cannot_be_read(address: str, body: bytes, status: int) -> None:
    headers = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
    async with httpx.AsyncClient() as made:
        assert (await made.post(address, content=body, headers=headers)).status_code == status


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_there_are_no_sessions_to_listen_to_or_end(address: str, method: str) -> None:
    async with httpx.AsyncClient() as made:
        assert (await made.request(method, address)).status_code == 405
