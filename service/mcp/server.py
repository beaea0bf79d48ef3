"""The tools behind the Model Context Protocol; the only module that knows its SDK."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread
from typing import Any

import anyio
import mcp_types as types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from starlette.applications import Starlette

from geodata import user_data
from service.answer.version import MODEL_VERSION
from service.case import facts
from service.http.problems import ProblemError
from service.mcp.inputs import SCHEMAS, input_schema
from service.mcp.tools import TOOLS, UNITS, call
from service.operation import logs
from service.settings import Settings
from service.supply.weather import use
from service.workers import Workers

INSTRUCTIONS = (
    "Sitewatt tells whether an industrial process could run on clean power at a place, and at what cost; "
    "it works offline. Begin with `processes` for the id, then `assess` or `compare`. " + UNITS
)
HINTS = types.ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
DESCRIBED = tuple(name for name in TOOLS if SCHEMAS in json.dumps(input_schema(name, TOOLS[name].request)))
Context = ServerRequestContext[Any]


def server(settings: Settings) -> Server[Any]:
    """The server; as many tools run at once, and wait, as assessments of the HTTP service would."""
    logs.configure(settings.log_format, settings.log_level)
    use(settings)
    if settings.data_dir is not None:
        user_data.use(settings.data_dir)
    workers = Workers(settings.solver_threads, settings.max_waiting)

    @asynccontextmanager
    async def lifespan(_: Server[Any]) -> AsyncIterator[None]:
        Thread(target=facts.load, daemon=True).start()  # so that the first call waits less
        yield

    async def list_tools(_: Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        tools = [
            types.Tool(
                name=tool.name,
                title=tool.title,
                description=tool.description,
                input_schema=input_schema(tool.name, tool.request),
                annotations=HINTS,
            )
            for tool in TOOLS.values()
        ]
        return types.ListToolsResult(tools=tools)

    async def call_tool(_: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = TOOLS.get(params.name)
        if tool is None:
            raise MCPError(types.INVALID_PARAMS, f"There is no tool of this name. Known: {', '.join(TOOLS)}.")
        try:
            text, wrong = await workers.run(call, tool, params.arguments or {})
        except ProblemError as error:
            text, wrong = error.detail, True
        return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=wrong)

    async def list_resources(_: Context, __: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        resources = [
            types.Resource(
                uri=SCHEMAS + name,
                name=name,
                description=f"JSON Schema of the whole input of {name}.",
                mime_type="application/schema+json",
            )
            for name in DESCRIBED
        ]
        return types.ListResourcesResult(resources=resources)

    async def read_resource(_: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        name = str(params.uri).removeprefix(SCHEMAS)
        if name not in DESCRIBED:
            raise MCPError(types.INVALID_PARAMS, f"Known: {', '.join(SCHEMAS + known for known in DESCRIBED)}.")
        text = json.dumps(TOOLS[name].request.model_json_schema())
        content = types.TextResourceContents(uri=str(params.uri), mime_type="application/schema+json", text=text)
        return types.ReadResourceResult(contents=[content])

    return Server(
        "sitewatt",
        version=MODEL_VERSION,
        title="Sitewatt",
        instructions=INSTRUCTIONS,
        lifespan=lifespan,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_read_resource=read_resource,
    )


def run_stdio(settings: Settings) -> None:
    """Serve one client over standard input and output until it hangs up."""

    async def main() -> None:
        served = server(settings)
        async with stdio_server() as (reading, writing):
            await served.run(reading, writing, served.create_initialization_options())

    anyio.run(main)


def http_app(settings: Settings, host: str) -> Starlette:
    """Streamable HTTP at /mcp; without sessions, for a call needs nothing of those before it."""
    return server(settings).streamable_http_app(stateless_http=True, json_response=True, host=host)
