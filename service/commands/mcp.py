"""`sitewatt mcp`: the tools for language models."""

from importlib.util import find_spec
from typing import Annotated

import typer

from service.commands.configured import settings_or_end

CLOSED = (
    "SITEWATT_ACCESS: closed asks for keys, and the tools over HTTP ask for none: serve them over standard input, or "
    "set SITEWATT_ACCESS=open for this command and put it behind something that asks"
)


def mcp(
    http: Annotated[bool, typer.Option("--http", help="Streamable HTTP at /mcp in place of standard input.")] = False,
    host: Annotated[str, typer.Option(help="Address to listen on, with --http.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on, with --http.", min=1, max=65535)] = 8001,
) -> None:
    """Five tools over the Model Context Protocol: assess, compare, profile, nearest_grid, processes."""
    if find_spec("mcp") is None:
        typer.echo("the tools need the extra mcp: pip install 'sitewatt[mcp]'", err=True)
        raise typer.Exit(2)
    settings = settings_or_end()
    if http and settings.access == "closed":
        typer.echo(CLOSED, err=True)
        raise typer.Exit(2)
    from service.mcp.server import http_app, run_stdio

    if not http:
        run_stdio(settings)
        return
    import uvicorn

    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"Sitewatt: http://{shown}:{port}/mcp", err=True)
    uvicorn.run(http_app(settings, host), host=host, port=port, log_level="info", server_header=False)
