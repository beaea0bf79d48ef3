"""`sitewatt keys`: who may use a closed service."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from service.commands.configured import settings_or_end

if TYPE_CHECKING:
    from service.access.key_store import KeyStore

app = typer.Typer(help="Keys of a closed service (SITEWATT_ACCESS=closed).", no_args_is_help=True)
DAY, HOUR = 86_400.0, 3_600.0


@app.command()
def create(
    tenant: Annotated[str, typer.Option(help="Whose batches and uploads it sees: small letters, digits and -.")],
    name: Annotated[str, typer.Option(help="What it is for.")] = "",
    scope: Annotated[list[str] | None, typer.Option(help="read, assess, batch, data or admin; again for more.")] = None,
    days: Annotated[float, typer.Option(help="Good for so long; 0 has no end.", min=0)] = 365.0,
    units_per_minute: Annotated[float | None, typer.Option(help="Its own limit.", min=0.1)] = None,
    origin: Annotated[list[str] | None, typer.Option(help="A page it is restricted to; again for more.")] = None,
) -> None:
    """Make a key and print it; it is not shown again."""
    from service.access.keys import SCOPES
    from service.access.tenants import TENANT

    scopes = scope or ["read", "assess"]
    if not TENANT.fullmatch(tenant):
        _fail("--tenant: 1 to 40 small letters, digits and -, a letter or digit first")
    if unknown := set(scopes) - set(SCOPES):
        _fail(f"--scope: {', '.join(sorted(unknown))} is none of {', '.join(SCOPES)}")
    if len(name) > 100:
        _fail("--name: at most 100 characters")
    with _store() as store:
        seconds = days * DAY if days else None
        key, text = store.create(tenant, name, sorted(set(scopes)), seconds, units_per_minute, origin or ())
    typer.echo(f"{key.prefix} of {tenant}: {', '.join(key.scopes)}, until {_time(key.expires_at)}", err=True)
    typer.echo(text)


@app.command("list")
def listed() -> None:
    """All keys, without their secrets."""
    with _store() as store:
        for key in store.list():
            state = "revoked" if key.revoked_at else f"until {_time(key.expires_at)}"
            typer.echo(f"{key.prefix}  {key.tenant}  {','.join(key.scopes)}  {state}  {key.name}")


@app.command()
def rotate(
    prefix: Annotated[str, typer.Argument(help="The part of the key after sw_.")],
    overlap_hours: Annotated[float, typer.Option(help="How long the former secret stays good.", min=0)] = 24.0,
) -> None:
    """Give a key a new secret and print it."""
    with _store() as store:
        try:
            key, text = store.rotate(prefix, overlap_hours * HOUR)
        except KeyError:
            _fail(f"there is no key {prefix} that is good")
    typer.echo(f"the former secret is good until {_time(key.old_until)}", err=True)
    typer.echo(text)


@app.command()
def revoke(prefix: Annotated[str, typer.Argument(help="The part of the key after sw_.")]) -> None:
    """End a key; a running service knows within 5 seconds."""
    with _store() as store:
        try:
            store.revoke(prefix)
        except KeyError:
            _fail(f"there is no key {prefix} that is good")


@contextmanager
def _store() -> Iterator["KeyStore"]:
    from sqlalchemy.exc import SQLAlchemyError

    from service.access.key_store import KeyStore
    from service.jobs.office import database_of

    database = database_of(settings_or_end())
    try:
        database.migrate()
        yield KeyStore(database)
    except (SQLAlchemyError, OSError) as error:
        _fail(f"the database does not answer: {type(error).__name__}")
    finally:
        database.close()


def _time(seconds: float | None) -> str:
    return "no end" if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _fail(line: str) -> NoReturn:
    typer.echo(line, err=True)
    raise typer.Exit(2)
