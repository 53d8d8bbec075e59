"""The server of the official SDK over tools and documents, for any transport."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import anyio.to_thread
from mcp import MCPError
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp_types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
    ToolAnnotations,
)
from mcp_types import Tool as ToolInfo

from api.mcp.documents import TEMPLATES, document_text, document_uri, documents_page
from api.mcp.tools import TOOLS, Reach, Tool
from api.version import package_version
from engine.domain.knowledge import Document
from engine.errors import EngineError, InvalidInput, NotFound

__all__ = ["build_server"]

INSTRUCTIONS: Final = (
    "Knowdesk answers customers from the knowledge bases of a service desk, with quotes that anyone can check. Ask "
    "`answer`, and pass on what it says; where its `answer` is null, do not answer yourself. Documents are resources."
)
TEXT: Final = "text/plain"
Context = ServerRequestContext[Any, Any]


def build_server(reach_of: Callable[[Context], Reach]) -> Server[Any]:
    """Return a server whose calls reach what `reach_of` says; the engine is called in worker threads."""
    desk = _Desk(reach_of)
    return Server(
        "knowdesk",
        title="Knowdesk",
        version=package_version(),
        instructions=INSTRUCTIONS,
        on_list_tools=_list_tools,
        on_call_tool=desk.call_tool,
        on_list_resources=desk.list_resources,
        on_list_resource_templates=_list_templates,
        on_read_resource=desk.read_resource,
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """What calls are answered with."""

    reach_of: Callable[[Context], Reach]

    async def call_tool(self, context: Context, params: CallToolRequestParams) -> CallToolResult:
        tool = next((each for each in TOOLS if each.name == params.name), None)
        if tool is None:
            raise MCPError(code=INVALID_PARAMS, message=f"There is no tool {params.name[:100]!r}. List the tools.")
        reach = self.reach_of(context)
        try:
            reach.check(tool.route)
            given = await anyio.to_thread.run_sync(tool, reach, params.arguments or {})
        except EngineError as error:
            return CallToolResult(content=[TextContent(text=str(error))], is_error=True)
        content = given.model_dump(mode="json")
        text = json.dumps(content, ensure_ascii=False)
        return CallToolResult(content=[TextContent(text=text)], structured_content=content)

    async def list_resources(self, context: Context, params: PaginatedRequestParams | None) -> ListResourcesResult:
        cursor = (params.cursor if params else None) or ""
        knowledge = self.reach_of(context).engine.parts.knowledge
        try:
            page = await anyio.to_thread.run_sync(documents_page, knowledge, cursor)
        except EngineError as error:
            raise _refusal(error) from error
        return ListResourcesResult(resources=list(map(_resource, page.documents)), next_cursor=page.next_cursor)

    async def read_resource(self, context: Context, params: ReadResourceRequestParams) -> ReadResourceResult:
        uri, knowledge = str(params.uri), self.reach_of(context).engine.parts.knowledge
        try:
            stored = await anyio.to_thread.run_sync(document_text, knowledge, uri)
        except EngineError as error:
            raise _refusal(error) from error
        return ReadResourceResult(contents=[TextResourceContents(uri=uri, text=stored.text, mime_type=TEXT)])


async def _list_tools(_: Context, __: PaginatedRequestParams | None) -> ListToolsResult:
    return ListToolsResult(tools=list(map(_info, TOOLS)))


async def _list_templates(_: Context, __: PaginatedRequestParams | None) -> ListResourceTemplatesResult:
    templates = [
        ResourceTemplate(uri_template=uri, name=name, description=said, mime_type=TEXT)
        for name, (uri, said) in TEMPLATES.items()
    ]
    return ListResourceTemplatesResult(resource_templates=templates)


def _resource(document: Document) -> Resource:
    return Resource(
        uri=document_uri(document),
        name=document.uri,
        title=document.title,
        description=f"{document.kind} in {document.knowledge_base}, version {document.version}, {document.language}",
        mime_type=TEXT,
    )


def _info(tool: Tool[Any]) -> ToolInfo:
    return ToolInfo(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes.model_json_schema(),
        output_schema=tool.gives.model_json_schema(mode="serialization"),
        annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
    )


def _refusal(error: EngineError) -> MCPError:
    wrong = isinstance(error, (NotFound, InvalidInput))
    return MCPError(code=INVALID_PARAMS if wrong else INTERNAL_ERROR, message=str(error))
