"""The command `sitewatt`: serve, assess one file, many sites, your own data, print the OpenAPI description."""

import gc
import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
import yaml
from pydantic import ValidationError

from service.commands import batch as batch_cli
from service.commands import data as data_cli
from service.commands import keys as keys_cli
from service.commands import mcp as mcp_cli
from service.commands.configured import configuration_or_end, settings_or_end

if TYPE_CHECKING:
    from service.http.problems import FieldProblem

log = logging.getLogger("sitewatt")
app = typer.Typer(help="Clean power for industry, anywhere.", no_args_is_help=True, add_completion=False)
app.add_typer(data_cli.app, name="data")
app.add_typer(keys_cli.app, name="keys")
app.command()(batch_cli.batch)
app.command()(mcp_cli.mcp)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; SITEWATT_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; SITEWATT_PORT.", min=1, max=65535)] = None,
) -> None:
    """Start the service."""
    gc.disable()  # until it has started: what is loaded stays, and looking through it takes a fifth of the start
    from service.operation import logs
    from service.operation.listening import check_addresses
    from service.operation.unknown_settings import strange

    settings = settings_or_end()
    host, port = host or settings.host, port or settings.port
    with configuration_or_end():
        check_addresses(settings, host, port)
    from service.app import create_app  # seconds: after all that can be wrong
    from service.operation import serving

    logs.configure(settings.log_format, settings.log_level)
    for name in strange(os.environ):
        log.warning("%s is set and is no setting: it does nothing", name)
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"Sitewatt: http://{shown}:{port}/", err=True)
    if settings.access == "open" and host not in ("127.0.0.1", "::1", "localhost"):
        typer.echo("open: whoever reaches this address may use it; SITEWATT_ACCESS=closed asks for keys", err=True)
    serving.serve(create_app(settings), settings, host, port)


@app.command()
def assess(
    file: Annotated[Path, typer.Argument(help="A JSON file as for POST /v1/assessments; - reads standard input.")],
    compact: Annotated[bool, typer.Option(help="One line, for pipes.")] = False,
) -> None:
    """Assess one site and process; the answer goes to standard output as JSON."""
    from fastapi.exceptions import RequestValidationError

    from service.http.problems import ProblemError
    from service.http.wrong_fields import field_problems
    from service.schemas.assessment import AssessmentRequest
    from service.uses.assess import assess as run

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        data = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        _fail([f"{file}: {error}"])
    try:
        with _stdout_kept():
            answer = run(AssessmentRequest.model_validate(data))
    except ValidationError as error:
        located = [{**item, "loc": ("body", *item["loc"])} for item in error.errors()]
        _fail([_line(item) for item in field_problems(RequestValidationError(located, body=data))])
    except ProblemError as error:
        _fail([error.detail, *(_line(item) for item in error.errors)])
    typer.echo(json.dumps(answer.model_dump(mode="json"), indent=None if compact else 2, ensure_ascii=False))


@app.command()
def openapi() -> None:
    """Print the OpenAPI description as YAML."""
    from service.app import create_app

    typer.echo(yaml.safe_dump(create_app().openapi(), sort_keys=False, allow_unicode=True, width=100).rstrip("\n"))


@contextmanager
def _stdout_kept() -> Iterator[None]:
    """Standard output is for the answer: what a solver's library prints goes to standard error."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _line(wrong: "FieldProblem") -> str:
    return f"{wrong.pointer or '/'}: {wrong.detail}"


def _fail(lines: list[str]) -> NoReturn:
    """Say what is wrong, one line a field, and end with status 2."""
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(2)


def main() -> None:
    """Entry point."""
    app()
