"""`sitewatt batch`: many sites without a server; stopped or killed, the same command goes on where it was."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from service.commands.configured import settings_or_end

if TYPE_CHECKING:
    from service.http.problems import FieldProblem
    from service.jobs.records import Batch
    from service.jobs.store import Store

FORMS = (".jsonl", ".csv", ".geojson", ".parquet", ".xlsx")
KEY = "command line"
LEASE_SECONDS = 10.0  # nobody else works on the file: a killed run is soon free to go on
MOST_LINES = 50
LOOK_SECONDS = 0.5


def batch(
    sites: Annotated[Path, typer.Argument(help="CSV, GeoJSON, GeoParquet or Parquet; told by the content.")],
    out: Annotated[Path, typer.Option("--out", help="Results: .jsonl, .csv, .geojson, .parquet or .xlsx.")],
    defaults: Annotated[
        Path | None, typer.Option(help="JSON of what all sites share: process, supply, weather, finance, options.")
    ] = None,
    columns: Annotated[str | None, typer.Option(help='JSON map, as in {"latitude": "LAT"}.')] = None,
    workers: Annotated[int | None, typer.Option(help="Processes; one for each processor by default.", min=1)] = None,
    skip: Annotated[bool, typer.Option("--skip", help="Wrong rows become failed results.")] = False,
    rank_by: Annotated[str | None, typer.Option(help="Dotted name of a figure; the least comes first.")] = None,
    descending: Annotated[bool, typer.Option("--descending", help="The highest comes first.")] = False,
) -> None:
    """Assess many sites, ranked, in order of rank. Progress is kept in OUT.part until OUT is there."""
    if out.suffix not in FORMS:
        _fail([f"--out: {out.suffix or out.name} is none of {', '.join(FORMS)}"])
    state = out.with_name(out.name + ".part")
    order = {
        "on_error": "skip" if skip else "reject",
        "rank_by": rank_by,
        "descending": descending,
        "defaults": _json(defaults) if defaults is not None else {},
    }
    store, made = _begun(state, sites, columns, order)
    finished = _worked_off(store, made, workers)
    if finished.active:
        typer.echo(f"stopped; the same command goes on ({finished.done:,} of {finished.total:,} are done)", err=True)
        raise typer.Exit(130)
    _write(store, finished, out)
    store.database.close()
    for left in (state, *(state.with_name(state.name + end) for end in ("-wal", "-shm"))):
        left.unlink(missing_ok=True)
    typer.echo(f"{out}: {finished.done:,} sites, {finished.failed:,} of them failed", err=True)


def _begun(state: Path, sites: Path, columns: str | None, order: dict[str, Any]) -> tuple["Store", "Batch"]:
    """The batch in its file: new, or the one that was begun."""
    from pydantic import ValidationError
    from sqlalchemy.exc import SQLAlchemyError

    from service.http.problems import ProblemError
    from service.jobs.database import Database
    from service.jobs.intake import Limits, take_file
    from service.jobs.store import KeyReusedError, Store
    from service.schemas.batches import BatchOrder

    settings = settings_or_end()
    try:
        mapping = json.loads(columns) if columns else None
        if mapping is not None and not isinstance(mapping, dict):
            raise ValueError("--columns must be a JSON object")
        with sites.open("rb") as file:
            limits = Limits(settings.max_batch_sites, settings.batch_chunk_sites)
            intake = take_file(file, mapping, BatchOrder.model_validate(order), KEY, limits)
        database = Database(f"sqlite:///{state.resolve()}")
        database.migrate()
        store = Store(database)
        return store, store.create(intake.new)[0]
    except KeyReusedError:
        _fail([f"{state} holds another batch: remove it, or choose another --out"])
    except ProblemError as error:
        _fail([error.detail, *_lines(error.errors)])
    except ValidationError as error:
        _fail([f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()])
    except (OSError, ValueError, SQLAlchemyError) as error:
        _fail([f"{sites}: {error}" if isinstance(error, OSError | ValueError) else f"{state} cannot be used"])


def _worked_off(store: "Store", batch: "Batch", workers: int | None) -> "Batch":
    """The batch when it is over, or as it stood when it was interrupted."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from service.jobs.engine import LocalEngine
    from service.jobs.office import engine_of
    from service.jobs.runner import Runner

    settings = settings_or_end()
    engine = (LocalEngine(workers, settings) if workers else engine_of(settings)) or LocalEngine(1, settings)
    runner = Runner(store.database, engine, LEASE_SECONDS, settings.batch_site_seconds)
    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    runner.start()
    try:
        with Progress(*shown, console=Console(stderr=True)) as progress:
            task = progress.add_task("sites", total=batch.total, completed=batch.done)
            while batch.active:
                time.sleep(LOOK_SECONDS)
                batch = store.get(batch.id)
                said = f"sites, {batch.sites_per_second:.1f} a second, {batch.failed} failed"
                progress.update(task, completed=batch.done, description=said)
    except KeyboardInterrupt:
        pass
    finally:
        runner.stop()
    return store.get(batch.id)


def _write(store: "Store", batch: "Batch", out: Path) -> None:
    """The results beside where they belong, then there in one step."""
    from service.jobs import export_files, exports
    from service.jobs.results import Ranking, Results

    texts = {".jsonl": exports.jsonl, ".csv": exports.as_csv, ".geojson": exports.geojson}
    files: dict[str, Callable[[Results, Path], None]] = {
        ".parquet": export_files.write_geoparquet,
        ".xlsx": export_files.write_workbook,
    }
    results, half = Results(store.database, batch, Ranking(by_rank=True)), out.with_name(f".{out.name}.half")
    try:
        if out.suffix in texts:
            with half.open("w", encoding="utf-8", newline="") as file:
                file.writelines(texts[out.suffix](results))
        else:
            files[out.suffix](results, half)
        half.replace(out)
    except (OSError, export_files.TooManyRowsError) as error:
        half.unlink(missing_ok=True)
        _fail([f"{out}: {error or 'more rows than a sheet holds'}; the same command tries again"])


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        _fail([f"{file}: {error}"])


def _lines(errors: list["FieldProblem"]) -> list[str]:
    lines = [f"{item.pointer or '/'}{f' ({item.site_id})' if item.site_id else ''}: {item.detail}" for item in errors]
    more = len(lines) - MOST_LINES
    return lines[:MOST_LINES] + ([f"and {more:,} more"] if more > 0 else [])


def _fail(lines: list[str]) -> NoReturn:
    """Say what is wrong, one line each, and end with status 2."""
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(2)
