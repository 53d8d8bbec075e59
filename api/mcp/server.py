"""The server of the official SDK over tools and documents, for any transport."""

from __future__ import annotations

import json
from collections.abc import Callable
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

    async def list_tools(_: Context, __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=list(map(_info, TOOLS)))

    async def call_tool(context: Context, params: CallToolRequestParams) -> CallToolResult:
        tool = next((each for each in TOOLS if each.name == params.name), None)
        if tool is None:
            raise MCPError(code=INVALID_PARAMS, message=f"There is no tool {params.name[:100]!r}. List the tools.")
        reach = reach_of(context)
        try:
            reach.check(tool.route)
            given = await anyio.to_thread.run_sync(tool, reach, params.arguments or {})
        except EngineError as error:
            return CallToolResult(content=[TextContent(text=str(error))], is_error=True)
        content = given.model_dump(mode="json")
        text = json.dumps(content, ensure_ascii=False)
        return CallToolResult(content=[TextContent(text=text)], structured_content=content)

    async def list_resources(context: Context, params: PaginatedRequestParams | None) -> ListResourcesResult:
        cursor = (params.cursor if params else None) or ""
        try:
            page = await anyio.to_thread.run_sync(documents_page, reach_of(context).engine.parts.knowledge, cursor)
        except EngineError as error:
            raise _refusal(error) from error
        resources = [
            Resource(
                uri=document_uri(each),
                name=each.uri,
                title=each.title,
                description=f"{each.kind} in {each.knowledge_base}, version {each.version}, {each.language}",
                mime_type=TEXT,
            )
            for each in page.documents
        ]
        return ListResourcesResult(resources=resources, next_cursor=page.next_cursor)

    async def list_templates(_: Context, __: PaginatedRequestParams | None) -> ListResourceTemplatesResult:
        templates = [
            ResourceTemplate(uri_template=uri, name=name, description=said, mime_type=TEXT)
            for name, (uri, said) in TEMPLATES.items()
        ]
        return ListResourceTemplatesResult(resource_templates=templates)

    async def read_resource(context: Context, params: ReadResourceRequestParams) -> ReadResourceResult:
        uri = str(params.uri)
        try:
            stored = await anyio.to_thread.run_sync(document_text, reach_of(context).engine.parts.knowledge, uri)
        except EngineError as error:
            raise _refusal(error) from error
        return ReadResourceResult(contents=[TextResourceContents(uri=uri, text=stored.text, mime_type=TEXT)])

    return Server(
        "knowdesk",
        title="Knowdesk",
        version=package_version(),
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
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
